"""Conclusions as colleagues read them: every version, and why the last one came back."""

from collections.abc import Iterable, Mapping

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.cases.casefile import CaseFile
from portal.cases.concluding import found_of
from portal.cases.events import CONCLUSION_SENT_BACK
from portal.cases.models import Conclusion, Event
from portal.cases.story_parts import Answer, answer_of
from portal.cases.words import Status
from portal.foundation.time import local
from portal.web.desk.due_words import short_moment
from portal.web.desk.lines import ConclusionLine, SentBackLine
from portal.web.frame.language import chosen, named, speaking
from portal.web.frame.templating import day


def conclusion_line(session: Session, one: Conclusion, writer: str | None = None) -> ConclusionLine:
    """One version of a conclusion."""
    body, told = named(one.agency), told_answer(session, one, chosen())
    return ConclusionLine(
        version=one.version,
        finding=told.finding,
        remedy=", ".join(told.remedies),
        text=one.text,
        told=told,
        written=f"{writer}, {body}" if writer else body,
        sent=_sent(one),
    )


def told_answer(session: Session, one: Conclusion, language: str) -> Answer:
    """A conclusion as the reporter reads it in a language, or will."""
    who, at = str(getattr(one.agency, f"name_{language}")), one.visible_at or one.written_at
    return answer_of(session, found_of(one), who, at, language)


def spoken(answer: Answer, language: str) -> Markup:
    """An answer as a part of a page, in the language in which it will be read."""
    with speaking(language):
        html = render_template("desk/parts/spoken_answer.html", answer=answer, spoken_in=language)
    return Markup(html)  # noqa: S704 (a template's own output)


def _sent(one: Conclusion) -> str:
    if one.visible_at is not None:
        return str(_("gửi %(day)s", day=day(local(one.visible_at).date())))
    return str(
        _("chưa gửi, phải có kiểm tra viên trưởng duyệt") if one.needs_approval else _("chưa gửi, không phải chờ duyệt")
    )


def sent_back_line(file: CaseFile, events: Iterable[Event], people: Mapping[int, str]) -> SentBackLine | None:
    """The remark with which the last conclusion came back, while it is being mended."""
    last = file.conclusion
    if last is None or last.visible_at is not None or file.case.status is Status.CONCLUDED:
        return None
    remarks = [one for one in events if one.kind == CONCLUSION_SENT_BACK]
    if not remarks:
        return None
    remark = remarks[-1]
    who = people.get(remark.actor_id or 0, _("Kiểm tra viên trưởng"))
    return SentBackLine(str((remark.payload or {}).get("text", "")), who, short_moment(remark.at))
