"""Non-interference: whoever reports, an agency's every response is the same, byte for byte.

The worlds differ in who the reporter is, in how much of it they gave, and in what of it they wrote into texts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from flask import Response, make_response
from flask_babel import force_locale, gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.cases.masking import Piece, Span, cut
from portal.cases.words import Disclosure
from portal.identity.models import NoticeContact
from portal.web.desk.case_view import for_agency
from portal.web.desk.lines import AgencyCase
from portal.web.frame.database import db
from tests.makers.databases import Databases
from tests.web import world_people as people
from tests.web.walking import ASKED, Answer, Answers, Walk, differences
from tests.web.world_people import Person
from tests.web.world_stories import PARTS, fresh, replied, tell
from tests.web.worlds import World, Worlds, together

PEOPLE: dict[str, Person] = {
    "lan": people.LAN_CONFIDENTIAL,
    "binh": people.BINH_CONFIDENTIAL,
    "nobody": people.NOBODY,
    "lan named": people.LAN_NAMED,
    "binh named": people.BINH_NAMED,
}
NAMED = ("lan named", "binh named")
ALIKE = [*combinations(("lan", "binh", "nobody"), 2), NAMED]
FORMS = {
    "ask": {"text": "Anh/chị còn giữ phiếu hẹn không?"},
    "answer": {"finding": "upheld", "remedy": "new_date_given", "text": "Chúng tôi hẹn lại ngày 20/03/2026."},
    "note": {"text": "Hỏi lại chị trực quầy số 3 về phiếu hẹn."},
    "answer_referral": {"text": "Đã kiểm điểm trong cuộc họp sáng nay."},
}


class Seen:
    """What the agencies' accounts see in the world of each person; each world is made and walked through once."""

    def __init__(self, databases: Databases, folder: Path) -> None:
        self._databases, self._folder = databases, folder
        self._walked: dict[str, Answers] = {}
        self.references: dict[str, str] = {}
        self.flags: tuple[str, ...] = ()

    def __call__(self, name: str) -> Answers:
        if name not in self._walked:
            with together(self._databases, self._folder) as worlds:
                world = tell(PEOPLE[name], worlds())
                self._walked[name] = walk_through(world, everywhere=name not in NAMED)
                self.references, self.flags = world.references, _flags(world)
        return self._walked[name]


def _flags(world: World) -> tuple[str, ...]:
    """The words by which a case page says that the reporter is named, in both languages."""
    flags = []
    for language in ("vi", "en"):
        with world.app.test_request_context(), force_locale(language):
            flags.append(f" · {gettext('người phản ánh nêu tên')}</span>")
    return tuple(dict.fromkeys(flags))


