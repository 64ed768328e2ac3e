"""Standard texts: which variables one may leave open, and what it says once they are filled in.

Pure. What the portal does not know, or must not tell, becomes a gap in plain words, `[…: the words]`, for whoever sends
the text to write over; a text that still has one is not sent. No variable stands for anything of an identity but
`applicant_name`, which only a letter has, and which is never filled.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from portal.foundation.text import N_


class Moment(StrEnum):
    """What a standard text is sent for: a status that is reached, or something done."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    WAITING_FOR_REPORTER = "waiting_for_reporter"
    VERIFYING = "verifying"
    ANSWERED = "answered"
    REOPENED = "reopened"
    FORWARDED = "forwarded"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    CLOSED = "closed"
    ANSWER_VISIBLE = "answer_visible"
    REFERRAL_LETTER = "referral_letter"
    REMINDER_LETTER = "reminder_letter"
    EXPLANATION_REQUEST = "explanation_request"
    APOLOGY_LETTER = "apology_letter"
    COMMENDATION_LETTER = "commendation_letter"


MOMENTS: Mapping[Moment, str] = {
    Moment.RECEIVED: N_("Khi tiếp nhận"),
    Moment.ACCEPTED: N_("Khi thụ lý"),
    Moment.WAITING_FOR_REPORTER: N_("Khi hỏi thêm người phản ánh"),
    Moment.VERIFYING: N_("Khi gia hạn"),
    Moment.ANSWERED: N_("Khi trả lời"),
    Moment.REOPENED: N_("Khi mở lại"),
    Moment.FORWARDED: N_("Khi chuyển nơi khác"),
    Moment.REFUSED: N_("Khi không thụ lý"),
    Moment.WITHDRAWN: N_("Khi người phản ánh rút"),
    Moment.MERGED: N_("Khi nhập vụ việc"),
    Moment.CLOSED: N_("Khi kết thúc"),
    Moment.ANSWER_VISIBLE: N_("Thư báo tin"),
    Moment.REFERRAL_LETTER: N_("Phiếu chuyển"),
    Moment.REMINDER_LETTER: N_("Văn bản đôn đốc"),
    Moment.EXPLANATION_REQUEST: N_("Đề nghị giải trình"),
    Moment.APOLOGY_LETTER: N_("Thư xin lỗi"),
    Moment.COMMENDATION_LETTER: N_("Thư chuyển lời khen"),
}
LETTERS = frozenset(
    {
        Moment.REFERRAL_LETTER,
        Moment.REMINDER_LETTER,
        Moment.EXPLANATION_REQUEST,
        Moment.APOLOGY_LETTER,
        Moment.COMMENDATION_LETTER,
    }
)
# What the portal says to a reporter by itself, on the tracking page, where nobody writes over a gap.
SAID_BY_PORTAL = frozenset({Moment.RECEIVED, Moment.ACCEPTED, Moment.WITHDRAWN, Moment.MERGED, Moment.CLOSED})
# A reporter knows the case by a code only, and no text to a reporter calls anybody by name.
ONLY_IN_LETTERS = frozenset({"applicant_name", "reference"})
# A notice lies in a mailbox that others may read: all that it may be filled with is what the portal is called there.
IN_NOTICES: Mapping[str, tuple[str, str]] = {"portal_name": ("Cổng", "the portal")}

