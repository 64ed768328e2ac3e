"""Cases that one account must not notice: those from which it is kept by name, and those from which it steps aside.

They do whatever a case can do to a page: are like the account's own cases, wait as spam or as an urgent report, are not
put right, are heard, asked about, and told of in files that colleagues take.
"""

from collections.abc import Callable

from sqlalchemy import select

from portal.cases.escalation import ESCALATE
from portal.cases.filing import PaidBack
from portal.cases.words import Language
from portal.catalogue.words import ReferralRole
from portal.foundation.database import transaction
from portal.intake.fields import read_email
from portal.notices.addresses import set_address
from portal.notices.models import Notice
from portal.notices.staff_notices import REMIND_STAFF
from portal.schedule import COUNT_PATTERNS, HANDLERS
from portal.staff.accounts import staff_by_login
from tests.areas.notices.test_sending import work
from tests.makers.cast import CITY
from tests.makers.filings import DOSSIER, a_conduct_report, a_delay, a_denunciation
from tests.web.world_people import LAN_CONFIDENTIAL
from tests.web.world_stories import OTHER_OFFICE, answered, asked, fresh, replied
from tests.web.worlds import HOST, World, token_in

WHY = "Lời kể nêu tên người này."
RARE = "cánh cò lạc bến"  # words of a hidden case alone
RUDE = "Người ở quầy số 3 nói trống không và quát tôi trước mặt mọi người."
Keep = Callable[[World, str], None]
Secret = Callable[[World], None]


def by_name(login: str) -> Keep:
    """A chief inspector keeps this account away."""

    def keep(world: World, case: str) -> None:
        world.staff(case, "dung", "wall_off", 0, account=login, text=WHY)

    return keep


def by_itself(login: str) -> Keep:
    """The account says that it is concerned."""

    def keep(world: World, case: str) -> None:
        world.staff(case, login, "declare_conflict", 0, text="Người quen của tôi.")

    return keep


def in_an_office(keep: Keep) -> Secret:
    """A report to the city, on which others there work."""

    def happens(world: World) -> None:
        world.file("hidden delay", a_delay(narrative=f"Một người ở quầy là em của người nhận hồ sơ, {RARE}."))
        keep(world, "hidden delay")
        world.staff("hidden delay", "minh", "ask", 1, text="Lúc mấy giờ?")
        world.reporter("hidden delay", "reply", 2, text="Chín giờ.")
        world.staff("hidden delay", "nga", "answer_referral", 3, text="Đã nhắc nhở.")

    return happens


def in_the_committee(keep: Keep, *, restricted: bool) -> Secret:
    """Reports with which the account's colleagues in the Inspection Committee go on."""

    def happens(world: World) -> None:
        world.file("hidden rude", a_conduct_report(narrative=f"{RUDE} Nhớ {RARE}.", dossier_code=DOSSIER))
        keep(world, "hidden rude")
        for move in ("accept", "verify"):
            world.staff("hidden rude", "minh", move, 1)
        world.staff("hidden rude", "minh", "clear", 1, text="Một người ở quầy nói trống không.")
        world.staff("hidden rude", "minh", "refer", 1, agency=CITY, role=ReferralRole.LEAD)
        world.staff("hidden rude", "minh", "note", 1, text="Hỏi lại chị trực quầy.")
        heard = {"agency": CITY, "person": "Cán bộ ở quầy", "statement": "Đã lớn tiếng với người dân."}
        world.staff("hidden rude", "minh", "hear", 1, **heard)
        world.staff("hidden rude", "minh", "ask", 2, text="Lúc mấy giờ?")
        world.reporter("hidden rude", "reply", 2, text=f"Chín giờ, {RARE}.")
        world.file("hidden and empty", a_delay(narrative="ơi ơi ơi ơi ơi ơi"))
        keep(world, "hidden and empty")
        world.file("hidden and not put right", a_delay(narrative=f"Hồ sơ quá hẹn, {RARE}."))
        keep(world, "hidden and not put right")
        answer = {"finding": "upheld", "remedy": "result_handed_out", "text": "Đã có kết quả."}
        world.staff("hidden and not put right", "quy", "answer", 1, **answer)
        world.reporter("hidden and not put right", "ask_follow_up", 30)
        world.reporter("hidden and not put right", "answer_follow_up", 31, answer="no", text="Vẫn chưa xong.")
        if restricted:
            # Elsewhere: an office with three such reports is routed by a rule of its own (decision 0048).
            world.file("hidden bribe", a_denunciation(narrative=f"Gợi ý đưa tiền, {RARE}.", agency=OTHER_OFFICE))
            keep(world, "hidden bribe")
            world.file(
                "hidden and paid back", a_delay(paid_back=PaidBack(world.code("hidden rude"), True, "Sợ bị giữ hồ sơ."))
            )

    return happens


STORIES: dict[tuple[str, str], Secret] = {
    ("quy", "by name"): in_an_office(by_name("quy")),
    ("quy", "by itself"): in_an_office(by_itself("quy")),
    ("khang", "by name"): in_the_committee(by_name("khang"), restricted=False),
    ("khang", "by itself"): in_the_committee(by_itself("khang"), restricted=False),
    ("hanh", "by name"): in_the_committee(by_name("hanh"), restricted=True),
}


def tell_with(secret: Secret | None, world: World) -> World:
    """The account's own work, in a world with or without the cases that it must not notice."""
    with world.act("addresses") as session, transaction(session):
        for login in ("quy", "khang", "hanh"):
            account = staff_by_login(session, login)
            assert account is not None
            set_address(session, account, read_email(f"{login}@co-quan.vn"), Language.VI)
    for part in (fresh, replied, answered):
        part(LAN_CONFIDENTIAL, world, part.__name__)
    if secret is not None:
        secret(world)
    asked(LAN_CONFIDENTIAL, world, "asked")
    world.file("rude", a_conduct_report(narrative=RUDE, dossier_code=DOSSIER), days=2)
    world.file("held", a_conduct_report(narrative="Một việc khác hẳn ở quầy số 5."), days=2)
    world.staff("held", "khang", "accept", 2)
    heard = {"agency": CITY, "person": "Cán bộ ở quầy", "statement": "Đã để người dân chờ."}
    world.staff("held", "khang", "hear", 2, **heard)
    world.file("bribe", a_denunciation(), days=2)
    for number in range(3):
        world.file(f"late {number}", a_delay(), days=3)
    world.worker_looks_in(4)
    with world.act("the worker's jobs", days=4):
        with world.place.session() as session:
            for kind in (ESCALATE, REMIND_STAFF, COUNT_PATTERNS):
                HANDLERS[kind](session, None, {})
        work(world.place)
    takes_the_queue(world, "minh")
    return world


def takes_the_queue(world: World, login: str) -> None:
    """A colleague takes what they see as a file."""
    world.draws.start(f"{login} takes a file")
    client = world.sign_in(login)
    token = token_in(client.get("/staff/queue", base_url=HOST).text)
    form = {"csrf_token": token, "kind": "xlsx", "filter": ""}
    answer = client.post("/staff/exports", base_url=HOST, data=form)
    assert answer.status_code == 200
    answer.close()


def notices_to(world: World, login: str) -> list[tuple[object, ...]]:
    """What the account was told, or will be."""
    with world.place.session() as session:
        account = staff_by_login(session, login)
        assert account is not None
        rows = session.scalars(select(Notice).where(Notice.staff_id == account.id).order_by(Notice.id))
        return [(one.kind, one.cause, one.state, one.channel, one.created_at, one.next_try_at) for one in rows]
