"""What a letter of the data may say: which variables there are, and which of them may stand in which letter.

Pure. An office that is complained about must not match a signed paper to a report, so what would let it do so
(the reference, the portal, the day of filing) is refused when the file is read, and again when a letter is filled.
"""

import re
from datetime import date

from portal.catalogue.words import Track
from portal.foundation.text import N_

# What the portal can fill in, as far as it knows it and may show it.
FILLED = frozenset(
    {
        "agency_name",
        "answered_on",
        "citation",
        "committee_name",
        "days_late",
        "dossier_code",
        "due_on",
        "filed_on",
        "portal_name",
        "procedure_name",
        "promised_on",
        "reference",
        "refusal_ground",
        "refused_on",
        "remedies",
        "subject",
        "wish",
    }
)
# What only the person who signs can write: always a dotted line.
BY_HAND = frozenset(
    {
        "accused_name",
        "accused_post",
        "amount_due",
        "amount_excess",
        "amount_paid",
        "attachments",
        "co_signers",
        "complained_of",
        "complaint_accepted_on",
        "complaint_decision_ref",
        "complaint_decision_text",
        "complaint_lodged_on",
        "correction",
        "court_name",
        "decision_known_on",
        "decision_ref",
        "denunciation_lodged_on",
        "dossier_received_on",
        "evidence",
        "narrative",
        "new_facts",
        "obstacle",
        "other_parties",
        "paid_on",
        "place",
        "protected_persons",
        "reason",
        "receipt_ref",
        "reporter_address",
        "reporter_id_number",
        "reporter_name",
        "reporter_phone",
        "representative_name",
        "resolver_name",
        "respondent_address",
        "respondent_name",
        "second_resolver_name",
        "still_wrong",
        "superior_name",
    }
)
COMMITTEE = "committee_name"
TO_COMMITTEE_ONLY = frozenset({"filed_on", "portal_name", "reference", "subject", "wish"})
# What the paper of a denunciation may say that the portal knows: nothing that tells of a report, nor when.
IN_DENUNCIATION = frozenset({"citation", "refusal_ground"})
NOT_IN_DENUNCIATION = frozenset({"filed_on", "portal_name", "reference", "subject"})

_VARIABLE = re.compile(r"\{(\w+)\}")
_DATED = re.compile(r"(?i)^từ (\d{2})/(\d{2})/(\d{4}): ")
_BEFORE = re.compile(r"(?i)^trước đó: ")

Fault = tuple[str, dict[str, object]]


def variables_in(text: str) -> frozenset[str]:
    """The names that a text leaves open."""
    return frozenset(_VARIABLE.findall(text))


def is_to_committee(body: str) -> bool:
    """Whether a letter is addressed to the Inspection Committee: its first paragraph says so."""
    return COMMITTEE in variables_in(body.partition("\n\n")[0])


def fault_of(body: str, translation: str, track: str) -> Fault | None:
    """What is wrong with a letter, as a message with its values."""
    names = variables_in(body)
    if strange := sorted(names - FILLED - BY_HAND):
        return N_("Không có biến “%(name)s”."), {"name": strange[0]}
    if re.search(r"[{}]", _VARIABLE.sub("", body)):
        return N_("Có dấu ngoặc nhọn không mở hoặc không đóng."), {}
    if other := sorted(names ^ variables_in(translation)):
        return N_("Biến “%(name)s” chỉ có trong một ngôn ngữ."), {"name": other[0]}
    if not is_to_committee(body) and (told := sorted(names & {"reference"})):
        return N_("Chỉ thư gửi Ủy ban Kiểm tra được ghi “%(name)s”."), {"name": told[0]}
    if track == Track.DENUNCIATION and (told := sorted(names & NOT_IN_DENUNCIATION)):
        return N_("Giấy tờ tố cáo không được ghi “%(name)s”."), {"name": told[0]}
    if sum("{place}" in part for part in body.split("\n\n")) != 1:
        return N_("Thư phải có đúng một đoạn ghi nơi và ngày ký ({place})."), {}
    return None


def may_show(variable: str, body: str, track: str) -> bool:
    """Whether a letter may be filled with this, once the portal knows it."""
    if track == Track.DENUNCIATION and variable not in IN_DENUNCIATION:
        return False
    return variable in FILLED and (is_to_committee(body) or variable not in TO_COMMITTEE_ONLY)


def citation_on(citation: str, on: date) -> str:
    """The part of a citation that holds on a day.

    Parts stand between semicolons. “từ 01/07/2025: …” holds from that day on, instead of what stands before it;
    “trước đó: …” holds before the first such day. A part without such a beginning holds as long as the one before.
    """
    parts = re.split(r";\s*", citation)
    dated = [(_begins(part), part) for part in parts]
    changes = sorted(begins for begins, _ in dated if begins is not None)
    if not changes:
        return citation
    current = max((begins for begins in changes if begins <= on), default=None)
    kept, holds_from = [], None
    for begins, part in dated:
        if begins is not None:
            holds_from = begins
        elif _BEFORE.match(part):
            holds_from = None
        if holds_from == current:
            kept.append(_BEFORE.sub("", _DATED.sub("", part)))
    return "; ".join(kept)


def _begins(part: str) -> date | None:
    found = _DATED.match(part)
    return date(int(found[3]), int(found[2]), int(found[1])) if found else None
