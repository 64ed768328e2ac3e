"""A new code for a reporter who lost theirs takes two inspectors; the lost one then opens nothing."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager
from contextvars import copy_context
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import NEW_CODE, available_moves
from portal.cases.casefile import CaseFile, events_of
from portal.cases.identifiers import MASK
from portal.cases.models import Receipt
from portal.cases.new_codes import STANDS_DAYS
from portal.cases.queries import can_see, case_for, file_by_code
from portal.cases.receipts import CODE_LENGTH, code_hash, find_receipt
from portal.cases.story import story_of
from portal.cases.words import Audience, Disclosure, Status
from portal.catalogue.words import ReferralRole
from portal.foundation.database import transaction
from portal.foundation.errors import FieldErrors, NotAllowed, NotFound
from portal.foundation.time import today
from portal.identity.vault import create_body_key
from portal.identity.wrapping import LOWEST
from portal.notices.models import Notice
from portal.notices.wording import NEWS
from portal.staff.accounts import staff_by_login
from portal.staff.models import Staff
from tests.makers.cases import Story, again, at, settle, told
from tests.makers.cast import CITY, LAN, Cast, hire_everybody, viewer_for, wall_off
from tests.makers.committed import Committed
from tests.makers.days import MONDAY, on
from tests.makers.filings import CONTACT, a_conduct_report
from tests.makers.settings import CODE_KEY

pytestmark = pytest.mark.both
HOW = "Gọi lại số đã gửi, người nghe nói đúng ngày gửi và việc đã kể."
ALL, ASK, GIVE, REFUSE = NEW_CODE, "ask_new_code", "give_new_code", "refuse_new_code"
T = TypeVar("T")
HERS: dict[str, object] = {"disclosure": Disclosure.CONFIDENTIAL, "identity": LAN}


def hers(story: Story, **changes: object) -> CaseFile:
    """A report of Lan's that tells the Inspection Committee who she is."""
    return story.conduct_report(**{**HERS, **changes})


def asks(story: Story, file: CaseFile, staff: Staff, text: str = HOW) -> CaseFile:
    """Somebody asks for a new code."""
    actions.ask_new_code(story.session, file, staff, viewer_for(story.session, staff), text=text)
    return again(story.session, file)


def gives(story: Story, file: CaseFile, staff: Staff) -> str:
    """Somebody gives it."""
    return actions.give_new_code(story.session, file, staff, viewer_for(story.session, staff), code_key=CODE_KEY)


def refuses(story: Story, file: CaseFile, staff: Staff, text: str = "Người này không biết việc đã kể.") -> CaseFile:
    """Somebody gives none."""
    actions.refuse_new_code(story.session, file, staff, viewer_for(story.session, staff), text=text)
    return again(story.session, file)


def offered(session: Session, staff: Staff, file: CaseFile) -> set[str]:
    """What somebody may do about the code."""
    return {move.name for move in available_moves(viewer_for(session, staff), file, today())} & ALL


def live(session: Session, file: CaseFile) -> bytes:
    """The hash of the one code that opens the case."""
    query = select(Receipt.code_hash).where(Receipt.report_id == file.report.id, Receipt.retired_at.is_(None))
    return session.scalars(query).one()


@contextmanager
def nothing_happens(session: Session, file: CaseFile) -> Iterator[None]:
    """Whatever is tried inside is refused and leaves codes, events and version as they were."""
    before = live(session, file), told(session, file), file.case.version
    with pytest.raises(NotAllowed):
        yield
    assert (live(session, file), told(session, file), again(session, file).case.version) == before


def test_one_asks_another_gives_and_the_lost_code_opens_nothing(session: Session, story: Story, cast: Cast) -> None:
    file = hers(story)
    lost = live(session, file)
    file = asks(story, file, cast.minh)
    assert live(session, file) == lost, "asking changes nothing yet"
    code = gives(story, file, cast.hanh)
    assert len(code) == CODE_LENGTH
    assert live(session, file) == code_hash(CODE_KEY, code)
    assert file_by_code(session, lost) is None
    assert find_receipt(session, lost, live_only=False) is not None, "or a replay would file twice"
    by_new = file_by_code(session, code_hash(CODE_KEY, code))
    assert by_new is not None
    assert by_new.case is file.case
    asked, given = told(session, file)[-2:]
    assert asked == ("new_code_asked", cast.minh.id, {"text": HOW})
    assert given == ("new_code_given", cast.hanh.id, {})
    assert code not in repr(told(session, file))


def test_each_new_code_is_another(session: Session, story: Story, cast: Cast) -> None:
    file = hers(story)
    codes = {gives(story, asks(story, again(session, file), cast.minh), cast.hanh) for _ in range(3)}
    assert len(codes) == 3
    assert live(session, file) in {code_hash(CODE_KEY, code) for code in codes}


@pytest.mark.parametrize("asker", ["minh", "hanh"])
def test_whoever_asked_cannot_give(session: Session, story: Story, cast: Cast, asker: str) -> None:
    staff: Staff = getattr(cast, asker)
    file = asks(story, hers(story), staff)
    assert offered(session, staff, file) == {REFUSE}
    with nothing_happens(session, file):
        gives(story, file, staff)
    others = {cast.minh, cast.hanh, cast.dung, cast.khang} - {staff}
    assert {frozenset(offered(session, other, file)) for other in others} == {frozenset({GIVE, REFUSE})}


