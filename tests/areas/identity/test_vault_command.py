"""`flask vault init` and `flask vault open`: what they print, what they refuse, and that each look is an event."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select

from config import from_environment
from portal import create_app
from portal.cases.casefile import load_file
from portal.cases.events import IDENTITY_OPENED
from portal.cases.models import Case, Event, Report
from portal.cases.words import Disclosure
from portal.foundation.database import transaction
from portal.identity import recovery
from portal.identity.models import BodyKey, BodyKeyShare
from portal.staff.accounts import staff_by_login
from portal.web.frame.database import db
from tests.makers.cast import LAN, hire_everybody, wall_off
from tests.makers.committed import Committed
from tests.makers.filings import a_conduct_report

OF_HANH, OF_MINH = "bốn con mèo ngủ trưa", "sông dài cá lội"
NARRATIVE = "Tôi là Nguyễn Thị Lan, gọi 0905123456. Họ quát tôi."
REASON = "Cần mời chị ấy lên làm việc"


@pytest.fixture
def command(committed: Committed) -> Iterator[FlaskCliRunner]:
    """The command line over a province with its cast."""
    with committed.session() as session, transaction(session):
        hire_everybody(session)
    app = create_app(from_environment(committed.environment()))
    yield app.test_cli_runner()
    with app.app_context():
        db.engine.dispose()


def _init(command: FlaskCliRunner) -> str:
    lines = f"{OF_HANH}\n{OF_MINH}\n"
    made = command.invoke(args=["vault", "init", "--staff", "hanh", "--staff", "minh"], input=lines)
    assert made.exit_code == 0, made.output
    return str(made.stdout).strip()


def _file(committed: Committed, narrative: str = NARRATIVE, **changes: object) -> str:
    """Files a report; gives the case's reference."""
    plain = {"disclosure": Disclosure.CONFIDENTIAL, "identity": LAN}
    committed.file(a_conduct_report(narrative=narrative, **{**plain, **changes}))
    with committed.session() as session:
        return str(session.scalars(select(Case.reference)).one())


def _looks(committed: Committed) -> int:
    with committed.session() as session:
        looks = select(func.count()).select_from(Event).where(Event.kind == IDENTITY_OPENED)
        return session.scalar(looks) or 0


def test_init_prints_the_recovery_key_once(command: FlaskCliRunner, committed: Committed) -> None:
    assert len(recovery.read(_init(command))) == 32
    again = command.invoke(args=["vault", "init"])
    assert again.exit_code == 1
    assert "đã có khóa" in again.output
    with committed.session() as session:
        assert session.scalar(select(func.count()).select_from(BodyKey)) == 1


@pytest.mark.parametrize("login", ["quy", "vy", "tam", "nobody"])
def test_only_the_committees_inspectors_hold_a_share(command: FlaskCliRunner, login: str) -> None:
    refused = command.invoke(args=["vault", "init", "--staff", login], input=f"{OF_HANH}\n")
    assert refused.exit_code == 1
    assert f"“{login}” không được mở" in refused.output


def test_a_weak_or_missing_passphrase_makes_no_key(command: FlaskCliRunner, committed: Committed) -> None:
    for lines, said in (("ngắn\n", "ít nhất 12 ký tự"), ("", "standard input ended")):
        refused = command.invoke(args=["vault", "init", "--staff", "hanh"], input=lines)
        assert refused.exit_code == 1
        assert said in refused.output
    with committed.session() as session:
        assert session.scalar(select(func.count()).select_from(BodyKey)) == 0


def test_open_shows_who_filed_and_the_texts_as_typed(command: FlaskCliRunner, committed: Committed) -> None:
    _init(command)
    reference = _file(committed)
    with committed.session() as session:
        assert "Lan" not in session.scalars(select(Report.narrative)).one()
    shown = command.invoke(args=["vault", "open", reference.lower()], input=f"minh\n{OF_MINH}\n{REASON}\n")
    assert shown.exit_code == 0, shown.output
    for word in (LAN.name, LAN.phone, LAN.email, NARRATIVE):
        assert word in shown.output
    assert OF_MINH not in shown.output
    with committed.session() as session:
        look = session.scalars(select(Event).where(Event.kind == IDENTITY_OPENED)).one()
        minh = staff_by_login(session, "minh")
        assert minh is not None
        assert look.actor_id == minh.id
        assert look.payload == {"reason": REASON}


def test_open_says_that_a_report_is_anonymous(command: FlaskCliRunner, committed: Committed) -> None:
    _init(command)
    reference = _file(committed, "Họ quát tôi.", disclosure=Disclosure.ANONYMOUS, identity=type(LAN)())
    shown = command.invoke(args=["vault", "open", reference], input=f"hanh\n{OF_HANH}\n{REASON}\n")
    assert "anonymous" in shown.output
    assert "Họ quát tôi." in shown.output


