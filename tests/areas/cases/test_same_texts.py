"""The same text sent again and again: the sixth in a day waits for an inspector, and everybody gets their code."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.cases import actions
from portal.cases.casefile import load_file
from portal.cases.models import Case, CaseReport, Report
from portal.cases.quarantine import waiting, waiting_alike
from portal.cases.quarantine_models import Quarantine, TextSent
from portal.cases.same_texts import forget_texts, text_mark
from portal.cases.suspect import MOST_ALIKE, Suspicion
from portal.cases.words import Status
from portal.foundation.database import transaction
from portal.foundation.time import at, now
from portal.staff.accounts import staff_by_login
from tests.makers.cast import hire_everybody, viewer_for, wall_off
from tests.makers.committed import Committed
from tests.makers.days import MONDAY, on
from tests.makers.filings import a_delay
from tests.makers.settings import CODE_KEY

pytestmark = pytest.mark.both

LETTER = "Cả xóm chúng tôi nộp hồ sơ đất từ năm ngoái, hẹn bảy lần mà chưa nhà nào có sổ, xin cấp trên xem xét giúp."


@pytest.fixture
def place(committed: Committed) -> Committed:
    """Everybody is hired."""
    with committed.session() as session, transaction(session):
        hire_everybody(session)
    return committed


def send(place: Committed, times: int, narrative: str = LETTER, since: int = 0) -> list[str]:
    """So many people send the same text; their codes."""
    return [
        place.file(a_delay(narrative=narrative), f"an idempotency key of {since + one}").code for one in range(times)
    ]


def held(place: Committed) -> list[Quarantine]:
    """What was held, in order."""
    with place.session() as session:
        return list(session.scalars(select(Quarantine).order_by(Quarantine.case_id)))


def test_the_sixth_in_a_day_waits_and_is_a_case_like_the_others(place: Committed) -> None:
    with on(MONDAY):
        codes = send(place, MOST_ALIKE)
        assert held(place) == []
        codes += send(place, 2, LETTER.upper() + "\u200b !", since=MOST_ALIKE)
    assert len(set(codes)) == MOST_ALIKE + 2, "everybody has a code"
    mark = text_mark(CODE_KEY, LETTER)
    assert [(one.reason, one.text_mark) for one in held(place)] == [(Suspicion.SAME_TEXT, mark)] * 2
    with place.session() as session:
        cases = session.scalars(select(Case).order_by(Case.id)).all()
        assert [one.is_direct for one in cases] == [True] * MOST_ALIKE + [False] * 2
        assert {one.status for one in cases[MOST_ALIKE:]} == {Status.RECEIVED}
        assert session.scalar(select(func.count()).select_from(Report)) == MOST_ALIKE + 2, "nothing is refused"


def test_a_form_that_is_sent_again_counts_once(place: Committed) -> None:
    with on(MONDAY):
        for _ in range(MOST_ALIKE + 2):
            send(place, 1)
    with place.session() as session:
        assert session.scalar(select(func.count()).select_from(TextSent)) == 1
    assert held(place) == []


def test_a_day_later_it_counts_anew_and_the_marks_are_gone(place: Committed) -> None:
    with on(MONDAY):
        send(place, MOST_ALIKE)
        later = now() + timedelta(hours=24)
        with at(later - timedelta(minutes=1)), place.session() as session, transaction(session):
            forget_texts(session)
            assert session.scalar(select(func.count()).select_from(TextSent)) == MOST_ALIKE
        with at(later):
            send(place, 1, since=MOST_ALIKE)
            assert held(place) == []
            with place.session() as session, transaction(session):
                forget_texts(session)
                assert session.scalar(select(func.count()).select_from(TextSent)) == 1


def test_short_texts_are_neither_counted_nor_kept(place: Committed) -> None:
    with on(MONDAY):
        send(place, MOST_ALIKE + 2, "Hồ sơ của tôi trễ hẹn.")
    assert held(place) == []
    with place.session() as session:
        assert session.scalar(select(func.count()).select_from(TextSent)) == 0


def test_no_word_and_no_unkeyed_hash_is_in_the_mark() -> None:
    assert text_mark(CODE_KEY, LETTER) != text_mark(b"k" * 32, LETTER)
    assert len(text_mark(CODE_KEY, LETTER) or b"") == 32


def test_once_released_the_letter_of_many_people_is_let_through(place: Committed) -> None:
    with on(MONDAY):
        send(place, MOST_ALIKE + 1)
        with place.session() as session, transaction(session):
            minh = staff_by_login(session, "minh")
            assert minh is not None
            case = session.get_one(Case, held(place)[0].case_id)
            actions.release(session, load_file(session, case), minh, viewer_for(session, minh))
        send(place, 3, since=MOST_ALIKE + 1)
        assert len(held(place)) == 1


def test_what_waits_with_one_text_is_found_together_and_walls_hold(place: Committed) -> None:
    with on(MONDAY):
        send(place, MOST_ALIKE + 3)
        send(place, 1, "spam spam spam spam", since=90)
        with place.session() as session, transaction(session):
            minh = staff_by_login(session, "minh")
            assert minh is not None
            seen = viewer_for(session, minh)
            cases = [one.case for one in waiting(session, seen)]
            assert len(cases) == 4
            assert waiting_alike(session, seen, cases[0]) == [one.reference for one in cases[:3]]
            assert waiting_alike(session, seen, cases[3]) == []
            link = select(CaseReport.case_id).where(CaseReport.case_id == cases[1].id)
            wall_off(session, load_file(session, session.get_one(Case, session.scalars(link).one())), minh)
            assert waiting_alike(session, seen, cases[0]) == [cases[0].reference, cases[2].reference]
