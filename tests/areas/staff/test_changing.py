"""What administrators change of accounts, who stands in for whom, and the history of both."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from portal.cases.queries import viewer_of
from portal.foundation.errors import NotAllowed, PortalError
from portal.foundation.time import at, now, today
from portal.staff.accounts import make_link, use_link
from portal.staff.changing import change_roles, close_account, move_account, open_account, rename
from portal.staff.finding import AccountFilter, accounts_found
from portal.staff.history import changes_of
from portal.staff.history_models import AccountChangeKind as Did
from portal.staff.models import Staff
from portal.staff.roles import Role
from portal.staff.substitutes import colleagues, end_substitute, name_substitute, stands_for, substitutions
from tests.makers.cast import Cast, hire_everybody

DAY = timedelta(days=1)


@pytest.fixture
def cast(session: Session) -> Cast:
    """Everybody who works here."""
    return hire_everybody(session)


def kinds(session: Session, account: Staff) -> list[Did]:
    """What happened to an account, the oldest first."""
    return [one.kind for one in reversed(changes_of(session, account))]


@pytest.mark.both
def test_every_change_is_in_the_history(session: Session, cast: Cast) -> None:
    quy, tam = cast.quy, cast.tam
    close_account(session, quy, by=tam)
    close_account(session, quy, by=tam)
    open_account(session, quy, by=tam)
    rename(session, quy, " Hồ Quý ", by=tam)
    rename(session, quy, "Hồ Quý", by=tam)
    move_account(session, quy, cast.thao.agency_id, by=tam)
    change_roles(session, quy, frozenset({Role.AGENCY_HEAD}), by=tam)
    token = make_link(session, quy, by=tam)
    use_link(session, token, "mười hai ký tự trở lên", lambda typed: typed[::-1])
    expected = [Did.MADE, Did.CLOSED, Did.OPENED, Did.RENAMED, Did.MOVED, Did.ROLES_CHANGED, Did.LINK_MADE]
    assert kinds(session, quy) == [*expected, Did.PASSWORD_SET]
    told = {one.kind: one for one in changes_of(session, quy)}
    assert told[Did.RENAMED].detail == {"from": "Hồ Đăng Quý", "to": "Hồ Quý"}
    assert told[Did.ROLES_CHANGED].detail == {"from": ["agency_officer"], "to": ["agency_head"]}
    assert told[Did.ROLES_CHANGED].by_id == tam.id
    assert told[Did.PASSWORD_SET].by_id == quy.id
    session.expire_all()
    assert quy.role_words == {Role.AGENCY_HEAD}


@pytest.mark.both
@pytest.mark.parametrize("statement", ["UPDATE account_change SET by_id = NULL", "DELETE FROM account_change"])
def test_no_hand_changes_a_history(session: Session, cast: Cast, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
        session.execute(text(statement))
    assert kinds(session, cast.quy) == [Did.MADE]


def test_an_administrator_stays_one(session: Session, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        close_account(session, cast.tam, by=cast.tam)
    with pytest.raises(NotAllowed):
        change_roles(session, cast.tam, frozenset({Role.EDITOR}), by=cast.tam)
    with pytest.raises(PortalError):
        change_roles(session, cast.quy, frozenset({Role.ADMINISTRATOR, Role.AGENCY_OFFICER}), by=cast.tam)
    with pytest.raises(PortalError):
        rename(session, cast.quy, "  ", by=cast.tam)
    assert cast.tam.active
    assert kinds(session, cast.tam) == kinds(session, cast.quy) == [Did.MADE]


@pytest.mark.both
def test_finding_accounts(session: Session, cast: Cast) -> None:
    def found(**wanted: object) -> list[str]:
        return [one.login for one, _ in accounts_found(session, AccountFilter(**wanted), "", 50)]  # type: ignore[arg-type]

    cast.son.active = False
    assert found(words="minh") == ["minh", "tam"]
    assert found(words="đỗ") == ["vy"]
    assert found(agency_code="UBKT") == ["dung", "hanh", "khang", "minh"]
    assert found(role=Role.CHIEF_INSPECTOR, agency_code="UBKT") == ["dung", "hanh"]
    assert found(is_active=False) == ["son"]
    assert found(words="%") == []
    assert [one.login for one, _ in accounts_found(session, AccountFilter(), "quy", 2)] == ["son", "tam"]


@pytest.mark.both
def test_a_substitute_stands_in_on_these_days(session: Session, cast: Cast) -> None:
    start = today() + 2 * DAY
    made = name_substitute(session, cast.minh, cast.hanh, start, start + 3 * DAY, by=cast.tam, today=today())
    for number, holds in ((-1, False), (0, True), (3, True), (4, False)):
        assert stands_for(session, cast.hanh, start + number * DAY) == ((cast.minh.id,) if holds else ())
    assert stands_for(session, cast.minh, start) == ()
    assert viewer_of(session, cast.hanh).holds == (cast.hanh.id,)
    with at(now() + 2 * DAY):
        assert viewer_of(session, cast.hanh).holds == (cast.hanh.id, cast.minh.id)
        end_substitute(session, cast.minh, made.id, by=cast.tam, today=today() + DAY)
        assert [one.to_on for one, _ in substitutions(session, cast.minh, start)] == [start]
        end_substitute(session, cast.minh, made.id, by=cast.tam, today=today())
        assert substitutions(session, cast.minh, start) == []
    assert kinds(session, cast.minh)[1:] == [Did.SUBSTITUTE_NAMED, Did.SUBSTITUTE_ENDED, Did.SUBSTITUTE_ENDED]


def test_who_moves_away_stands_in_no_more(session: Session, cast: Cast) -> None:
    name_substitute(session, cast.minh, cast.hanh, today(), today(), by=cast.tam, today=today())
    assert stands_for(session, cast.hanh, today()) == (cast.minh.id,)
    move_account(session, cast.hanh, cast.vy.agency_id, by=cast.tam)
    assert stands_for(session, cast.hanh, today()) == ()


def test_who_cannot_stand_in(session: Session, cast: Cast) -> None:
    cast.dung.active = False
    pairs = [(cast.minh, cast.minh), (cast.minh, cast.vy), (cast.minh, cast.dung), (cast.quy, cast.quy)]
    for absent, substitute in pairs:
        with pytest.raises(NotAllowed):
            name_substitute(session, absent, substitute, today(), today(), by=cast.tam, today=today())
    name_substitute(session, cast.minh, cast.hanh, today(), today() + DAY, by=cast.tam, today=today())
    wrong = [(today() + DAY, today()), (today() - 2 * DAY, today() - DAY), (today(), today() + 366 * DAY)]
    for from_on, to_on in [*wrong, (today() + DAY, today() + 2 * DAY)]:
        with pytest.raises(PortalError):
            name_substitute(session, cast.minh, cast.khang, from_on, to_on, by=cast.tam, today=today())
    assert [one.login for one in colleagues(session, cast.minh)] == ["hanh", "khang"]