# What each variable is, in Vietnamese and English: the words of its gap, in the language of the text.
VARIABLES: Mapping[str, tuple[str, str]] = {
    "accept_due_on": ("hạn trả lời có thụ lý hay không", "day by which acceptance is decided"),
    "agency_name": ("tên cơ quan chủ trì", "name of the body in charge"),
    "answered_on": ("ngày đã trả lời", "day of the answer"),
    "appeal_due_on": ("hạn đề nghị xem lại", "last day to ask for a review"),
    "applicant_name": ("tên người nộp hồ sơ", "name of the applicant"),
    "asked_on": ("ngày hỏi hoặc ngày đề nghị", "day of the question or the request"),
    "body_name": ("tên cơ quan đã giải quyết", "name of the body that settled it"),
    "citation": ("căn cứ pháp luật", "legal basis"),
    "closed_on": ("ngày kết thúc", "day of closing"),
    "continue_sentence": ("vụ việc có tiếp tục hay không", "whether the case goes on"),
    "count": ("số phản ánh", "number of reports"),
    "court_name": ("tên tòa án", "name of the court"),
    "days_late": ("số ngày làm việc quá hạn", "working days late"),
    "decision_ref": ("số và ngày của quyết định", "number and date of the decision"),
    "dossier_code": ("mã hồ sơ", "dossier code"),
    "dossier_received_on": ("ngày nhận hồ sơ", "day the dossier was received"),
    "due_on": ("hạn trả lời", "day the answer is due"),
    "erase_on": ("ngày xóa thông tin", "day of erasure"),
    "expected": ("số thường thấy", "usual number"),
    "filed_on": ("ngày gửi phản ánh", "day of filing"),
    "filed_time": ("giờ gửi phản ánh", "time of filing"),
    "finding_text": ("kết quả kiểm tra", "what was found"),
    "forwarded_on": ("ngày chuyển", "day of forwarding"),
    "hotline": ("số đường dây nóng", "hotline number"),
    "how_checked": ("đã kiểm tra bằng cách nào", "how it was checked"),
    "how_to_fix": ("cần bổ sung gì", "what has to be added"),
    "identity_sentence": ("ai biết tên người phản ánh", "who knows the name of the reporter"),
    "initial_due_on": ("hạn kiểm tra ban đầu", "day by which the conditions are checked"),
    "missing": ("điều còn chưa rõ", "what is not clear yet"),
    "new_date": ("ngày hẹn lại", "new date"),
    "new_due_on": ("hạn mới", "new day the answer is due"),
    "next_step": ("việc làm tiếp", "what is done next"),
    "not_upheld_text": ("phần chưa đúng hoặc chưa đủ căn cứ", "what is not so or cannot be shown"),
    "other_remedy": ("quyền khác của người phản ánh", "another right of the reporter"),
    "outcome": ("kết quả xem xét kiến nghị", "outcome of the proposal"),
    "period": ("khoảng thời gian", "period"),
    "portal_name": ("tên Cổng", "name of the portal"),
    "praised": ("người hoặc tập thể được khen", "who is praised"),
    "procedure_name": ("tên thủ tục", "name of the procedure"),
    "promised_on": ("ngày đã hẹn trả kết quả", "day promised for the result"),
    "questions": ("các câu hỏi", "the questions"),
    "reason": ("lý do", "reason"),
    "reference": ("số vụ việc", "case number"),
    "referred_on": ("ngày gửi phiếu chuyển", "day of referral"),
    "remedies": ("việc đã làm để khắc phục", "what was done to put it right"),
    "reopen_due_on": ("hạn đề nghị mở lại", "last day to ask for reopening"),
    "reply_due_on": ("hạn người phản ánh trả lời", "day by which the reporter replies"),
    "resolve_days": ("số ngày giải quyết", "days to settle it"),
    "resolver_name": ("tên nơi giải quyết", "name of whoever settles it"),
    "sender_name": ("tên cơ quan gửi", "name of the sending body"),
    "signer_name": ("tên người ký", "name of the signer"),
    "signer_title": ("chức vụ người ký", "title of the signer"),
    "subject": ("nội dung phản ánh, viết ngắn", "the matter in short"),
    "superior_name": ("tên cơ quan cấp trên", "name of the superior body"),
    "target_contact": ("cách liên hệ nơi nhận", "how to reach that body"),
    "target_name": ("tên nơi nhận", "name of that body"),
    "track_name": ("loại đơn", "kind of report"),
    "triage_due_on": ("hạn xem xét ban đầu", "day of the first look"),
    "unit_name": ("tên đơn vị", "name of the unit"),
    "upheld_text": ("phần đúng", "what is right"),
    "withdrawn_on": ("ngày rút", "day of withdrawal"),
}
LANGUAGES = ("vi", "en")

