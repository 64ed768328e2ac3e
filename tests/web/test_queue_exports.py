"""The queue as a file: who gets which words, what is written down, what walls keep, how much fits."""

import csv
import io
import zipfile

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from portal.cases.export_models import QueueExport
from portal.cases.exporting import begin_export, rows_of
from portal.cases.filters import QueueFilter
from portal.cases.spreadsheets import BOM
from portal.foundation.database import transaction
from tests.makers.cast import viewer_for, wall_off
from tests.makers.filings import a_conduct_report, a_delay, a_denunciation
from tests.web.installing import Portal
from tests.web.stages import delay
from tests.web.test_staff_pages import staff
from tests.web.visiting import Visit
from tests.web.worlds import HOST

PAGE = "/staff/exports"
FORMULA = "=HYPERLINK(1) Cán bộ một cửa đòi thêm tiền mới nhận hồ sơ của tôi."


def take(browser: Visit, kind: str = "csv", query: str = "", status: int = 200) -> bytes:
    """The file, as the queue's form asks for it."""
    data = {"kind": kind, "filter": query, "csrf_token": browser.token()}
    answer = browser.client.post(PAGE, data=data, base_url=HOST, headers={"Referer": HOST})
    assert answer.status_code == status
    file: bytes = answer.data
    return file


def table(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode().removeprefix(BOM))))


def taken(portal: Portal) -> list[tuple[object, int]]:
    with portal.place.session() as session:
        return list(session.execute(select(QueueExport.query, QueueExport.cases).order_by(QueueExport.id)).tuples())


def test_an_inspector_gets_reports_as_filed_and_no_formula(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_conduct_report(narrative=FORMULA))
    minh = staff(visit, "minh")
    file = take(minh)
    assert file.startswith(BOM.encode())
    head, row = table(file)
    assert head[-2:] == ["Người giữ", "Nội dung phản ánh"]
    assert len(head) == len(row) == 10
    assert row[0] == portal.reference(code)
    assert row[-1] == f"'{FORMULA}"
    assert taken(portal) == [({"kind": "csv", "filter": ""}, 1)]


def test_the_sheet_holds_the_same_as_strings(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_conduct_report(narrative=FORMULA))
    book = zipfile.ZipFile(io.BytesIO(take(staff(visit, "minh"), "xlsx")))
    assert book.testzip() is None
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert portal.reference(code) in sheet
    assert f"'{FORMULA}" in sheet
    assert "<f>" not in sheet
    assert sheet.count("<c ") == sheet.count('t="inlineStr"') == 20
    assert taken(portal) == [({"kind": "xlsx", "filter": ""}, 1)]


def test_the_filter_holds_and_a_wrong_one_gives_no_file(visit: Visit, portal: Portal) -> None:
    late, other = portal.reference(portal.file(a_delay())), portal.reference(portal.file(a_conduct_report(), "another"))
    minh = staff(visit, "minh")
    assert [row[0] for row in table(take(minh, query="category=delay.late_result"))[1:]] == [late]
    assert {row[0] for row in table(take(minh))[1:]} == {late, other}
    assert "Không có lựa chọn này" in take(minh, query="category=nothing", status=422).decode()
    take(minh, "pdf", status=400)
    assert [cases for _, cases in taken(portal)] == [1, 2]


def test_an_agency_gets_its_own_with_the_cleared_text(visit: Visit, portal: Portal) -> None:
    own = portal.reference(delay(portal))
    portal.file(a_conduct_report(narrative=FORMULA), "another")
    file = take(staff(visit, "quy"))
    head, row = table(file)
    assert head[-1] == "Nội dung đã che"
    assert "Người giữ" not in head
    assert row[0] == own
    assert FORMULA not in file.decode()
    assert table(take(staff(visit, "thao"))) == [head]


def test_restricted_words_are_in_no_file(visit: Visit, portal: Portal) -> None:
    filing = a_denunciation()
    code = portal.file(filing)
    [row] = table(take(staff(visit, "hanh")))[1:]
    assert row[0] == portal.reference(code)
    assert row[-1] == "Hạn chế người đọc. Mở vụ việc để xem."
    assert table(take(staff(visit, "minh")))[1:] == []


def test_a_wall_keeps_the_case_out_and_out_of_the_count(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_delay())
    minh = staff(visit, "minh")
    with portal.place.session() as session, transaction(session), portal.look(code) as (_, file):
        wall_off(session, file, portal.account(session, "minh"))
    assert table(take(minh))[1:] == []
    assert taken(portal) == [({"kind": "csv", "filter": ""}, 0)]


def test_a_wall_that_rises_while_the_file_is_sent_keeps_the_rest_out(portal: Portal) -> None:
    code = portal.file(a_delay())
    with portal.place.session() as session:
        account = portal.account(session, "minh")
        who = viewer_for(session, account)
        with transaction(session):
            export = begin_export(session, who, QueueFilter(), kind="csv", query="")
        assert len(export.keys) == 1
        with transaction(session), portal.look(code) as (_, file):
            wall_off(session, file, portal.account(session, "minh"))
        assert [row for rows in rows_of(session, who, export) for row in rows] == []


def test_what_does_not_fit_is_said(visit: Visit, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two", "three", "four", "five"):
        portal.file(a_delay(), name)
    monkeypatch.setattr("portal.cases.exporting.AT_ONCE", 2)
    minh = staff(visit, "minh")
    assert len(table(take(minh))) == 6
    with portal.place.session() as session, transaction(session):
        who = viewer_for(session, portal.account(session, "minh"))
        for most, is_cut in ((3, True), (4, True), (5, False), (6, False)):
            export = begin_export(session, who, QueueFilter(), kind="csv", query="", most=most)
            assert (len(export.keys), export.is_cut) == (min(most, 5), is_cut)
            assert len(set(export.keys)) == len(export.keys)


def test_who_took_what_is_shown_and_stays(visit: Visit, portal: Portal) -> None:
    portal.file(a_delay())
    minh, hanh, quy = (staff(visit, login) for login in ("minh", "hanh", "quy"))
    take(minh, query="status=received")
    line = "Trần Quang Minh: CSV"
    assert f"{line}, 0 vụ việc, theo bộ lọc này" in minh(PAGE).text
    assert f"{line}, theo bộ lọc này" in hanh(PAGE).text  # no number: it may count what a wall keeps from her
    assert "/staff/queue?status=received" in hanh(PAGE).html
    assert line not in quy(PAGE).text
    for statement in ("UPDATE queue_export SET cases = 0", "DELETE FROM queue_export"):
        with portal.place.session() as session, pytest.raises(DBAPIError, match="append-only"), transaction(session):
            session.execute(text(statement))
    assert len(taken(portal)) == 1