def test_of_an_anonymous_report_nobody_can_say_whose_it_is(session: Session, story: Story, cast: Cast) -> None:
    file = story.conduct_report(disclosure=Disclosure.ANONYMOUS)
    assert offered(session, cast.minh, file) == offered(session, cast.hanh, file) == set()
    with nothing_happens(session, file):
        asks(story, file, cast.minh)
    with nothing_happens(session, file):
        gives(story, file, cast.hanh)
    with nothing_happens(session, file):
        refuses(story, file, cast.hanh)


@pytest.mark.parametrize("disclosure", [Disclosure.CONFIDENTIAL, Disclosure.NAMED])
def test_at_every_status_whoever_gave_a_name_can_get_one(
    session: Session, story: Story, cast: Cast, monkeypatch: pytest.MonkeyPatch, disclosure: Disclosure
) -> None:
    filed = story.conduct_report
    monkeypatch.setattr(story, "conduct_report", lambda: filed(disclosure=disclosure, identity=LAN))
    for status in Status:
        file = at(story, status)
        assert file.case.status is status
        code = gives(story, asks(story, file, cast.minh), cast.hanh)
        file = again(session, file)
        assert file.case.status is status
        found = file_by_code(session, code_hash(CODE_KEY, code))
        assert found is not None
        assert found.case is file.case, "of a merged report the own case"


def test_without_a_request_there_is_nothing_to_give_or_refuse(session: Session, story: Story, cast: Cast) -> None:
    file = hers(story)
    assert offered(session, cast.hanh, file) == {ASK}
    with nothing_happens(session, file):
        gives(story, file, cast.hanh)
    with nothing_happens(session, file):
        refuses(story, file, cast.hanh)


def test_a_request_is_used_up_by_giving_and_by_refusing(session: Session, story: Story, cast: Cast) -> None:
    file = asks(story, hers(story), cast.minh)
    with nothing_happens(session, file):
        asks(story, file, cast.hanh)
    gives(story, file, cast.hanh)
    with nothing_happens(session, file):  # with the very file that it was given on
        gives(story, file, cast.dung)
    file = again(session, file)
    assert offered(session, cast.hanh, file) == {ASK}
    before = live(session, file)
    file = refuses(story, asks(story, file, cast.minh), cast.minh)
    with nothing_happens(session, file):
        gives(story, file, cast.hanh)
    assert live(session, file) == before, "the code holds"
    assert offered(session, cast.minh, file) == {ASK}


def test_a_request_stands_for_fourteen_calendar_days(session: Session, story: Story, cast: Cast) -> None:
    assert STANDS_DAYS == 14
    file = asks(story, hers(story), cast.minh)
    with on(MONDAY + timedelta(days=14), 23):
        assert offered(session, cast.hanh, file) == {GIVE, REFUSE}
    with on(MONDAY + timedelta(days=15), 0):
        assert offered(session, cast.hanh, file) == offered(session, cast.minh, file) == {ASK}
        with nothing_happens(session, file):
            gives(story, file, cast.hanh)
        file = asks(story, file, cast.hanh)
        assert offered(session, cast.minh, file) == {GIVE, REFUSE}
        gives(story, file, cast.minh)


def test_the_words_say_how_and_hold_no_number(session: Session, story: Story, cast: Cast) -> None:
    file = hers(story)
    for text in ("", " \n", "a" * 10_001):
        with pytest.raises(FieldErrors) as error:
            asks(story, file, cast.minh, text)
        assert list(error.value.fields) == ["text"]
    file = asks(story, file, cast.minh, f"Gọi {LAN.phone}, thẻ 049190001234, thư {LAN.email}.")
    with pytest.raises(FieldErrors):
        refuses(story, file, cast.hanh, " ")
    refuses(story, file, cast.hanh, f"Số {LAN.phone} không ai nghe.")
    texts = [payload["text"] for kind, _, payload in told(session, file) if kind.startswith("new_code")]
    assert texts == [f"Gọi {MASK}, thẻ {MASK}, thư {MASK}.", f"Số {MASK} không ai nghe."]


def test_only_inspectors_who_may_read_the_case(session: Session, story: Story, cast: Cast) -> None:
    file = hers(story)
    file = story.minh_refers(story.minh_clears(story.minh_accepts(file)), CITY, ReferralRole.LEAD)
    strangers = (cast.vy, cast.quy, cast.nga, cast.son, cast.thao, cast.tam)
    for staff in strangers:
        assert offered(session, staff, file) == set()
        with nothing_happens(session, file):
            asks(story, file, staff)
    file = asks(story, file, cast.minh)
    for staff in strangers:
        with nothing_happens(session, file):
            gives(story, file, staff)
        with nothing_happens(session, file):
            refuses(story, file, staff)


