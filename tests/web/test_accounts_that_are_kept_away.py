"""An account that is kept from a case by name cannot tell that the case exists, and neither can one that stepped aside.

The worlds are the same but for a case in the account's own work, from which it is kept from the first day on.
"""

from collections.abc import Callable, Iterator

import pytest

from tests.makers.databases import Databases
from tests.makers.filings import a_delay
from tests.web.walking import Answers, Walk, differences
from tests.web.world_people import LAN_CONFIDENTIAL
from tests.web.world_stories import answered, asked, fresh, replied
from tests.web.worlds import World, Worlds, together

WHY = "Lời kể nêu tên người này."


@pytest.fixture
def worlds(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """Worlds of one test."""
    with together(databases, tmp_path_factory.mktemp("worlds")) as made:
        yield made


def named(world: World) -> None:
    """The city's officer is named in a report to the city; others work on it."""
    world.file("named", a_delay(narrative="Một người ở quầy là em của người nhận hồ sơ."))
    world.staff("named", "minh", "wall_off", 0, account="quy", text=WHY)
    world.staff("named", "minh", "ask", 1, text="Lúc mấy giờ?")
    world.reporter("named", "reply", 2, text="Chín giờ.")
    world.staff("named", "nga", "answer_referral", 3, text="Đã nhắc nhở.")


def aside(world: World) -> None:
    """The city's officer says so at once."""
    world.file("aside", a_delay(narrative="Hồ sơ của người quen để lâu."))
    world.staff("aside", "quy", "declare_conflict", 0, text="Người quen của tôi.")
    world.staff("aside", "minh", "ask", 1, text="Lúc mấy giờ?")


def walked(worlds: Worlds, login: str, secret: Callable[[World], None] | None) -> Answers:
    """All that an account meets, in a world with or without the case."""
    world = worlds()
    for part in (fresh, replied, answered):
        part(LAN_CONFIDENTIAL, world, part.__name__)
    if secret is not None:
        secret(world)
    asked(LAN_CONFIDENTIAL, world, "asked")
    for number in range(3):
        world.file(f"late {number}", a_delay(), days=3)
    world.worker_looks_in(4)
    known = set(world.references)
    for hidden in ("named", "aside"):
        world.references.pop(hidden, None)
    assert (secret is not None) == (known != set(world.references))
    walk = Walk(world, login)
    walk.everywhere()
    return walk.blotted()


@pytest.mark.parametrize(("login", "secret"), [("quy", named), ("quy", aside)])
def test_who_is_kept_away_notices_nothing(worlds: Worlds, login: str, secret: Callable[[World], None]) -> None:
    assert differences(walked(worlds, login, None), walked(worlds, login, secret)) == []


def test_the_comparison_can_fail(worlds: Worlds) -> None:
    """A colleague who is not kept away sees the case."""
    assert differences(walked(worlds, "nga", None), walked(worlds, "nga", named)) != []
