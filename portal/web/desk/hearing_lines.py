"""Who was to be heard and what they explained, as lines of a case's page; and who was not, before a conclusion."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases.casefile import CaseFile
from portal.cases.hearing import hearing_missing, hearings_of, is_waiting
from portal.cases.hearing_models import Hearing
from portal.foundation.time import local, today
from portal.web.desk.lines import HearingLine
from portal.web.frame.language import named
from portal.web.frame.templating import day


def hearing_lines(session: Session, file: CaseFile) -> list[HearingLine]:
    """The hearings of a case, the newest first."""
    return [_line(one, is_open=file.case.is_open) for one in hearings_of(session, file.case)]


def unheard(session: Session, file: CaseFile, move: str) -> str:
    """What the page of a conclusion warns of; empty where nobody has to be heard, or they were."""
    written = file.conclusion
    finding = {"conclude": "upheld", "approve": written.finding if written is not None else ""}.get(move, "")
    if not finding or not hearing_missing(file, finding, hearings_of(session, file.case)):
        return ""
    return str(
        _("Người bị phản ánh chưa được nghe giải trình. Kết luận “Đúng” hoặc “Đúng một phần” nên chờ giải trình.")
    )


def _line(one: Hearing, *, is_open: bool) -> HearingLine:
    asked = _("%(agency)s, gửi ngày %(day)s", agency=named(one.agency), day=day(local(one.asked_at).date()))
    if one.answered_at is not None:
        state = _("đã giải trình ngày %(day)s", day=day(local(one.answered_at).date()))
    elif is_waiting(one) and one.clock.due_on < today():
        state = _("quá hạn giải trình, hạn %(day)s", day=day(one.clock.due_on))
    elif is_waiting(one):
        state = _("chờ giải trình, hạn %(day)s", day=day(one.clock.due_on))
    elif is_open:
        state = _("chưa giải trình, việc nghe đã dừng")
    else:
        state = _("chưa giải trình, vụ việc không còn xử lý")
    return HearingLine(one.person, asked, state, one.statement, one.explanation)