_VARIABLE = re.compile(r"\{(\w+)\}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_GAP = re.compile(r"\[…:\s*([^\]\n]*)")

Fault = tuple[str, dict[str, object]]


def variables_in(text: str) -> list[str]:
    """The variables of a text in order, each once."""
    return list(dict.fromkeys(_VARIABLE.findall(text)))


def filled(body: str, values: Mapping[str, str], language: str) -> str:
    """The text with what is known; the rest becomes gaps. What is put in is never read as a variable again.

    Raises KeyError for a variable that there is none of; `fault_of` keeps such texts out.
    """

    def put(found: re.Match[str]) -> str:
        return values.get(found[1]) or gap(found[1], language)

    return _VARIABLE.sub(put, body)


def said(body: str, values: Mapping[str, str], language: str) -> str:
    """The text as the portal says it by itself: a sentence with something that is not known is left out."""
    paragraphs = []
    for lines in body.split("\n\n"):
        kept = [one for one in _SENTENCE.split(lines) if all(values.get(name) for name in variables_in(one))]
        paragraphs.append(filled(" ".join(kept), values, language))
    return "\n\n".join(one for one in paragraphs if one)


def refilled(text: str, values: Mapping[str, str], language: str) -> str:
    """A text that was filled before, with those of its gaps closed that are known by now."""
    for name in VARIABLES:
        if values.get(name):
            text = text.replace(gap(name, language), values[name])
    return text


def notice(body: str, language: str) -> str:
    """A notice's text as it is sent; empty where it asks for what no notice says."""
    if set(variables_in(body)) - IN_NOTICES.keys():
        return ""
    return filled(body, {name: words[LANGUAGES.index(language)] for name, words in IN_NOTICES.items()}, language)


def may_stand(moment: Moment) -> frozenset[str]:
    """The variables that a text of this moment may have."""
    if moment is Moment.ANSWER_VISIBLE:
        return frozenset(IN_NOTICES)
    return frozenset(VARIABLES) - (frozenset() if moment in LETTERS else ONLY_IN_LETTERS)


def gap(variable: str, language: str) -> str:
    """What stands in a text for something the portal does not know."""
    return f"[…: {VARIABLES[variable][LANGUAGES.index(language)]}]"


def gaps_in(text: str) -> list[str]:
    """What is still missing in a text, in its own words, each once."""
    return list(dict.fromkeys(words.strip() or "…" for words in _GAP.findall(text)))


def fault_of(body: str, translation: str, moment: Moment) -> Fault | None:
    """What is wrong with a text, as a message with its values."""
    names = set(variables_in(body))
    if strange := sorted(names - VARIABLES.keys()):
        return N_("Không có biến “%(name)s”."), {"name": strange[0]}
    if re.search(r"[{}]", _VARIABLE.sub("", body)):
        return N_("Có dấu ngoặc nhọn không mở hoặc không đóng."), {}
    if gaps_in(body):
        return N_("Chỗ trống “[…: ]” do Cổng tự đặt; trong mẫu xin dùng biến."), {}
    if other := sorted(names ^ set(variables_in(translation))):
        return N_("Biến “%(name)s” chỉ có trong một ngôn ngữ."), {"name": other[0]}
    if moment is Moment.ANSWER_VISIBLE and (told := sorted(names - IN_NOTICES.keys())):
        return N_("Thư báo tin không được ghi “%(name)s”."), {"name": told[0]}
    if moment not in LETTERS and (told := sorted(names & ONLY_IN_LETTERS)):
        return N_("Chỉ văn bản gửi cơ quan được ghi “%(name)s”."), {"name": told[0]}
    return None
