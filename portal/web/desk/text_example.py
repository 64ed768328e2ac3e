"""An invented case, to preview standard texts with. What it lacks, the portal never knows: there a gap will stand."""

from collections.abc import Mapping

from portal.catalogue.standard_texts import LANGUAGES, Moment, filled, notice

EXAMPLE: Mapping[str, tuple[str, str]] = {
    "agency_name": ("Ủy ban nhân dân phường Ví Dụ", "People’s Committee of Example Ward"),
    "answered_on": ("12/03/2026", "12/03/2026"),
    "appeal_due_on": ("31/03/2026", "31/03/2026"),
    "asked_on": ("16/03/2026", "16/03/2026"),
    "citation": ("Điều 1 của một văn bản ví dụ", "article 1 of an example law"),
    "days_late": ("03", "03"),
    "due_on": ("20/03/2026", "20/03/2026"),
    "filed_on": ("02/03/2026", "02/03/2026"),
    "forwarded_on": ("05/03/2026", "05/03/2026"),
    "hotline": ("1900 0000", "1900 0000"),
    "new_due_on": ("03/04/2026", "03/04/2026"),
    "portal_name": ("Cổng Phản ánh tỉnh Ví Dụ", "Feedback portal of Example Province"),
    "procedure_name": ("Đăng ký khai sinh", "Registration of birth"),
    "reference": ("VV-000000", "VV-000000"),
    "referred_on": ("03/03/2026", "03/03/2026"),
    "remedies": ("đã trả kết quả", "the result was handed out"),
    "reopen_due_on": ("11/04/2026", "11/04/2026"),
    "reply_due_on": ("26/03/2026", "26/03/2026"),
    "sender_name": ("Ủy ban Kiểm tra Ví Dụ", "Example Inspection Committee"),
    "target_contact": ("tầng 1, số 1 đường Ví Dụ", "ground floor, 1 Example Street"),
    "target_name": ("Tòa án nhân dân", "the People’s Court"),
}


def preview(body: str, language: str, moment: Moment) -> str:
    """A text as the example case would fill it; a notice as it is sent."""
    if moment is Moment.ANSWER_VISIBLE:
        return notice(body, language)
    number = LANGUAGES.index(language)
    return filled(body, {name: words[number] for name, words in EXAMPLE.items()}, language)