@pytest.fixture(scope="module")
def seen(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """All worlds of this module, one after the other."""
    return Seen(databases, tmp_path_factory.mktemp("worlds"))


def walk_through(world: World, *, everywhere: bool) -> Answers:
    """All that city and office can open, in both languages; then a move in every case that has one open."""
    walks = [Walk(world, "quy"), Walk(world, "quy", "en"), Walk(world, "nga"), Walk(world, "chu")]
    if everywhere:
        walks[0].everywhere()
    else:
        walks[0].cases()
    for walk in walks[1:]:
        walk.cases()
    made = Counter[str]()
    for part in PARTS:
        moves = [one for one in walks[0].open_moves(part.__name__) if one in FORMS]  # who steps aside sees no more
        if moves:
            move = min(moves, key=lambda one: made[one])
            made[move] += 1
            walks[0].make(part.__name__, move, FORMS[move])
    if everywhere:  # last: a copy stands in the history, and a named reporter's would be another file
        walks[0].prints()
        walks[0].exports()
    return {where: one for walk in walks for where, one in walk.without_seen_marks().items()}


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_agencies_cannot_tell_who_reports(seen: Seen, one: str, other: str) -> None:
    assert differences(seen(one), seen(other)) == []


@pytest.mark.parametrize(("named", "other"), [("lan named", "lan"), ("binh named", "nobody")])
def test_named_shows_its_flag_and_nothing_else(seen: Seen, named: str, other: str) -> None:
    both = seen(named).keys() & seen(other).keys()
    shown, expected = ({where: seen(name)[where] for where in both} for name in (named, other))
    flagged = differences(shown, expected)
    assert len(flagged) > 3 * len(seen.references)
    unflagged = {where: _without_flag(shown[where], seen.flags) for where in flagged}
    assert differences({**shown, **unflagged}, expected) == []


def _without_flag(answer: Answer, flags: tuple[str, ...]) -> Answer:
    """A case page as if its reporter were not named: the flag stood there once, and the page is shorter by it."""
    [flag] = [flag for flag in flags if flag in answer.text]
    assert answer.text.count(flag) == 1
    body = answer.text.replace(flag, "</span>").encode()
    length = int(dict(answer.headers)["Content-Length"]) - len(answer.body) + len(body)
    headers = {**dict(answer.headers), "Content-Length": str(length)}
    return replace(answer, body=body, headers=tuple(sorted(headers.items())))


@pytest.mark.parametrize("name", PEOPLE)
def test_the_pages_that_are_compared_show_the_cases(seen: Seen, name: str) -> None:
    answers = seen(name)
    for part in PARTS:
        reference = seen.references[part.__name__]
        case = f"quy GET /staff/cases/{reference}"
        for where in (f"{case} (vi)", f"{case} (en)", case.replace("quy", "chu") + " (vi)"):
            assert answers[where].status == 200
            assert answers[where].cases == {reference}
    for part in PARTS[:ASKED] if name not in NAMED else ():
        reference = seen.references[part.__name__]
        found = f"quy GET /staff/queue?q={reference}"
        assert answers[f"{found} (vi)"].status == 302
        assert answers[f"{found} → /staff/cases/{reference} (vi)"].cases == {reference}
    if name not in NAMED:
        assert len(answers["quy GET /staff/queue?q=hồ sơ (vi)"].cases) > ASKED
        assert not answers["quy GET /staff/queue?q=trễ nghe máy (vi)"].cases  # two words of what only inspectors read


@pytest.mark.parametrize("name", [name for name in PEOPLE if name not in NAMED])
def test_the_copies_that_are_compared_are_files(seen: Seen, name: str) -> None:
    for part in PARTS:
        copy = seen(name)[f"quy POST {part.__name__}, printed (vi)"]
        assert copy.status == 200
        assert copy.body.startswith(b"%PDF-")


@pytest.mark.parametrize("name", PEOPLE)
def test_the_moves_that_are_compared_were_made(seen: Seen, name: str) -> None:
    statuses = {
        where.removeprefix("quy POST ").removesuffix(" (vi)"): answer.status
        for where, answer in seen(name).items()
        if " POST " in where and ", printed" not in where and "as a file" not in where
    }
    beside = (" without ", " on an old ", " with ")  # words missing, an old version, a standard text put in
    made = {where for where in statuses if not any(word in where for word in beside)}
    assert {where.partition(": ")[2] for where in made} == set(FORMS)
    assert len(made) > len(FORMS)
    for where in made:
        after = f"quy GET {where} → /staff/cases/{seen.references[where.partition(':')[0]]} (vi)"
        assert statuses[where] == 302
        assert seen(name)[after].status == 200
        assert statuses[f"{where} without words"] == 422
        assert statuses[f"{where} on an old version"] == 409


@pytest.mark.parametrize("name", PEOPLE)
def test_the_queue_that_is_compared_has_several_pages(seen: Seen, name: str) -> None:
    pages = [seen(name)["quy GET /staff/queue (vi)"], seen(name)["quy GET page 2 of the queue (vi)"]]
    assert [page.status for page in pages] == [200, 200]
    assert all(page.cases for page in pages)
    assert not pages[0].cases & pages[1].cases


# What follows shows that the comparison can fail: each leak is one that a page could really have.


@pytest.fixture
def small(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """Worlds of one test with two cases each."""
    with together(databases, tmp_path_factory.mktemp("worlds")) as worlds:
        yield worlds


def _leaks(worlds: Worlds, one: str, other: str) -> list[str]:
    walked = []
    for name in (one, other):
        walk = Walk(tell(PEOPLE[name], worlds(), (fresh, replied)), "quy")
        walk.cases()
        walked.append(walk.answers)
    return differences(*walked)


def test_without_a_leak_two_cases_are_alike(small: Worlds) -> None:
    assert _leaks(small, "lan", "binh") == []


def test_a_blank_too_many_is_found(small: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    def telling(session: Session, file: CaseFile, viewer: Viewer) -> AgencyCase:
        view = for_agency(session, file, viewer)
        return replace(view, received=view.received + " " * (file.report.disclosure is Disclosure.ANONYMOUS))

    monkeypatch.setattr("portal.web.desk.cases.for_agency", telling)
    assert _leaks(small, "lan", "nobody")


def test_a_mask_as_long_as_what_it_hides_is_found(small: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    def measured(text: str, spans: Iterable[Span]) -> tuple[str, tuple[Piece, ...]]:
        for span in reversed(list(spans)):
            text = text[: span.start] + "█" * (span.end - span.start) + text[span.end :]
        return cut(text, ())

    monkeypatch.setattr("portal.cases.filing.cut", measured)
    assert _leaks(small, "lan", "binh")


def test_a_header_that_counts_contacts_is_found(small: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    def tagged(page: str) -> Response:
        response = make_response(page)
        response.set_etag(str(db.session.scalar(select(func.count()).select_from(NoticeContact))))
        return response

    monkeypatch.setattr("portal.web.desk.queue.make_response", tagged)
    assert _leaks(small, "lan", "binh") == ["quy GET /staff/queue (vi)"]
