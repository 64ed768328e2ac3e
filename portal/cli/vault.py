"""`vault init` makes the Inspection Committee's key; `vault open` proves that what was sealed can be read.

At a terminal secrets are asked for and not shown. Without one they are read from standard input, one a line.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from portal.cases.actions import record_identity_look
from portal.cases.actions.looks import SHORTEST_REASON
from portal.cases.casefile import CaseFile
from portal.cases.masking import Piece, restore
from portal.cases.queries import case_for, viewer_of
from portal.catalogue.functions import function_agency
from portal.catalogue.words import Function
from portal.foundation.database import transaction
from portal.foundation.errors import FieldErrors, NotAllowed, PortalError
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.identity.envelope import SealedIdentity
from portal.identity.errors import KeyExists, VaultNotReady
from portal.identity.sealing import open_identity
from portal.identity.vault import create_body_key, current_body_key, unlock
from portal.identity.wrapping import COSTS
from portal.staff.accounts import staff_by_login
from portal.staff.models import Staff
from portal.staff.permissions import Permission
from portal.web.frame.database import db
from portal.web.frame.installed import installed

PARTS = ("narrative", "wish", "elsewhere")
MAY_NOT = N_("Tài khoản “%(login)s” không được mở thông tin người phản ánh.")


@click.group()
def vault() -> None:
    """The vault: who reported."""


@vault.command()
@click.option("--staff", "logins", multiple=True, metavar="LOGIN", help="Who gets a share (may be repeated).")
@with_appcontext
def init(logins: tuple[str, ...]) -> None:
    """Makes the Inspection Committee's key pair and prints the recovery key, once."""
    session = db.session()
    with _refusals_as_text():
        committee_id = _committee_without_key(session)
        passphrases = {_holder(session, login).id: _new_passphrase(login) for login in dict.fromkeys(logins)}
        cost = COSTS[current_app.config["PORTAL_ARGON2_COST"]]
        with transaction(session):
            _, recovery_key = create_body_key(session, committee_id, passphrases, cost)
    click.echo("Recovery key. It is shown this once: write it on paper and keep it in a safe.", err=True)
    click.echo(recovery_key)


@vault.command("open")
@click.argument("reference")
@with_appcontext
def open_(reference: str) -> None:
    """Shows who filed the report of a case and what was cut from its texts. The look becomes an event."""
    session = db.session()
    with _refusals_as_text():
        staff = _holder(session, _asked("Login"))
        viewer = viewer_of(session, staff)
        case_for(session, viewer, reference)
        body_key = current_body_key(session, staff.agency_id)
        if body_key is None:
            raise VaultNotReady
        private = unlock(session, body_key, staff.id, _asked("Vault passphrase", hidden=True))
        reason = _asked(f"Reason (at least {SHORTEST_REASON} characters)")
        with transaction(session):
            file = case_for(session, viewer, reference, lock=True)
            record_identity_look(session, file, staff, reason)
        # The look is committed: only now is anything opened.
        report = file.report
        opened = open_identity(session, installed().key_store, private, body_key, report.id, report.uid)
    for line in _told(file, opened):
        click.echo(line)


def _committee_without_key(session: Session) -> int:
    committee = function_agency(session, Function.INSPECTION_COMMITTEE, today())
    if committee is None:
        raise click.ClickException("the catalogue names no Inspection Committee: import it first")
    if current_body_key(session, committee.id) is not None:
        raise KeyExists
    return committee.id


def _holder(session: Session, login: str) -> Staff:
    """An active account of the Inspection Committee that may open identities."""
    staff = staff_by_login(session, login)
    if staff is None or not staff.active or Permission.OPEN_IDENTITY not in staff.permissions:
        raise NotAllowed(MAY_NOT, login=login)
    committee = function_agency(session, Function.INSPECTION_COMMITTEE, today())
    if committee is None or staff.agency_id != committee.id:
        raise NotAllowed(MAY_NOT, login=login)
    return staff


def _new_passphrase(login: str) -> str:
    return _asked(f"Vault passphrase of {login}", hidden=True, twice=True)


def _asked(label: str, *, hidden: bool = False, twice: bool = False) -> str:
    if sys.stdin.isatty():
        return str(click.prompt(label, hide_input=hidden, confirmation_prompt=twice))
    line = sys.stdin.readline()
    if not line:
        raise click.ClickException(f"standard input ended before: {label}")
    return line.rstrip("\r\n")


def _told(file: CaseFile, opened: SealedIdentity) -> Iterator[str]:
    person = opened.identity
    if person is None:
        yield "anonymous: the reporter gave no identity"
    else:
        yield f"name: {person.name}"
        yield f"phone: {person.phone}"
        yield f"e-mail: {person.email}"
        yield f"tax code: {person.tax_code}"
    for part in PARTS:
        pieces = [Piece(cut.offset, cut.text) for cut in opened.cuts if cut.part == part]
        text = restore(getattr(file.report, part), pieces)
        if text:
            yield f"\n{part}:\n{text}"


@contextmanager
def _refusals_as_text() -> Iterator[None]:
    try:
        yield
    except FieldErrors as error:
        raise click.ClickException("\n".join(one.message % one.values for one in error.fields.values())) from error
    except PortalError as error:
        raise click.ClickException(error.message % error.values) from error
