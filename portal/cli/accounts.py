"""`accounts create`, `accounts reset-password`: accounts from the shell, with one-time links."""

import os

import click
from flask import current_app
from flask.cli import with_appcontext

from config import LOCAL_ORIGIN
from portal.catalogue.queries import agency_by_code
from portal.foundation.database import transaction
from portal.foundation.errors import PortalError
from portal.foundation.time import today
from portal.staff.accounts import create_account, make_link, staff_by_login
from portal.staff.roles import Role
from portal.web.frame.database import db


@click.group()
def accounts() -> None:
    """Staff accounts."""


@accounts.command()
@click.argument("login")
@click.option("--name", required=True, help="The person's full name.")
@click.option("--agency", required=True, help="Code of the agency.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
@with_appcontext
def create(login: str, name: str, agency: str, roles: tuple[str, ...]) -> None:
    """Makes an account and prints a one-time link by which its owner sets the password."""
    session = db.session()
    try:
        with transaction(session):
            body = agency_by_code(session, agency, today())
            if body is None:
                raise click.ClickException(f"there is no agency {agency} today")
            chosen = frozenset(Role(role) for role in roles)
            staff = create_account(session, login=login, name=name, agency_id=body.id, roles=chosen)
            token = make_link(session, staff)
    except PortalError as error:
        raise click.ClickException(error.message % error.values) from error
    click.echo(link_address(token))


@accounts.command("reset-password")
@click.argument("login")
@with_appcontext
def reset_password(login: str) -> None:
    """Prints a one-time link by which the account's owner sets a new password."""
    session = db.session()
    with transaction(session):
        staff = staff_by_login(session, login)
        if staff is None or not staff.active:
            raise click.ClickException(f"there is no active account {login}")
        token = make_link(session, staff)
    click.echo(link_address(token))


def link_address(token: str) -> str:
    """Where a one-time link leads. The token stands behind #, so that no server's log has it."""
    origin = current_app.config["PORTAL_ORIGIN"]
    here = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    return f"{here if origin == LOCAL_ORIGIN else f'https://{origin}'}/staff/welcome#{token}"
