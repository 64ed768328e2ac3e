"""`vault init` makes the Inspection Committee's key, `vault share` gives it to one more inspector, `vault open`
proves that what was sealed can be read.

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
from portal.identity.models import BodyKey
from portal.identity.sealing import open_identity
from portal.identity.vault import add_share, create_body_key, current_body_key, unlock, unlock_with_recovery
from portal.identity.wrapping import COSTS, Cost
from portal.staff.accounts import staff_by_login
from portal.staff.models import Staff
from portal.staff.permissions import Permission
from portal.web.frame.database import db
from portal.web.frame.installed import installed

BODIES = {"inspection": Function.INSPECTION_COMMITTEE, "organisation": Function.ORGANISATION_COMMITTEE}
FEARS = "fears"  # of whoever is paid back for an earlier report
PARTS = ("narrative", "wish", "elsewhere", FEARS)
MAY_NOT = N_("Tài khoản “%(login)s” không được mở thông tin người phản ánh.")


@click.group()
def vault() -> None:
    """The vault: who reported."""


@vault.command()
@click.option("--staff", "logins", multiple=True, metavar="LOGIN", help="Who gets a share (may be repeated).")
@click.option(
    "--body",
    type=click.Choice(sorted(BODIES)),
    default="inspection",
    show_default=True,
    help="Whose key. Reports about the Inspection Committee are sealed to the Organisation Committee.",
)
@with_appcontext
def init(logins: tuple[str, ...], body: str) -> None:
    """Makes a committee's key pair and prints the recovery key, once."""
    session = db.session()
    with _refusals_as_text():
        committee_id = _committee_without_key(session, BODIES[body])
        passphrases = {
            _holder(session, login, committee_id).id: _new_passphrase(login) for login in dict.fromkeys(logins)
        }
        with transaction(session):
            _, recovery_key = create_body_key(session, committee_id, passphrases, _cost())
    click.echo("Recovery key. It is shown this once: write it on paper and keep it in a safe.", err=True)
    click.echo(recovery_key)


@vault.command()
@click.argument("login")
@click.option("--by", metavar="LOGIN", help="Who has a share already; without it the recovery key is asked for.")
@with_appcontext
def share(login: str, by: str | None) -> None:
    """Gives an inspector a share of the key, or a new passphrase for the share they have."""
    session = db.session()
    with _refusals_as_text():
        staff = _holder(session, login)
        body_key = _key_of(session, staff)
        if by is None:
            private = unlock_with_recovery(session, body_key, _asked("Recovery key", hidden=True))
        else:
            passphrase = _asked(f"Vault passphrase of {by}", hidden=True)
            private = unlock(session, body_key, _holder(session, by, staff.agency_id).id, passphrase)
        passphrase = _new_passphrase(login)
        with transaction(session):
            add_share(session, body_key, private, staff.id, passphrase, _cost())
    click.echo(f"{login} can open the vault")


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
        body_key = _key_of(session, staff)
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


def _committee_without_key(session: Session, function: Function) -> int:
    committee = function_agency(session, function, today())
    if committee is None:
        raise click.ClickException(f"the catalogue names no {function.value}: import it first")
    if current_body_key(session, committee.id) is not None:
        raise KeyExists
    return committee.id


def _holder(session: Session, login: str, body_id: int | None = None) -> Staff:
    """An active account that may open identities, of this body or of any committee with a vault."""
    staff = staff_by_login(session, login)
    if staff is None or not staff.active or Permission.OPEN_IDENTITY not in staff.permissions:
        raise NotAllowed(MAY_NOT, login=login)
    committees = (function_agency(session, function, today()) for function in BODIES.values())
    bodies = {committee.id for committee in committees if committee is not None}
    if staff.agency_id not in (bodies if body_id is None else bodies & {body_id}):
        raise NotAllowed(MAY_NOT, login=login)
    return staff


def _key_of(session: Session, staff: Staff) -> BodyKey:
    body_key = current_body_key(session, staff.agency_id)
    if body_key is None:
        raise VaultNotReady
    return body_key


def _cost() -> Cost:
    return COSTS[current_app.config["PORTAL_ARGON2_COST"]]


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
        stored = file.retaliation.fears if part == FEARS and file.retaliation else getattr(file.report, part, "")
        text = restore(stored, pieces)
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
