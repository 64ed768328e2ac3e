"""One move for several cases: what stands in the way of each, and what was done already."""

import pytest
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.actions.several import KINDS, MOST, Aim, is_done_already, obstacle, picked
from portal.cases.casefile import CaseFile
from portal.cases.words import Status
from portal.catalogue.queries import agency_by_code
from portal.catalogue.words import ReferralRole
from portal.foundation.errors import PortalError
from portal.foundation.time import today
from tests.makers.cases import Story, at_every_status
from tests.makers.cast import OFFICE, PROVINCE, Cast, viewer_for, wall_off
from tests.makers.filings import a_denunciation

pytestmark = pytest.mark.both


def test_what_is_picked() -> None:
    assert picked([" vv-4k7qpm", "VV-4K7QPM", "", "VV-000000"]) == ["VV-4K7QPM", "VV-000000"]
    for wrong in ([], ["", " "], [f"VV-{number}" for number in range(MOST + 1)]):
        with pytest.raises(PortalError):
            picked(wrong)
    assert len(picked([f"VV-{number}" for number in range(MOST)])) == MOST


def why(session: Session, file: CaseFile, cast: Cast, move: str, **aim: object) -> str:
    """What stands in Minh's way; nothing."""
    found = obstacle(session, viewer_for(session, cast.minh), file, move, Aim(**aim))  # type: ignore[arg-type]
    return found.message if found is not None else ""


def test_the_status_stands_in_the_way(session: Session, story: Story, cast: Cast) -> None:
    files = at_every_status(story)
    able = {move: {status for status in files if not why(session, files[status], cast, move)} for move in KINDS}
    assert able["refuse"] == {Status.RECEIVED, Status.ACCEPTED, Status.WAITING_FOR_REPORTER}
    assert able["assign"] == set(Status) - {Status.CLOSED, Status.MERGED, Status.WITHDRAWN}
    assert able["refer"] == set(), "none of them has a text that a body may read"


def test_referring_needs_a_text_and_a_body_that_may_read_it(session: Session, story: Story, cast: Cast) -> None:
    plain = story.minh_accepts(story.conduct_report())
    cleared = story.minh_clears(story.minh_accepts(story.conduct_report()))
    office, province = (agency_by_code(session, code, today()) for code in (OFFICE, PROVINCE))
    assert "bản che" in why(session, plain, cast, "refer")
    assert why(session, cleared, cast, "refer") == ""
    assert "bị phản ánh" in why(session, cleared, cast, "refer", body=office)
    assert why(session, cleared, cast, "refer", body=province) == ""
    cleared = story.minh_refers(cleared, PROVINCE, ReferralRole.SUPPORT)
    assert "đã có phiếu chuyển" in why(session, cleared, cast, "refer", body=province)


def test_assigning_heeds_walls_and_restrictions(session: Session, story: Story, cast: Cast) -> None:
    file = story.conduct_report()
    wall_off(session, file, cast.khang)

    def to(staff: str) -> str:
        one = getattr(cast, staff)
        return why(session, file, cast, "assign", assignee=one, sees=viewer_for(session, one))

    assert to("hanh") == ""
    assert to("khang") == "Người này không được giữ vụ việc."
    minh = viewer_for(session, cast.minh)
    actions.assign(session, file, cast.minh, minh, assignee=cast.hanh, sees=viewer_for(session, cast.hanh))
    assert to("hanh") == "%(name)s đang giữ vụ việc này."
    secret = story.conduct_report(category=a_denunciation().category)
    seen = viewer_for(session, cast.hanh)
    aim = Aim(assignee=cast.minh, sees=minh)
    assert obstacle(session, seen, secret, "assign", aim) is None, "given to Minh it opens to him"


def test_a_button_pressed_twice_is_known(session: Session, story: Story, cast: Cast) -> None:
    file, minh = story.conduct_report(), viewer_for(session, cast.minh)
    aim = Aim(says={"ground": "not_competent", "text": "Không."})
    assert not is_done_already(session, file.case, cast.minh, "refuse", aim)
    actions.refuse(session, file, cast.minh, minh, ground="not_competent", text="Không.")
    assert is_done_already(session, file.case, cast.minh, "refuse", aim)
    assert not is_done_already(session, file.case, cast.hanh, "refuse", aim), "somebody else's"
    assert not is_done_already(session, file.case, cast.minh, "refuse", Aim(says={"ground": "anonymous"}))
    assert not is_done_already(session, file.case, cast.minh, "assign", Aim())
