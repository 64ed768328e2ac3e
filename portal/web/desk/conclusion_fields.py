"""What a conclusion asks for, what its page holds when it opens, and how the reporter will read it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.cases.concluding import Details, Found, checked, found_of, open_findings
from portal.cases.story_parts import Answer, answer_of
from portal.cases.words import FORMAL_TRACKS
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Agency
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_, clean_line
from portal.foundation.time import now, today
from portal.intake.dates import read_date
from portal.web.desk.move_fields import Choice, Field, Shape
from portal.web.frame.language import LANGUAGES, chosen, named
from portal.web.frame.templating import day

Typed = Mapping[str, str]
NOT_A_NUMBER = N_("Hãy ghi một số, như 5.")


@dataclass(frozen=True)
class Given:
    """A conclusion as it was typed, its day and number read."""

    finding: str
    remedy: str
    text: str
    details: Details


@dataclass(frozen=True)
class Preview:
    """An answer before it is sent: in every language, so that its mark hangs on none, and in which it is shown."""

    answers: Mapping[str, Answer]
    language: str

    @property
    def shown(self) -> Answer:
        """The answer as its page shows it."""
        return self.answers[self.language]


def _findings(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    rows = {row.code: row for row in catalogue.findings(session)}
    found = [rows[code] for code in open_findings(rows, file.case.track)]
    return [Choice(row.code, named(row), named(row, "guidance")) for row in found]


def _remedies(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    return [Choice(row.code, named(row)) for row in catalogue.remedies(session)]


def _kept(part: Callable[[Found], str]) -> Callable[[Session, CaseFile, Viewer], str]:
    """What the last conclusion says, while it is still ours to mend: it was sent back."""

    def first(session: Session, file: CaseFile, viewer: Viewer) -> str:
        last = file.conclusion
        return part(found_of(last)) if last is not None and last.visible_at is None else ""

    return first


def _second(found: Found) -> str:
    return found.details.more_remedies[0] if found.details.more_remedies else ""


def _apologised(found: Found) -> str:
    return day(found.details.apologised_on) if found.details.apologised_on else ""


FINDING = Field(
    "finding", N_("Kết quả xác minh"), Shape.RADIOS, choices=_findings, first=_kept(lambda found: found.finding)
)
REMEDY = Field(
    "remedy",
    N_("Đã làm gì để khắc phục"),
    Shape.SELECT,
    optional=True,
    choices=_remedies,
    first=_kept(lambda found: found.remedies[0] if found.remedies else ""),
)
ANSWER = Field(
    "text",
    N_("Trả lời người phản ánh"),
    Shape.TEXT,
    N_("Người phản ánh đọc nguyên văn. Nói rõ đã kiểm tra gì, thấy gì, làm gì, và khi nào xong."),
    rows=10,
    first=_kept(lambda found: found.text),
)
MORE_REMEDY = Field(
    "more_remedy",
    N_("Còn làm gì nữa"),
    Shape.SELECT,
    optional=True,
    choices=_remedies,
    first=_kept(_second),
    folded=True,
)
GROUND = Field(
    "ground",
    N_("Căn cứ"),
    Shape.TEXT,
    N_("Điều, khoản của văn bản mà kết luận dựa vào. Khiếu nại, tố cáo thì phải ghi."),
    optional=True,
    rows=2,
    first=_kept(lambda found: found.details.ground),
    folded=True,
)
DISCIPLINE_BODY = Field(
    "discipline_body",
    N_("Nơi xem xét kỷ luật"),
    Shape.NAME,
    N_("Ghi khi đã chuyển xem xét kỷ luật. Chỉ ghi tên cơ quan, không ghi tên người."),
    optional=True,
    first=_kept(lambda found: found.details.discipline_body),
    folded=True,
)
APOLOGISED = Field(
    "apologised_on",
    N_("Ngày đã xin lỗi người phản ánh"),
    Shape.LINE,
    N_("Ví dụ 31/03/2026. Chưa xin lỗi thì để trống."),
    optional=True,
    first=_kept(_apologised),
    folded=True,
)
DAYS_SAVED = Field(
    "days_saved",
    N_("Rút ngắn được bao nhiêu ngày làm việc"),
    Shape.LINE,
    N_("Khi đã bỏ được một bước hay một giấy tờ. Không biết thì để trống."),
    optional=True,
    first=_kept(lambda found: str(found.details.days_saved or "")),
    folded=True,
)
CONCLUSION = (FINDING, REMEDY, ANSWER, MORE_REMEDY, GROUND, DISCIPLINE_BODY, APOLOGISED, DAYS_SAVED)


def given(typed: Typed) -> Given:
    """What was typed. Raises FieldErrors for a day or a number that is none."""
    errors: dict[str, PortalError] = {}
    apologised: date | None = None
    try:
        apologised = read_date(typed["apologised_on"], today(), may_lie_ahead=False)
    except PortalError as error:
        errors["apologised_on"] = error
    days = clean_line(typed["days_saved"])
    if days and not (days.isascii() and days.isdecimal() and len(days) < 6):
        errors["days_saved"] = PortalError(NOT_A_NUMBER)
    if errors:
        raise FieldErrors(N_("Xin kiểm tra lại."), errors)
    details = Details(
        (typed["more_remedy"],) if typed["more_remedy"] else (),
        typed["ground"],
        typed["discipline_body"],
        apologised,
        int(days) if days else None,
    )
    return Given(typed["finding"], typed["remedy"], typed["text"], details)


def preview(session: Session, file: CaseFile, viewer: Viewer, typed: Typed) -> Preview:
    """The answer as the reporter will read it. Raises FieldErrors where it is not one yet."""
    one = given(typed)
    found = checked(session, file, today(), one.finding, one.remedy, one.text, one.details)
    agency, at = session.get_one(Agency, viewer.agency_id), now()
    answers = {
        language: answer_of(session, found, str(getattr(agency, f"name_{language}")), at, language)
        for language in LANGUAGES
    }
    return Preview(answers, told_in(file, viewer))


def told_in(file: CaseFile, viewer: Viewer) -> str:
    """The report's language, in which its reporter reads the answer.

    Which language that is would tell a body something of who reports, so its accounts see the one of their page.
    """
    return str(file.report.language) if viewer.reads_narratives else chosen()


def opens_folded(file: CaseFile, fields: Iterable[Mapping[str, object]], errors: Mapping[str, str]) -> bool:
    """Whether the fields that stand behind the others are shown at once: they hold or lack something."""
    folded = [one for one in fields if one["folded"]]
    return any(one["value"] or one["name"] in errors for one in folded) or file.case.track in FORMAL_TRACKS
