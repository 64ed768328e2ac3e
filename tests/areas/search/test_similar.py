"""Similar cases, on both servers: found by dossier, place and words; never behind a wall."""

import pytest
from sqlalchemy.orm import Session

from portal.cases.casefile import CaseFile
from portal.cases.models import Wall
from portal.search.likeness import Reason
from portal.search.similar import similar_cases
from portal.staff.models import Staff
from tests.makers.cases import Story, settle
from tests.makers.cast import DEPARTMENT, viewer_for
from tests.makers.filings import DOSSIER

pytestmark = pytest.mark.both
TOLD = "Quầy số 5 bắt nộp thêm hai trăm nghìn đồng tiền bồi dưỡng, không có biên lai."
AGAIN = "Hôm đó quay so 5 bat nop them hai tram nghin dong, khong co bien lai gi ca."


def proposed(session: Session, staff: Staff, file: CaseFile) -> list[tuple[int, Reason]]:
    """The cases proposed, with their strongest reason."""
    settle(session)
    found = similar_cases(session, viewer_for(session, staff), file)
    return [(one.case.id, one.likeness.reasons[0]) for one in found]


def test_the_same_words_at_another_place_and_the_same_dossier_in_other_words(session: Session, story: Story) -> None:
    words = story.conduct_report(narrative=TOLD, agency=DEPARTMENT)
    dossier = story.conduct_report(narrative="Trễ hẹn.", dossier_code=DOSSIER)
    story.conduct_report(narrative="Cô ở bàn tiếp đón quát mắng người già.")
    file = story.conduct_report(narrative=AGAIN, dossier_code=DOSSIER)
    assert set(proposed(session, story.cast.minh, file)) == {
        (words.case.id, Reason.TEXT),
        (dossier.case.id, Reason.DOSSIER),
    }


def test_never_behind_a_wall_and_never_for_an_office(session: Session, story: Story) -> None:
    other = story.conduct_report(narrative=TOLD)
    file = story.conduct_report(narrative=AGAIN)
    assert proposed(session, story.cast.minh, file) == [(other.case.id, Reason.TEXT)]
    session.add(Wall(case_id=other.case.id, staff_id=story.cast.minh.id, reason="relative"))
    session.flush()
    assert proposed(session, story.cast.minh, file) == []
    assert proposed(session, story.cast.hanh, file) == [(other.case.id, Reason.TEXT)]
    assert proposed(session, story.cast.quy, file) == []
