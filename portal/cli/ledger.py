"""`ledger verify`: whether what became a leaf of the ledger is still what it was."""

import click
from flask.cli import with_appcontext

from portal.statistics.leaves import changed_releases
from portal.web.frame.database import db


@click.group()
def ledger() -> None:
    """The tamper-evident log."""


@ledger.command()
@with_appcontext
def verify() -> None:
    """Makes the leaf of every release anew from what is stored. Ends with 1 and names those that were changed."""
    changed, right = changed_releases(db.session())
    for name in changed:
        click.echo(f"changed: {name}")
    click.echo(f"{right} releases are what they were")
    if changed:
        raise click.ClickException(f"{len(changed)} releases are not what was frozen")
