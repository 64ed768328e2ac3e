"""Whoever reports, the body that hears reads the same pages and gets the same mails, when it is late with it, too."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases.escalation import ESCALATE
from portal.cases.words import Language
from portal.foundation.database import transaction
from portal.foundation.time import at
from portal.jobs.queue import run_once
from portal.notices.addresses import set_address
from portal.notices.channels import Console
from portal.notices.models import Notice
from portal.notices.sending import Sender
from portal.notices.wording import letter_of
from portal.schedule import HANDLERS
from portal.staff.accounts import staff_by_login
from tests.makers.databases import Databases
from tests.makers.days import MONDAY, instant
from tests.web.test_world_pairs import ALIKE, NAMED, PEOPLE
from tests.web.walking import Answers, Walk, differences
from tests.web.world_stories import heard, tell
from tests.web.worlds import World, Worlds, together

DAYS = (8, 10, 11)  # two working days before the last one, on it, after it


@pytest.fixture
def small(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """Worlds of one test."""
    with together(databases, tmp_path_factory.mktemp("worlds")) as worlds:
        yield worlds


def mails(world: World) -> list[tuple[str, ...]]:
    """All that the mails to staff are, in order: when, to whom, the words, what the relay reads of them."""
    with world.act("addresses") as session, transaction(session):
        quy = staff_by_login(session, "quy")
        assert quy is not None
        set_address(session, quy, "quy@co-quan.vn", Language.VI)
    for day in DAYS:
        with world.act(f"worker on day {day}", day) as session:
            sender = Sender(world.place.key_store, world.place.secrets, Console(), Console())
            HANDLERS[ESCALATE](session, sender, {})
            while run_once(session, HANDLERS, sender):
                pass
    with world.place.session() as session:
        rows = session.scalars(select(Notice).where(Notice.staff_id.is_not(None)).order_by(Notice.id)).all()
        return [
            (
                *(one.kind, one.cause, one.message_id, str(one.created_at), str(one.next_try_at)),
                str(letter_of(one.kind, one.language, one.message_id, "portal.test")),
            )
            for one in rows
        ]


def pages(world: World) -> Answers:
    """What Quý reads of hearings when it is late, in both languages."""
    with at(instant(MONDAY + timedelta(days=DAYS[-1]))):
        walks = [Walk(world, "quy"), Walk(world, "quy", "en")]
        for walk in walks:
            listed = walk.get("/staff/hearings")
            walk.get("/staff/hearings/" + listed.text.split('href="/staff/hearings/')[1].partition('"')[0])
        return {where: one for walk in walks for where, one in walk.without_seen_marks().items()}


def seen(name: str, worlds: Worlds) -> tuple[list[tuple[str, ...]], Answers]:
    """Mails and pages in the world of one person."""
    world = tell(PEOPLE[name], worlds(), (heard,))
    return mails(world), pages(world)


def test_the_body_that_hears_cannot_tell_who_reports(small: Worlds) -> None:
    everybody = {name: seen(name, small) for name in PEOPLE}
    for told, _ in everybody.values():
        assert [one[0] for one in told] == ["referral_new", "hearing_due_soon", "hearing_late"]
    for one, other in (*ALIKE, ("lan", NAMED[0])):
        assert everybody[one][0] == everybody[other][0]
        assert differences(everybody[one][1], everybody[other][1]) == []
