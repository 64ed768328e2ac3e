"""A body without an account by pages: a button first, one cleared text, one answer, and every use an event."""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from portal.cases.models import Event
from portal.cases.outside_models import OutsideLink
from portal.cases.queries import walled_ids
from portal.cases.readers import Place, readers_of
from portal.catalogue.models import Agency
from portal.foundation.time import at, now
from tests.web.installing import Portal
from tests.web.stages import CLEARED, cleared
from tests.web.test_staff_pages import case, staff
from tests.web.test_tracking_pages import look_up
from tests.web.visiting import Visit

QUESTION = "Tòa có đang thụ lý việc này không?"
REPLY = "Chưa thụ lý vụ nào về việc này."
TYPED = {"body": "court", "cleared": "1", "text": QUESTION, "days": "14"}


def asked(visit: Visit, portal: Portal, code: str) -> tuple[Visit, str]:
    """Minh makes a link: her browser, and its path."""
    minh = staff(visit, "minh")
    address = case(portal, code, "send_outside")
    shown = minh.fill(minh(address), TYPED, to=address)
    return minh, urlsplit(shown.page.all("textarea")[0].words.strip()).path


def told(portal: Portal, code: str) -> list[str]:
    """What happened by links, in order."""
    with portal.look(code) as (session, file):
        query = select(Event.kind).where(Event.case_id == file.case.id, Event.kind.like("outside%"))
        return [kind.removeprefix("outside_") for kind in session.scalars(query.order_by(Event.id))]


def test_a_body_reads_one_cleared_text_and_answers_once(visit: Visit, portal: Portal) -> None:
    code = cleared(portal)
    minh, path = asked(visit, portal, code)
    body = visit.another()
    door = body(path)
    assert CLEARED not in door.html
    assert told(portal, code) == ["asked"], "a mail scanner that fetches the link changes nothing"
    page = body.fill(door, {}, to=path)
    assert CLEARED in page.text
    assert QUESTION in page.text
    with portal.look(code) as (_, file):
        assert file.case.reference not in page.html
        assert file.report.narrative not in page.html
    assert body.fill(page, {"text": " "}, 422, to=f"{path}/answer").errors.keys() == {"text"}
    sent = body.fill(page, {"text": REPLY, "by": "Lê Thị Hoa"}, to=f"{path}/answer")
    assert "Đã gửi trả lời" in sent.text
    again = body.fill(page, {"text": "Khác."}, to=f"{path}/answer")
    assert REPLY in again.text
    assert "Khác." not in again.text
    assert told(portal, code) == ["asked", "read", "answered"]
    seen = minh(case(portal, code))
    assert REPLY in seen.text
    assert "Lê Thị Hoa" in seen.text
    reporter = look_up(visit.another(), code)
    assert REPLY not in reporter.html
    with portal.look(code) as (session, file):
        told_of = [one.called for one in readers_of(session, file) if one.place is Place.OUTSIDE]
    assert told_of == ["Tòa án nhân dân có thẩm quyền"], "the reporter is told who can read"


def test_another_language_keeps_what_was_typed(visit: Visit, portal: Portal) -> None:
    code = cleared(portal)
    _, path = asked(visit, portal, code)
    body = visit.another()
    page = body.fill(body(path), {}, to=path)
    english = body.fill(page, {"text": REPLY}, to=f"{path}/answer", press=("lang", "en"))
    assert english.held("text", f"{path}/answer").strip() == REPLY
    assert told(portal, code)[-1] != "answered"


def test_a_link_that_was_taken_back_or_is_too_old_opens_nothing(visit: Visit, portal: Portal) -> None:
    code = cleared(portal)
    minh, path = asked(visit, portal, code)
    seen = minh(case(portal, code))
    action = next(
        str(one.has["action"]) for one in seen.page.all("form") if str(one.has.get("action")).endswith("/revoke")
    )
    minh.fill(seen, {}, to=action)
    body = visit.another()
    refused = body.fill(body(path), {}, 410, to=path)
    assert CLEARED not in refused.html
    assert body.post(f"{path}/answer", {"text": REPLY}, 410).heading == refused.heading
    assert told(portal, code) == ["asked", "revoked", "tried", "tried"]
    minh, path = asked(visit, portal, code)
    page = body.fill(body(path), {}, to=path)
    with at(now() + timedelta(days=14, seconds=1)):
        assert CLEARED not in body.fill(page, {"text": REPLY}, 410, to=f"{path}/answer").html
    assert told(portal, code)[-3:] == ["asked", "read", "tried"]


def test_an_unknown_link_looks_like_any_other_until_the_button(visit: Visit, portal: Portal) -> None:
    code = cleared(portal)
    _, path = asked(visit, portal, code)
    body = visit.another()
    unknown = "/outside/" + "x" * 32
    assert body(unknown).text == body(path).text
    body.fill(body(unknown), {}, 404, to=unknown)


def test_the_secret_is_kept_nowhere(visit: Visit, portal: Portal, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    code = cleared(portal)
    _, path = asked(visit, portal, code)
    token = path.rsplit("/", 1)[1]
    body = visit.another()
    page = body.fill(body(path), {}, to=path)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    body.fill(page, {"text": REPLY}, to=f"{path}/answer")
    assert token not in caplog.text
    with portal.look(code) as (session, file):
        link = session.scalars(select(OutsideLink)).one()
        events = session.scalars(select(Event).where(Event.case_id == file.case.id)).all()
        stored = repr(vars(link)) + repr([one.payload for one in events])
    assert token not in stored


def test_an_accused_body_is_not_asked(visit: Visit, portal: Portal) -> None:
    code = cleared(portal)
    minh, address = staff(visit, "minh"), case(portal, code, "send_outside")
    with portal.look(code) as (session, file):
        [walled] = walled_ids(session, file.case)
        name = session.get_one(Agency, walled).name_vi
    refused = minh.fill(minh(address), {**TYPED, "body": "", "name": name.upper()}, 409, to=address)
    assert "nơi này bị phản ánh" in refused.text
    assert told(portal, code) == []
