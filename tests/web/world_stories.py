"""The story that all worlds tell: one case at each stage that an agency can meet, brought there by real actions."""

from collections.abc import Callable, Iterable

from portal.cases.masking import apply_masks
from portal.catalogue.words import ReferralRole
from portal.identity.contact import Contact
from portal.web.desk.narrative import spans_of
from tests.makers.cast import CITY
from tests.makers.filings import a_conduct_report, a_delay, praise
from tests.makers.settings import CODE_KEY
from tests.web.world_people import SAID, TOLD, Person
from tests.web.worlds import World

ANSWER = "Hồ sơ đã có kết quả từ sáng nay. Văn phòng xin lỗi vì để anh/chị chờ."
STATEMENT = "Ông bị phản ánh đã lớn tiếng với người dân. Đề nghị giải trình."
OTHER_OFFICE = "H-TK-MC"
LATER_CONTACT = Contact(email="tin.sau@thu.vn")
NEW_HASH = b"n" * 32
Part = Callable[[Person, World, str], None]


def fresh(person: Person, world: World, case: str) -> None:
    """A late dossier: with the city and its office at once."""
    world.file(case, person.filing(a_delay, TOLD))


def asked(person: Person, world: World, case: str) -> None:
    """The city asks."""
    fresh(person, world, case)
    world.staff(case, "quy", "ask", 1, text="Anh/chị nộp hồ sơ ngày nào?")


def replied(person: Person, world: World, case: str) -> None:
    """The reporter replies, and writes where they can be reached."""
    asked(person, world, case)
    world.reporter(case, "reply", 2, text=SAID.format(**person.writes))


def told_the_inspector(person: Person, world: World, case: str) -> None:
    """An inspector asks, and the reporter tells the inspector more than an office should know."""
    fresh(person, world, case)
    world.staff(case, "minh", "ask", 1, text="Anh/chị có giữ phiếu hẹn không?")
    world.reporter(case, "reply", 2, text=f"Có. Tôi là {person.identity.name or 'người khác'}.")
    world.reporter(case, "add_facts", 2, text=person.wish.format(**person.writes) or "Hôm nay vẫn chưa có.")


def answered(person: Person, world: World, case: str) -> None:
    """The city answers."""
    fresh(person, world, case)
    world.staff(case, "quy", "answer", 1, finding="upheld", remedy="result_handed_out", text=ANSWER)


def closed(person: Person, world: World, case: str) -> None:
    """The reporter rates and says why, an inspector closes."""
    answered(person, world, case)
    world.reporter(case, "rate", 2, score=3, reasons=person.wish.format(**person.writes))
    world.staff(case, "minh", "close", 2)


def looked_at_again(person: Person, world: World, case: str) -> None:
    """The reporter asks for a review."""
    answered(person, world, case)
    world.reporter(case, "ask_review", 2, text=f"Chưa xong. {SAID.format(**person.writes)}")


def withdrawn(person: Person, world: World, case: str) -> None:
    """The reporter takes it back."""
    fresh(person, world, case)
    world.reporter(case, "withdraw", 1)


def refused(person: Person, world: World, case: str) -> None:
    """An inspector does not go on with it."""
    fresh(person, world, case)
    world.staff(case, "minh", "refuse", 1, ground="not_competent", text="Xin viết rõ hơn.")


def referred(person: Person, world: World, case: str) -> None:
    """Somebody at another city's office was rude; an inspector clears as filing proposes and refers it to this one."""
    world.file(case, person.filing(a_conduct_report, TOLD, agency=OTHER_OFFICE))
    proposed = world.look(case, lambda file: apply_masks(file.report.narrative, spans_of(file.report)))
    world.staff(case, "minh", "accept", 1)
    world.staff(case, "minh", "clear", 1, text=proposed)
    world.staff(case, "minh", "refer", 1, agency=CITY, role=ReferralRole.LEAD, note="Xin trả lời sớm.")


def reported_back(person: Person, world: World, case: str) -> None:
    """The city asks the reporter, then answers the inspector."""
    referred(person, world, case)
    world.staff(case, "quy", "ask", 2, text="Việc ấy lúc mấy giờ?")
    world.reporter(case, "reply", 2, text=SAID.format(**person.writes))
    world.staff(case, "quy", "answer_referral", 2, text="Đã nhắc nhở.")


def approved(person: Person, world: World, case: str) -> None:
    """The inspector concludes, the chief lets it out."""
    reported_back(person, world, case)
    world.staff(case, "minh", "conclude", 3, finding="upheld", remedy="apology_letter", text=ANSWER)
    world.staff(case, "hanh", "approve", 3)


def praised(person: Person, world: World, case: str) -> None:
    """Somebody praises the city."""
    world.file(case, person.filing(praise, TOLD, agency=CITY))


def told_elsewhere(person: Person, world: World, case: str) -> None:
    """Whoever left a contact changes it, others give one, some withdraw it; one of them replaces the code."""
    fresh(person, world, case)
    for number, contact in enumerate((person.contact, LATER_CONTACT) if person.contact else (LATER_CONTACT,)):
        world.contact(case, contact, 1, number)
    if not person.identity.name:
        world.reporter(case, "withdraw_contact", 2)
    if person.contact:
        world.reporter(case, "replace_code", 2, new_hash=NEW_HASH)


def not_put_right(person: Person, world: World, case: str) -> None:
    """Weeks later one says that it was put right, another that it was not, and somebody says nothing."""
    answered(person, world, case)
    world.reporter(case, "ask_follow_up", 30)
    if person.identity.name:
        said = "no" if person.contact else "yes"
        world.reporter(case, "answer_follow_up", 31, answer=said, text=person.wish.format(**person.writes))


def lost_the_code(person: Person, world: World, case: str) -> None:
    """Whoever gave a name is refused another code, and given one when they ask again."""
    fresh(person, world, case)
    if person.identity.name:
        world.staff(case, "minh", "ask_new_code", 1, text=f"Gọi lại {person.writes['phone']}.")
        world.staff(case, "hanh", "refuse_new_code", 1, text="Không ai nghe máy.")
        world.staff(case, "hanh", "ask_new_code", 2, text="Đã đến, nói đúng việc đã kể.")
        world.staff(case, "dung", "give_new_code", 2, code_key=CODE_KEY)


def heard(person: Person, world: World, case: str) -> None:
    """The city is to hear somebody of another city's office. It has no part in the case, so this is none of `PARTS`."""
    world.file(case, person.filing(a_conduct_report, TOLD, agency=OTHER_OFFICE))
    world.staff(case, "minh", "accept", 1)
    world.staff(case, "minh", "hear", 1, agency=CITY, person="Cán bộ tiếp nhận", statement=STATEMENT)


PARTS: tuple[Part, ...] = (
    fresh,
    asked,
    replied,
    told_the_inspector,
    answered,
    closed,
    looked_at_again,
    withdrawn,
    refused,
    referred,
    reported_back,
    approved,
    praised,
    told_elsewhere,
    not_put_right,
    lost_the_code,
)


def tell(person: Person, world: World, parts: Iterable[Part] = PARTS) -> World:
    """The story, with this person as the reporter of every case."""
    for part in parts:
        part(person, world, part.__name__)
    world.worker_looks_in(4)
    return world