@pytest.mark.parametrize(
    ("login", "passphrase", "reason", "said"),
    [
        ("minh", OF_HANH, REASON, "Cụm mật khẩu không đúng"),
        ("minh", OF_MINH, "tò mò", "ít nhất 10 ký tự"),
        ("dung", OF_MINH, REASON, "chưa được cấp phần khóa"),
        ("quy", OF_MINH, REASON, "không được mở"),
        ("tam", OF_MINH, REASON, "không được mở"),
        ("vy", OF_MINH, REASON, "Không có vụ việc này"),
        ("nobody", OF_MINH, REASON, "không được mở"),
    ],
    ids=["wrong passphrase", "no reason", "no share", "officer", "administrator", "other committee", "nobody"],
)
def test_open_refuses_and_writes_nothing(
    command: FlaskCliRunner, committed: Committed, login: str, passphrase: str, reason: str, said: str
) -> None:
    _init(command)
    reference = _file(committed)
    refused = command.invoke(args=["vault", "open", reference], input=f"{login}\n{passphrase}\n{reason}\n")
    assert refused.exit_code == 1
    assert said in refused.output
    assert LAN.name not in refused.output
    assert _looks(committed) == 0


def test_whoever_is_walled_off_or_left_opens_nothing(command: FlaskCliRunner, committed: Committed) -> None:
    _init(command)
    reference = _file(committed)
    with committed.session() as session, transaction(session):
        minh, hanh = staff_by_login(session, "minh"), staff_by_login(session, "hanh")
        assert minh is not None
        assert hanh is not None
        wall_off(session, load_file(session, session.scalars(select(Case)).one()), minh)
        hanh.active = False
    for lines, said in (
        (f"minh\n{OF_MINH}\n{REASON}\n", "Không có vụ việc này"),
        (f"hanh\n{OF_HANH}\n", "không được mở"),
    ):
        refused = command.invoke(args=["vault", "open", reference], input=lines)
        assert refused.exit_code == 1
        assert said in refused.output
    assert _looks(committed) == 0


@pytest.mark.parametrize("by", [["--by", "hanh"], []], ids=["a colleague", "the recovery key"])
def test_a_new_inspector_gets_a_share(command: FlaskCliRunner, committed: Committed, by: list[str]) -> None:
    recovery_key = _init(command)
    reference = _file(committed)
    opens = OF_HANH if by else recovery_key
    given = command.invoke(args=["vault", "share", "dung", *by], input=f"{opens}\nnúi xa mây trắng bay\n")
    assert given.exit_code == 0, given.output
    shown = command.invoke(args=["vault", "open", reference], input=f"dung\nnúi xa mây trắng bay\n{REASON}\n")
    assert LAN.name in shown.output


@pytest.mark.parametrize(
    ("login", "by", "opens", "said"),
    [
        ("dung", ["--by", "hanh"], OF_MINH, "Cụm mật khẩu không đúng"),
        ("dung", ["--by", "khang"], OF_MINH, "chưa được cấp phần khóa"),
        ("dung", [], "0000-1111", "Khóa khôi phục không đúng"),
        ("quy", ["--by", "hanh"], OF_HANH, "không được mở"),
    ],
    ids=["wrong passphrase", "no share", "no recovery key", "not an inspector"],
)
def test_nobody_gets_a_share_otherwise(
    command: FlaskCliRunner, committed: Committed, login: str, by: list[str], opens: str, said: str
) -> None:
    _init(command)
    refused = command.invoke(args=["vault", "share", login, *by], input=f"{opens}\nnúi xa mây trắng bay\n")
    assert refused.exit_code == 1
    assert said in refused.output
    with committed.session() as session:
        assert session.scalar(select(func.count()).select_from(BodyKeyShare)) == 3


def test_before_init_there_is_nothing_to_open(command: FlaskCliRunner, committed: Committed) -> None:
    reference = _file(committed, "Họ quát tôi.", disclosure=Disclosure.ANONYMOUS, identity=type(LAN)())
    refused = command.invoke(args=["vault", "open", reference], input=f"minh\n{OF_MINH}\n{REASON}\n")
    assert refused.exit_code == 1
    assert "chưa được khởi tạo" in refused.output


def test_the_look_stays_when_the_key_is_gone(command: FlaskCliRunner, committed: Committed) -> None:
    _init(command)
    reference = _file(committed)
    with committed.session() as session:
        committed.key_store.destroy(session.scalars(select(Report.uid)).one())
    refused = command.invoke(args=["vault", "open", reference], input=f"minh\n{OF_MINH}\n{REASON}\n")
    assert refused.exit_code == 1
    assert LAN.name not in refused.output
    assert _looks(committed) == 1