def test_whoever_is_behind_a_wall_does_not_even_find_the_case(session: Session, story: Story, cast: Cast) -> None:
    file = hers(story)
    wall_off(session, file, cast.khang)
    assert not can_see(session, viewer_for(session, cast.khang), file.case)
    with pytest.raises(NotFound):
        case_for(session, viewer_for(session, cast.khang), file.case.reference)


def test_the_reporter_reads_that_it_was_given_and_nothing_else(session: Session, story: Story, cast: Cast) -> None:
    file = hers(story, contact=CONTACT)
    settle(session)
    before = len(jobs(session))
    file = refuses(story, asks(story, file, cast.minh), cast.hanh)
    settle(session)
    assert [one.kind for one in story_of(session, file, "vi").timeline] == ["report_filed"]
    assert len(jobs(session)) == before, "of asking nobody is told"
    gives(story, asks(story, file, cast.minh), cast.hanh)
    settle(session)
    moment = story_of(session, again(session, file), "vi").timeline[-1]
    assert (moment.kind, moment.agency, moment.text) == ("new_code_given", "", "")
    assert [one.kind for one in jobs(session)[before:]] == [NEWS], "whoever still had the old code hears"
    kinds = {one.kind: one.audience for one in events_of(session, file.case, frozenset(Audience))}
    assert {kind: kinds[kind] for kind in kinds if kind.startswith("new_code")} == {
        "new_code_asked": Audience.INSPECTION,
        "new_code_refused": Audience.INSPECTION,
        "new_code_given": Audience.REPORTER,
    }


def jobs(session: Session) -> list[Notice]:
    """The notices that wait to be sent."""
    return list(session.scalars(select(Notice).where(Notice.report_id.is_not(None)).order_by(Notice.id)))


def test_no_agency_can_tell_by_the_version(session: Session, story: Story, cast: Cast) -> None:
    file = hers(story)
    version = file.case.version
    file = refuses(story, asks(story, file, cast.minh), cast.hanh)
    gives(story, asks(story, file, cast.minh), cast.hanh)
    assert again(session, file).case.version == version


# At once.


def waiting(committed: Committed) -> tuple[str, bytes]:
    """A report of Lan's, with everybody hired, for which Minh has asked; the case's reference and its lost code."""
    with committed.session() as session, transaction(session):
        cast = hire_everybody(session)
        create_body_key(session, cast.minh.agency_id, {cast.hanh.id: "ba quả hồng chín đỏ"}, LOWEST)
    hashed = code_hash(
        CODE_KEY, committed.file(a_conduct_report(disclosure=Disclosure.CONFIDENTIAL, identity=LAN)).code
    )
    assert hashed is not None
    with committed.session() as session, transaction(session):
        file = file_by_code(session, hashed)
        assert file is not None
        asks(Story(session, cast), file, login(session, "minh"))
        return file.case.reference, hashed


def login(session: Session, name: str) -> Staff:
    """The account of a login."""
    staff = staff_by_login(session, name)
    assert staff is not None
    return staff


def in_a_thread(threads: ThreadPoolExecutor, act: Callable[..., T], *arguments: object) -> Future[T]:
    """Starts it with this test's clock."""
    return threads.submit(copy_context().run, act, *arguments)


def give_as(committed: Committed, reference: str, name: str, gate: Barrier) -> str | None:
    """What a press of the button does; None when it was too late."""
    gate.wait()
    with committed.session() as session, transaction(session):
        staff = login(session, name)
        viewer = viewer_for(session, staff)
        file = case_for(session, viewer, reference, lock=True)
        try:
            return actions.give_new_code(session, file, staff, viewer, code_key=CODE_KEY)
        except NotAllowed:
            return None


def test_two_who_give_at_once_make_one_code(committed: Committed) -> None:
    reference, lost = waiting(committed)
    gate = Barrier(2)
    with ThreadPoolExecutor(2) as threads:
        both = [in_a_thread(threads, give_as, committed, reference, name, gate) for name in ("hanh", "dung")]
        codes = [code for code in (one.result() for one in both) if code is not None]
    assert len(codes) == 1
    with committed.session() as session:
        assert file_by_code(session, lost) is None
        assert file_by_code(session, code_hash(CODE_KEY, codes[0])) is not None
        receipts = session.scalars(select(Receipt)).all()
    assert sorted(one.retired_at is None for one in receipts) == [False, True]


def test_whoever_uses_the_lost_code_meanwhile_comes_too_late(committed: Committed) -> None:
    """Somebody who found the lost code replaces it just while the new one is being given."""
    reference, lost = waiting(committed)

    def finder() -> bool:
        with committed.session() as session, transaction(session):
            return file_by_code(session, lost, lock=True) is not None

    with ThreadPoolExecutor(1) as threads:
        with committed.session() as session, transaction(session):
            hanh = login(session, "hanh")
            viewer = viewer_for(session, hanh)
            file = case_for(session, viewer, reference, lock=True)
            actions.give_new_code(session, file, hanh, viewer, code_key=CODE_KEY)
            found = in_a_thread(threads, finder)
            with pytest.raises(FutureTimeout):
                found.result(timeout=0.5)
        assert found.result(timeout=60) is False
