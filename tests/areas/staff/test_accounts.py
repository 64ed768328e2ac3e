"""Accounts: made without a password, a link that works once, roles that never go together."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.foundation.errors import NotFound, PortalError
from portal.foundation.time import at, now
from portal.staff.accounts import (
    create_account,
    make_link,
    set_password,
    staff_by_login,
    staff_of_link,
    use_link,
)
from portal.staff.models import AccountLink, Staff
from portal.staff.permissions import Permission as P
from portal.staff.roles import LABELS, PERMISSIONS, READS_CASES, Role, check_roles, permissions_of
from tests.makers.cast import CITY, hire, hire_everybody

PASSWORD = "mười hai ký tự trở lên"


def reversed_words(password: str) -> str:
    """Stands in for argon2, which the areas know nothing of."""
    return password[::-1]


@pytest.fixture
def quy(session: Session) -> Staff:
    """An officer of the city."""
    return hire(session, "quy", CITY, Role.AGENCY_OFFICER)


@pytest.mark.both
def test_everybody_is_hired(session: Session) -> None:
    cast = hire_everybody(session)
    assert staff_by_login(session, " MINH ") is cast.minh
    assert cast.minh.role_words == {Role.INSPECTOR}
    assert cast.minh.password is None
    assert len({staff.fs_uniquifier for staff in cast.everybody}) == len(cast.everybody)
    assert cast.quy.permissions == {P.READ_AGENCY_CASES, P.ANSWER_REFERRAL}
    assert staff_by_login(session, "nobody") is None


@pytest.mark.parametrize("login", ["quy", "QUY ", " "])
def test_a_login_is_taken_once(session: Session, quy: Staff, login: str) -> None:
    with pytest.raises(PortalError):
        create_account(
            session, login=login, name="Ai đó", agency_id=quy.agency_id, roles=frozenset({Role.AGENCY_OFFICER})
        )
    with pytest.raises(PortalError):
        create_account(session, login="new", name=" ", agency_id=quy.agency_id, roles=frozenset({Role.LEADER}))


def test_a_link_sets_one_password_and_ends_every_session(session: Session, quy: Staff) -> None:
    token, before = make_link(session, quy), quy.fs_uniquifier
    assert use_link(session, token, PASSWORD, reversed_words) is quy
    assert quy.password == PASSWORD[::-1]
    assert quy.fs_uniquifier != before
    with pytest.raises(NotFound):
        use_link(session, token, PASSWORD, reversed_words)
    row = session.scalars(select(AccountLink)).one()
    assert token.encode() not in row.token_hash


def test_a_short_password_does_not_use_the_link_up(session: Session, quy: Staff) -> None:
    token = make_link(session, quy)
    for wrong in ("", "mười một ký", "d" * 129):
        with pytest.raises(PortalError):
            use_link(session, token, wrong, reversed_words)
    assert quy.password is None
    use_link(session, token, "d" * 128, reversed_words)


def test_a_link_lives_three_days(session: Session, quy: Staff) -> None:
    token, start = make_link(session, quy), now()
    with at(start + timedelta(days=3)):
        assert staff_of_link(session, token)[0] is quy
    with at(start + timedelta(days=3, seconds=1)), pytest.raises(NotFound):
        staff_of_link(session, token)
    with pytest.raises(NotFound):
        staff_of_link(session, token + "x")


def test_who_has_left_has_no_link(session: Session, quy: Staff) -> None:
    token = make_link(session, quy)
    quy.active = False
    with pytest.raises(NotFound) as gone:
        use_link(session, token, PASSWORD, reversed_words)
    with pytest.raises(NotFound) as unknown:
        staff_of_link(session, "unknown")
    assert gone.value.message == unknown.value.message


def test_a_new_password_ends_every_session(session: Session, quy: Staff) -> None:
    before = quy.fs_uniquifier
    set_password(quy, PASSWORD, reversed_words)
    assert quy.fs_uniquifier != before


def test_no_administrator_reads_cases() -> None:
    for role in Role:
        roles = frozenset({role, Role.ADMINISTRATOR})
        if PERMISSIONS[role] & READS_CASES:
            with pytest.raises(PortalError):
                check_roles(roles)
        else:
            check_roles(roles)
    with pytest.raises(PortalError):
        check_roles(frozenset())


def test_the_table_of_roles() -> None:
    """Written out by hand from domain.md §5: whoever widens a role must change it here too."""
    assert PERMISSIONS.keys() == set(Role) == LABELS.keys()
    inspector = {
        P.ASSIGN_CASE,
        P.CLEAR_TEXT,
        P.CLOSE_CASE,
        P.CONCLUDE_CASE,
        P.OPEN_IDENTITY,
        P.READ_ALL_CASES,
        P.READ_EXACT_FIGURES,
        P.REFER_CASE,
        P.TRIAGE_CASE,
    }
    assert PERMISSIONS[Role.INSPECTOR] == inspector
    chief = {P.APPROVE_CONCLUSION, P.READ_RESTRICTED_CASES, P.REOPEN_CASE, P.WRITE_STANDARD_TEXTS}
    assert PERMISSIONS[Role.CHIEF_INSPECTOR] == inspector | chief
    assert PERMISSIONS[Role.AGENCY_OFFICER] == {P.READ_AGENCY_CASES, P.ANSWER_REFERRAL}
    assert PERMISSIONS[Role.AGENCY_HEAD] == {P.READ_AGENCY_CASES, P.ANSWER_SUPPORT}
    assert PERMISSIONS[Role.ADMINISTRATOR] == {P.MANAGE_ACCOUNTS, P.MANAGE_CATALOGUE}
    for right in (P.OPEN_IDENTITY, P.READ_ALL_CASES, P.APPROVE_CONCLUSION, P.MANAGE_ACCOUNTS):
        holders = {role for role in Role if right in PERMISSIONS[role]}
        assert holders <= {Role.INSPECTOR, Role.CHIEF_INSPECTOR, Role.ADMINISTRATOR}
    assert permissions_of(frozenset({Role.AGENCY_OFFICER, Role.LEADER})) == {
        P.READ_AGENCY_CASES,
        P.ANSWER_REFERRAL,
        P.COUNT_RESTRICTED_CASES,
        P.READ_EXACT_FIGURES,
        P.READ_OVERSIGHT,
    }
    exact = {Role.INSPECTOR, Role.CHIEF_INSPECTOR, Role.COORDINATOR, Role.LEADER}
    assert {role for role in Role if P.READ_EXACT_FIGURES in PERMISSIONS[role]} == exact
    assert {role for role in Role if P.COUNT_RESTRICTED_CASES in PERMISSIONS[role]} == {Role.LEADER}
    assert list(P) == sorted(P)
