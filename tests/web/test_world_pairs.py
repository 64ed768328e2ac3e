"""Non-interference: whoever reports, an agency's every response is the same, byte for byte.

Worlds differ in who the reporter is, in how much of it they gave, and in what of it they wrote into their texts.
"""

from collections.abc import Callable, Iterator

import pytest

from portal.foundation.time import at
from tests.makers.databases import Databases
from tests.makers.days import MONDAY, instant
from tests.web import world_people as people
from tests.web.walking import Answers, Walk, differences
from tests.web.world_people import Person
from tests.web.world_stories import tell
from tests.web.worlds import World, drawn_alike
from datetime import timedelta

Seen = Callable[[str], Answers]
FRIDAY = instant(MONDAY) + timedelta(days=4)
WORLDS: dict[str, Person] = {
    "lan": people.LAN_CONFIDENTIAL,
    "binh": people.BINH_CONFIDENTIAL,
    "nobody": people.NOBODY,
    "lan named": people.LAN_NAMED,
    "binh named": people.BINH_NAMED,
}


def walk_through(world: World) -> Answers:
    """Everything that the accounts of the city and of its office can open, then every move of the city's officer."""
    walks = [Walk(world, "quy"), Walk(world, "quy", "en"), Walk(world, "nga"), Walk(world, "chu")]
    walks[0].everywhere()
    for walk in walks[1:]:
        walk.cases()
    return {where: one for walk in walks for where, one in walk.answers.items()}


def test_it(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> None:
    import time
    got = {}
    for name, person in WORLDS.items():
        t = time.time()
        with drawn_alike() as draws, at(FRIDAY):
            world = World(databases, tmp_path_factory.mktemp("world"), draws)
            tell(person, world)
            print(name, "built", time.time() - t)
            got[name] = walk_through(world)
            print(name, len(got[name]), time.time() - t)
            world.close()
    a = got["lan"]
    from collections import Counter
    print(Counter(x.status for x in a.values()))
    for w, x in a.items():
        print(x.status, len(x.body), len(x.cases), w)
    for name in WORLDS:
        d = differences(a, got[name])
        print(name, len(d), d[:30])
        for w in d[:4]:
            if w in a and w in got[name]:
                import difflib
                print("\n".join(difflib.unified_diff(a[w].text.splitlines(), got[name][w].text.splitlines(), lineterm="", n=0)))
                print(set(a[w].headers) ^ set(got[name][w].headers))
