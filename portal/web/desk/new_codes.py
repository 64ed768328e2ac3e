"""A new code for a reporter who lost theirs: who asked for it, and the page that shows it, once."""

from collections.abc import Mapping

from flask import Response, make_response, render_template

from portal.cases.casefile import CaseFile
from portal.cases.new_codes import standing, stands_until
from portal.cases.receipts import shown
from portal.foundation.time import local, today
from portal.web.desk.lines import CodeRequestLine
from portal.web.frame.site import tracking_address
from portal.web.frame.templating import day, weekday


def code_request_line(file: CaseFile, people: Mapping[int, str]) -> CodeRequestLine | None:
    """The request that waits for a second inspector."""
    asked = standing(file.last_code_step, today())
    if asked is None:
        return None
    return CodeRequestLine(
        who=people.get(asked.actor_id or 0, ""),
        since=day(local(asked.at).date()),
        until=weekday(stands_until(asked)),
        text=asked.payload["text"],
    )


def show_new_code(file: CaseFile, code: str) -> Response:
    """The answer to giving it. No address shows the code again: it is kept nowhere."""
    page = render_template(
        "desk/show_new_code.html",
        reference=file.case.reference,
        code=shown(code),
        track_address=tracking_address(),
    )
    return make_response(page)
