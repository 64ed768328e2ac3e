"""`upgrade` brings both databases to the newest tables; `prepare` is what `make run` needs before it serves."""

import os
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade as upgrade_main
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import INSTANCE, ROOT
from portal.catalogue.functions import function_agency
from portal.catalogue.importing import import_files
from portal.catalogue.models import Agency, NextStep
from portal.catalogue.text_models import StandardText
from portal.catalogue.words import Function
from portal.cli.accounts import link_address
from portal.cli.demo import load_with_progress, print_accounts
from portal.demo.state import is_loaded
from portal.foundation.database import transaction
from portal.foundation.time import today
from portal.identity.keystore_schema import upgrade_key_store
from portal.staff.accounts import create_account, make_link
from portal.staff.models import StaffRole
from portal.staff.roles import Role
from portal.web.frame.database import db

DATA = ROOT / "portal" / "catalogue" / "data"
DEMO_REPORTS, DEMO_SEED = 6_000, 30
LATER = ("agencies_two_tier_2025.csv", "agency_successions_2025.csv", "functions_two_tier_2025.csv")


@click.command()
@with_appcontext
def upgrade() -> None:
    """Applies the migrations of the main database and of the key store."""
    upgrade_all()


def upgrade_all() -> None:
    """Both chains of migrations, newest last."""
    INSTANCE.mkdir(mode=0o700, exist_ok=True)
    upgrade_main(directory=str(ROOT / "migrations"))
    upgrade_key_store(current_app.config["PORTAL_KEYS_URL"])


def first_catalogue() -> list[Path]:
    """The files of the tree of 2022, open-ended: what a first start loads."""
    return sorted(path for path in DATA.glob("*.csv") if path.name not in LATER)


@click.command()
@with_appcontext
def prepare() -> None:
    """Sets everything up for serving; does nothing that is done already."""
    upgrade_all()
    session = db.session()
    if session.scalar(select(Agency.id).limit(1)) is None:
        click.echo("Loading the catalogue")
        with transaction(session):
            import_files(session, first_catalogue())
    else:
        _load_what_is_new(session)
    if os.environ.get("DEMO", "1") == "0":
        first_administrator(session)
    elif not is_loaded(session):
        load_with_progress(DEMO_REPORTS, DEMO_SEED)
    if is_loaded(session):
        click.echo("Demo accounts (login, password, role, agency):")
        print_accounts()


def _load_what_is_new(session: Session) -> None:
    """The files of a portal that was set up before there were any."""
    for column, name in ((NextStep.code, "next_steps.csv"), (StandardText.code, "standard_texts.csv")):
        if session.scalar(select(column).limit(1)) is None:
            with transaction(session):
                import_files(session, [DATA / name])


def first_administrator(session: Session) -> None:
    """An empty portal: prints a one-time link by which the first administrator sets a password."""
    if session.scalar(select(StaffRole.staff_id).where(StaffRole.role == Role.ADMINISTRATOR).limit(1)) is not None:
        return
    with transaction(session):
        body = function_agency(session, Function.PROVINCIAL_COMMITTEE, today())
        if body is None:
            raise click.ClickException("the catalogue has no provincial people's committee")
        roles = frozenset({Role.ADMINISTRATOR})
        staff = create_account(session, login="admin", name="Quản trị viên", agency_id=body.id, roles=roles)
        token = make_link(session, staff)
    click.echo(f"First administrator: login admin; set the password once at {link_address(token)}")
