"""Cases at every stage, brought there by the people who bring them there. Each gives the receipt code."""

from datetime import timedelta

from portal.cases import actions
from portal.cases.words import Disclosure
from portal.catalogue.words import ReferralRole
from portal.foundation.database import transaction
from portal.foundation.time import at, now, today
from tests.makers.cast import CITY, LAN
from tests.makers.filings import a_conduct_report, a_delay, a_denunciation
from tests.web.installing import Portal

ANSWER = "Hồ sơ đã có kết quả từ sáng nay. Văn phòng xin lỗi vì để anh/chị chờ."
CLEARED = "Người ở quầy nói trống không với người dân."
WORDS = "Một câu.\n\nCâu thứ hai, dài hơn."
OTHER_OFFICE = "H-TK-MC"


def received(portal: Portal) -> str:
    """Somebody at another city's office was rude."""
    return portal.file(a_conduct_report(agency=OTHER_OFFICE))


def delay(portal: Portal) -> str:
    """A late dossier, with the city at once."""
    return portal.file(a_delay())


def accepted(portal: Portal) -> str:
    """An inspector has taken the conduct report up."""
    code = received(portal)
    portal.staff(code, "minh", "accept")
    return code


def lodged(portal: Portal) -> str:
    """Its reporter has signed and lodged a complaint."""
    code, day = accepted(portal), today()
    portal.staff(code, "minh", "record_form", form="complaint", body=CITY, number="12/TCD", lodged_on=day)
    return code


def cleared(portal: Portal) -> str:
    """There is a text that an agency may read."""
    code = accepted(portal)
    portal.staff(code, "minh", "clear", text=CLEARED)
    return code


def referred(portal: Portal) -> str:
    """The city has it."""
    code = cleared(portal)
    portal.staff(code, "minh", "refer", agency=CITY, role=ReferralRole.LEAD, note="Xin trả lời sớm.")
    return code


def verifying(portal: Portal) -> str:
    """An inspector looks into it."""
    code = accepted(portal)
    portal.staff(code, "minh", "verify")
    return code


def concluded(portal: Portal) -> str:
    """Minh has written a conclusion."""
    code = verifying(portal)
    portal.staff(code, "minh", "conclude", finding="upheld", remedy="apology_letter", text=ANSWER)
    return code


def answered(portal: Portal) -> str:
    """The city has answered."""
    code = delay(portal)
    portal.staff(code, "quy", "answer", finding="upheld", remedy="result_handed_out", text=ANSWER)
    return code


def reopened(portal: Portal) -> str:
    """A chief has opened it again."""
    code = answered(portal)
    portal.staff(code, "hanh", "reopen", text="Có thêm giấy tờ.")
    return code


def forwarded(portal: Portal) -> str:
    """It went to a body outside."""
    code = received(portal)
    portal.staff(code, "minh", "forward", body="court", text="Tòa án mới xét được việc này.")
    return code


def withdrawn(portal: Portal) -> str:
    """The reporter of something grave has withdrawn."""
    code = portal.file(a_denunciation(agency=OTHER_OFFICE))
    with portal.look(code) as (session, file), transaction(session):
        actions.withdraw(session, file)
    return code


def not_put_right(portal: Portal) -> str:
    """The reporter says weeks later that it was not put right; the move is then made on any day."""
    code = answered(portal)
    with portal.look(code) as (session, file), at(now() + timedelta(days=28)), transaction(session):
        assert actions.ask_follow_up(session, file)
        actions.answer_follow_up(session, file, answer="no", text=WORDS)
    return code


def named(portal: Portal) -> str:
    """Somebody who gave the Inspection Committee a name was treated rudely."""
    return portal.file(a_conduct_report(agency=OTHER_OFFICE, disclosure=Disclosure.CONFIDENTIAL, identity=LAN))


def code_asked_for(portal: Portal) -> str:
    """Minh has made sure of somebody who lost the code."""
    code = named(portal)
    portal.staff(code, "minh", "ask_new_code", text="Gọi lại số đã gửi.")
    return code


def asked(portal: Portal) -> str:
    """The city asks."""
    code = delay(portal)
    portal.staff(code, "quy", "ask", text="Anh/chị nộp hồ sơ ngày nào?")
    return code


def closed(portal: Portal) -> str:
    """The answer stood, and the window to ask for a review is over."""
    code = answered(portal)
    with at(now() + timedelta(days=60)):
        portal.staff(code, "minh", "close")
    return code


def refused(portal: Portal) -> str:
    """An inspector does not take it up."""
    code = received(portal)
    portal.staff(code, "minh", "refuse", ground="not_competent", text="Việc này thuộc trường cao đẳng.")
    return code


def named_by_an_inspector(portal: Portal) -> str:
    """Somebody of the city is kept from a late dossier."""
    code = delay(portal)
    portal.staff(code, "minh", "wall_off", account="quy", text="Lời kể nêu tên người này.")
    return code
