"""A case as a file to print. It is made from what the case's page shows this account, and from nothing else.

So whatever a page must not show cannot stand on its paper: see `case_view`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from markupsafe import Markup

from portal.documents.casefiles import CasePaper, Entry, Part, Voice
from portal.web.desk.due_words import ClockLine
from portal.web.desk.lines import (
    AgencyCase,
    ConclusionLine,
    EventLine,
    InspectorCase,
    MessageLine,
    ReferralLine,
    TextLine,
)
from portal.web.desk.narrative import Part as Piece
from portal.web.frame.language import chosen
from portal.web.frame.templating import moment


@dataclass(frozen=True)
class Copy:
    """Who takes the copy, for which body, and when; `issuer`: the portal."""

    name: str
    body: str
    at: datetime
    issuer: str


def paper_for_inspector(case: InspectorCase, notes: Sequence[MessageLine], copy: Copy) -> CasePaper:
    """The file as the Inspection Committee keeps it: the report as filed and everything done about it."""
    severity = _("mức %(severity)s", severity=case.severity)
    holder = _("giao cho %(name)s", name=case.holder) if case.holder else _("chưa giao")
    parts = (
        _report(case),
        _clocks(case.clocks),
        _referrals(case),
        _cleared(case.cleared),
        _conclusions(case.conclusions, _("Kết luận và trả lời")),
        _heard_after(case),
        _conversation(case.messages, _("Chưa có trao đổi nào sau khi gửi.")),
        _notes(notes, _("chỉ kiểm tra viên đọc")),
        _history(case.history),
    )
    about = (case.status.text, case.track, severity, case.agency, holder)
    return _paper(case, copy, about, parts)


def paper_for_agency(case: AgencyCase, notes: Sequence[MessageLine], copy: Copy) -> CasePaper:
    """The file as one body keeps it: the cleared text and its own share."""
    named = _("người phản ánh nêu tên") if case.is_named else ""
    facts = ((_("Mã hồ sơ"), case.dossier_code), (_("Ngày hẹn trả"), case.promised))
    text = (Entry(Voice.OFFICE, text=plain(case.text)),) if case.text else ()
    own = Part(
        _("Phiếu chuyển của cơ quan anh/chị"), facts=_given((*facts, *_share(case.own))), entries=_answer(case.own)
    )
    written = [case.conclusion] if case.conclusion is not None else []
    parts = (
        Part(
            _("Nội dung phản ánh"),
            _("đã che thông tin"),
            entries=text,
            nothing=_("Chưa có bản che cho phiếu chuyển này."),
        ),
        _clocks(case.clocks),
        own,
        _conclusions(written, _("Trả lời người phản ánh")),
        _conversation(case.messages, _("Cơ quan anh/chị chưa hỏi gì.")),
        _notes(notes, _("chỉ cơ quan anh/chị đọc")),
        _history(case.history),
    )
    received = _("nhận %(day)s", day=case.received)
    return _paper(case, copy, (case.status.text, case.agency, received, named), parts)


def _paper(case: InspectorCase | AgencyCase, copy: Copy, about: Iterable[str], parts: Iterable[Part]) -> CasePaper:
    who = f"{copy.name}, {copy.body}"
    return CasePaper(
        language=chosen(),
        reference=case.reference,
        title=case.category,
        about=" · ".join(filter(None, about)),
        issuer=copy.issuer,
        printed=_("%(who)s in lúc %(at)s", who=who, at=moment(copy.at)),
        page=_("trang"),
        care=_("Chỉ dùng để giải quyết vụ việc này. Xin đừng tìm cách nhận ra người phản ánh."),
        next_title=case.next.title,
        next_law=_plain(case.next.law),
        parts=tuple(part for part in parts if part.facts or part.entries or part.log or part.nothing),
    )


def plain(pieces: Iterable[Piece]) -> str:
    """A text with its masks in brackets."""
    return "".join(f"[{text}]" if kind == "mask" else text for kind, text in pieces)


def _given(rows: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in rows if value)


def _report(case: InspectorCase) -> Part:
    merged = _("%(case)s: kết luận ở đó cũng trả lời người phản ánh này.", case=case.merged_into)
    facts = (
        (_("Mong muốn"), case.wish),
        (_("Đã gửi nơi khác"), case.elsewhere),
        (_("Danh tính"), case.disclosure),
        *case.facts,
        (_("Đã nhập vào vụ việc"), merged if case.merged_into else ""),
        (_("Đã nhập vào đây"), "; ".join(case.joined)),
    )
    told = Entry(Voice.REPORTER, text=plain(case.narrative))
    return Part(_("Phản ánh, nguyên văn"), case.filed, facts=_given(facts), entries=(told,))


def _clocks(clocks: Sequence[ClockLine]) -> Part:
    return Part(
        _("Thời hạn"),
        entries=tuple(
            Entry(Voice.CLOCK, one.what, one.left, note=_plain(one.note), days=tuple(one.marks)) for one in clocks
        ),
        nothing=_("Chưa có thời hạn nào."),
    )


def _share(one: ReferralLine) -> tuple[tuple[str, str], ...]:
    return (
        (_("Vai trò"), one.role),
        (_("Tình trạng"), one.state),
        (_("Chuyển ngày"), one.sent),
        (_("Hạn trả lời"), one.due),
        (_("Vì sao chuyển đến đây"), one.reason),
        (_("Lời nhắn của kiểm tra viên"), one.note),
    )


def _answer(one: ReferralLine) -> tuple[Entry, ...]:
    head = _("Trả lời của %(agency)s, %(day)s", agency=one.agency, day=one.answered)
    return (Entry(Voice.OFFICE, head, text=one.answer),) if one.answer else ()


def _referrals(case: InspectorCase) -> Part:
    entries: list[Entry] = []
    for one in case.referrals:
        share = "\n".join(f"{name}: {value}" for name, value in _given(_share(one)))
        entries += [Entry(Voice.OFFICE, one.agency, text=share), *_answer(one)]
    walled = (_("Không được nhận"), "\n".join(case.walled))
    return Part(
        _("Phiếu chuyển"),
        facts=_given((walled,)),
        entries=tuple(entries),
        nothing=_("Chưa chuyển cho cơ quan nào."),
    )


def _cleared(texts: Sequence[TextLine]) -> Part:
    def title(one: TextLine) -> str:
        return _("Bản %(version)s, %(when)s, %(who)s", version=one.version, when=one.when, who=one.who)

    entries = tuple(Entry(Voice.OFFICE, title(one), text=plain(one.text)) for one in texts)
    return Part(_("Bản che: cơ quan đọc bản này"), entries=entries)


def _conclusions(written: Sequence[ConclusionLine], title: str) -> Part:
    entries = []
    for one in written:
        remedy = _("Khắc phục: %(remedy)s", remedy=one.remedy) if one.remedy else ""
        head = _("Bản %(version)s: %(finding)s", version=one.version, finding=one.finding)
        text = "\n\n".join(filter(None, (remedy, one.text)))
        entries.append(Entry(Voice.OFFICE, head, text=text, note=f"{one.written}; {one.sent}"))
    return Part(title, entries=tuple(entries))


def _heard_after(case: InspectorCase) -> Part:
    entries: list[Entry] = []
    if case.rating is not None:
        head = _("Người phản ánh chấm %(score)s trên 5", score=case.rating.score)
        entries.append(Entry(Voice.REPORTER, head, text=case.rating.text, note=" · ".join(case.rating.points)))
    if case.follow_up is not None:
        asked = _("Hỏi lại: việc đã thật sự được giải quyết chưa?")
        one = case.follow_up
        entries.append(Entry(Voice.REPORTER, f"{asked} {one.answer}", one.when, one.text))
    for reference, said in case.asked_beside:
        if said is not None:
            head = _("Hỏi lại người phản ánh của %(reference)s:", reference=reference)
            entries.append(Entry(Voice.REPORTER, f"{head} {said.answer}", said.when))
    return Part(_("Người phản ánh nói sau khi được trả lời"), entries=tuple(entries))


def _conversation(messages: Sequence[MessageLine], nothing: str) -> Part:
    entries = tuple(
        Entry(Voice.REPORTER if one.own else Voice.OFFICE, f"{one.who} {one.verb}", one.when, one.text)
        for one in messages
    )
    return Part(_("Trao đổi với người phản ánh"), entries=entries, nothing=nothing)


def _plain(words: str) -> str:
    """Without the tags by which a page says what is Vietnamese."""
    return words.striptags() if isinstance(words, Markup) else words


def _notes(notes: Sequence[MessageLine], side: str) -> Part:
    entries = tuple(Entry(Voice.INTERNAL, one.who, one.when, one.text) for one in notes)
    return Part(_("Ghi chú nội bộ"), side, entries=entries)


def _history(lines: Sequence[EventLine]) -> Part:
    return Part(_("Diễn biến"), log=tuple((one.when, one.text) for one in lines))
