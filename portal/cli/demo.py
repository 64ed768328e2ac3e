"""`demo load`, `demo accounts`: a province to try out. Production refuses it: everybody knows the passwords."""

import json

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_security.utils import hash_password

from portal.demo.accounts import ACCOUNTS
from portal.demo.loading import Parts, load_demo
from portal.demo.situations import SITUATIONS
from portal.demo.state import is_loaded
from portal.foundation.errors import PortalError
from portal.identity.wrapping import LOWEST
from portal.web.frame.database import db
from portal.web.frame.installed import installed


@click.group()
def demo() -> None:
    """Demo data."""


@demo.command()
@click.option("--reports", type=click.IntRange(len(SITUATIONS), 5_000_000), default=6_000, show_default=True)
@click.option("--seed", type=int, default=30, show_default=True)
@with_appcontext
def load(reports: int, seed: int) -> None:
    """Loads demo accounts, their vault and so many reports over the last three years."""
    load_with_progress(reports, seed)


def load_with_progress(reports: int, seed: int) -> None:
    """Loads and shows how far it is."""
    if current_app.config["PORTAL_ENV"] == "production":
        raise click.ClickException("demo data have passwords that everybody knows: not in production")
    parts = Parts(installed().key_store, installed().secrets, hash_password, LOWEST)
    try:
        with click.progressbar(length=reports, label="Demo reports") as bar:
            recovery_key = load_demo(db.session(), parts, reports, seed, bar.update)
    except PortalError as error:
        raise click.ClickException(error.message % error.values) from error
    if recovery_key is not None:
        click.echo(f"Recovery key of the demo vault (shown once): {recovery_key}")


@demo.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@with_appcontext
def accounts(as_json: bool) -> None:
    """Prints the demo accounts, if demo data are loaded."""
    loaded = is_loaded(db.session())
    if as_json:
        click.echo(json.dumps([one.told() for one in ACCOUNTS] if loaded else [], ensure_ascii=False))
    elif loaded:
        print_accounts()


def print_accounts() -> None:
    """One line an account."""
    for account in (one.told() for one in ACCOUNTS):
        passphrase = account.get("vault_passphrase", "")
        click.echo(
            f"  {account['login']:<6} {account['password']:<18} {account['role']:<16} {account['agency']:<6}"
            + (f" vault: {passphrase}" if passphrase else "")
        )
