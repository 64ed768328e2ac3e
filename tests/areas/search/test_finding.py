"""Finding cases: by what words, in what order, and by whom. On both servers alike."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.casefile import CaseFile
from portal.cases.filters import Due, QueueFilter
from portal.cases.models import Wall
from portal.cases.words import Status
from portal.search.asking import read_query
from portal.search.lexemes import lexemes
from portal.search.models import SearchDocument
from portal.search.queries import find, matching_cases
from portal.staff.models import Staff
from tests.makers.cases import CLEARED, Story, received, settle
from tests.makers.cast import DEPARTMENT, ORGANISATION, viewer_for, wall_off
from tests.makers.filings import DOSSIER, a_delay, a_denunciation

pytestmark = pytest.mark.both


def found(session: Session, staff: Staff, asked: str, wanted: QueueFilter | None = None) -> list[int]:
    """The cases that somebody finds, in order."""
    settle(session)
    viewer = viewer_for(session, staff)
    return matching_cases(session, viewer, read_query(asked), 50, wanted or QueueFilter())[0]


def ids(*files: CaseFile) -> list[int]:
    """The numbers of these cases."""
    return [file.case.id for file in files]


@pytest.mark.parametrize(
    "asked",
    [
        "nhũng nhiễu",
        "NHUNG NHIEU",
        '"nhung nhieu"',
        "hoà",
        "hòa",
        "duong",
        "“đường hoà bình”",
        "nhiễu đường",
        DOSSIER,
        "Hội An",
        "hoi an xin",
    ],
)
def test_inspectors_find_by_words_phrases_dossier_and_agency(session: Session, story: Story, asked: str) -> None:
    file = story.conduct_report(
        narrative="Bị nhũng nhiễu ở quầy, đường Hoà Bình.", wish="Xin xử lý.", dossier_code=DOSSIER
    )
    story.conduct_report(narrative="Việc khác.", dossier_code="", agency=DEPARTMENT)
    assert found(session, story.cast.minh, asked) == ids(file)


@pytest.mark.parametrize("asked", ['"nhiễu nhũng"', "nhũng vắng", '"nhũng ở"', "_inspection", "nhũng* OR", "-abcd"])
def test_they_do_not_find_by_what_is_not_there(session: Session, story: Story, asked: str) -> None:
    story.conduct_report(narrative="Bị nhũng nhiễu ở quầy, đường Hoà Bình.")
    assert found(session, story.cast.minh, asked) == []


@pytest.mark.parametrize(
    "asked", ["'", '"', "a' | 'b", "x\\", "NEAR(a b)", "lexemes: x", "^x", "{a}", "%s %(a)s :a", "!a"]
)
def test_what_a_server_reads_as_syntax_is_words(session: Session, story: Story, asked: str) -> None:
    story.conduct_report()
    assert found(session, story.cast.minh, asked) == []


def test_marks_as_typed_come_first_then_the_newest(session: Session, story: Story) -> None:
    texts = ("Hoa hồng.", "Xã Hòa Tiến.", "Hoa mai.", "Xã Hoà Vang.")
    flower, old, mai, new = (story.conduct_report(narrative=one) for one in texts)
    assert found(session, story.cast.minh, "hoà") == ids(new, old, mai, flower)
    assert found(session, story.cast.minh, "hoa") == ids(new, mai, old, flower)


def test_phrases_with_the_marks_typed_come_first(session: Session, story: Story) -> None:
    texts = ("Có nhũng nhiễu.", "Những nhiều lần. Nhũng rồi nhiễu.", "Nhiễu rồi nhũng.")
    exact, alike, _apart = (story.conduct_report(narrative=one) for one in texts)
    assert found(session, story.cast.minh, '"nhũng nhiễu"') == ids(exact, alike)


def test_pages_go_on_where_they_ended(session: Session, story: Story) -> None:
    files = [story.conduct_report(narrative="Hoà." if number % 2 else "Hoả.") for number in range(7)]
    settle(session)
    viewer, query = viewer_for(session, story.cast.minh), read_query("hòa")
    seen: list[int] = []
    page = find(session, viewer, query, size=2)
    seen += [hit.case_id for hit in page.hits]
    while page.after is not None:
        page = find(session, viewer, query, after=page.after, size=2)
        assert 0 < len(page.hits) <= 2
        seen += [hit.case_id for hit in page.hits]
    assert seen == ids(*files[5::-2], *files[6::-2])


def test_filters_combine_with_words_over_open_and_closed_cases(session: Session, story: Story) -> None:
    delay = received(session, a_delay(narrative="Giấy phép trễ."))
    rude = story.conduct_report(narrative="Xin giấy phép bị quát.")
    actions.withdraw(session, rude)
    minh, quy = story.cast.minh, story.cast.quy
    assert found(session, minh, "giay phep") == ids(rude, delay)
    assert found(session, minh, "giay phep", QueueFilter(category=delay.case.category)) == ids(delay)
    assert found(session, minh, "giay phep", QueueFilter(statuses=frozenset({Status.WITHDRAWN}))) == ids(rude)
    assert found(session, quy, "giay phep", QueueFilter(due=frozenset({Due.LATE}))) == []
    assert found(session, quy, "giay phep", QueueFilter(category=delay.case.category)) == ids(delay)


def test_an_agency_finds_by_its_cleared_text_and_by_no_word_more(session: Session, story: Story) -> None:
    told = "Người ở quầy số 3 quát tôi. Gọi 0905 111 222."
    file = story.minh_clears(story.minh_accepts(story.conduct_report(narrative=told, wish="Mong sớm.")))
    thao, minh, son = story.cast.thao, story.cast.minh, story.cast.son
    assert found(session, thao, CLEARED) == []
    story.minh_refers(file, DEPARTMENT)
    assert found(session, thao, CLEARED) == ids(file)
    assert found(session, son, CLEARED) == []
    cleared = set(CLEARED.lower().replace(".", "").split())
    only_told = [word for word in f"{told} Mong sớm".lower().replace(".", "").split() if word not in cleared]
    assert {"0905", "số", "gọi", "mong"} <= set(only_told)
    for word in only_told:
        assert found(session, minh, word) == ids(file), word
        assert found(session, thao, word) == [], word


def test_what_filing_masks_is_found_by_inspectors_alone(session: Session, story: Story) -> None:
    file = received(session, a_delay(narrative="Tôi chờ mãi. Gọi 0905 111 222 hoặc thư lan@thu.vn."))
    for asked in ("0905", '"111 222"', "lan@thu.vn", "thu.vn"):
        assert found(session, story.cast.minh, asked) == ids(file)
        assert found(session, story.cast.quy, asked) == []
    assert found(session, story.cast.quy, "cho mai") == ids(file)


def test_walls_hold(session: Session, story: Story) -> None:
    file, other = (story.conduct_report(narrative=f"Quát tháo {which}.") for which in ("một", "hai"))
    wall_off(session, file, story.cast.khang)
    assert found(session, story.cast.minh, "quat thao") == ids(other, file)
    assert found(session, story.cast.khang, "quat thao") == ids(other)
    assert found(session, story.cast.khang, '"quát tháo một"') == []


def test_a_wall_around_an_agency_holds(session: Session, story: Story) -> None:
    file = received(session, a_delay(narrative="Quá hẹn lâu."))
    quy = story.cast.quy
    assert found(session, quy, "qua hen lau") == ids(file)
    session.add(Wall(case_id=file.case.id, agency_id=quy.agency_id, reason="accused"))
    session.flush()
    assert found(session, quy, "qua hen lau") == []


def test_restricted_cases_are_found_by_who_holds_them(session: Session, story: Story) -> None:
    cast = story.cast
    file = received(session, a_denunciation(narrative="Đòi phong bì."))
    minh, hanh = viewer_for(session, cast.minh), viewer_for(session, cast.hanh)
    assert found(session, cast.minh, "phong bì") == []
    assert found(session, cast.hanh, "phong bì") == ids(file)
    actions.assign(session, file, cast.hanh, hanh, assignee=cast.minh, sees=minh)
    assert found(session, cast.minh, "phong bì") == ids(file)
    stand_in = replace(viewer_for(session, cast.khang), stands_for=(cast.minh.id,))
    assert matching_cases(session, stand_in, read_query("phong bì"), 50) == (ids(file), False)
    actions.assign(session, file, cast.hanh, hanh, assignee=cast.dung, sees=viewer_for(session, cast.dung))
    assert found(session, cast.minh, "phong bì") == []


def test_the_organisation_committee_finds_what_was_referred_to_it(session: Session, story: Story) -> None:
    file = story.minh_accepts(story.conduct_report(narrative="Quát tháo ở quầy."))
    assert found(session, story.cast.vy, "quat thao") == []
    story.minh_refers(story.minh_clears(file), ORGANISATION)
    assert found(session, story.cast.vy, "quat thao") == ids(file)


def test_an_administrator_finds_nothing(session: Session, story: Story) -> None:
    story.conduct_report(narrative="Quát tháo.")
    assert found(session, story.cast.tam, "quat thao") == []


def test_the_index_follows_whoever_writes(session: Session, story: Story) -> None:
    """Also rows that are changed and deleted by hand."""
    file = story.conduct_report(narrative="Quát tháo.")
    assert found(session, story.cast.minh, "quat thao") == ids(file)
    own = SearchDocument.case_id == file.case.id
    session.execute(update(SearchDocument).where(own).values(lexemes=lexemes("Chữ mới", "inspection")))
    assert found(session, story.cast.minh, "quat thao") == []
    session.execute(update(SearchDocument).where(own).values(exact="Chữ mới"))
    assert found(session, story.cast.minh, '"chu moi"') == ids(file)
    session.execute(delete(SearchDocument).where(own))
    assert found(session, story.cast.minh, "chu moi") == []
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO search_index (search_index) VALUES ('integrity-check')"))
    assert session.scalars(select(SearchDocument.id).where(own)).all() == []


def test_a_sieve_looks_at_a_bounded_number_and_says_where_to_go_on(
    session: Session, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    rare = received(session, a_delay(narrative="Giấy phép."))
    for _ in range(5):
        story.conduct_report(narrative="Giấy phép.")
    settle(session)
    monkeypatch.setattr("portal.search.queries.LOOKED_AT", 2)
    monkeypatch.setattr("portal.search.queries._SIEVED", 2)
    viewer, wanted = viewer_for(session, story.cast.minh), QueueFilter(category=rare.case.category)
    pages = [find(session, viewer, read_query("giay phep"), wanted)]
    while (after := pages[-1].after) is not None:
        pages.append(find(session, viewer, read_query("giay phep"), wanted, after=after))
    assert [[hit.case_id for hit in page.hits] for page in pages] == [[], [], ids(rare), []]
