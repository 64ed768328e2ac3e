"""Reports on their way through the portal, in headless Chromium on a phone, from filing to the last mark."""

from tests.journeys.api import Client
from tests.journeys.browsing import Watch
from tests.journeys.conftest import Site
from tests.journeys.people import Inspector, Officer, Reporter

DELAY = "Hồ sơ cấp giấy phép xây dựng của tôi quá hẹn mười hai ngày mà chưa ai báo lý do."
CONDUCT = "The woman at counter three shouted at me in front of everybody and threw my papers back."
CLEARED = "Người ở một quầy quát người dân và ném trả hồ sơ."


def test_a_late_dossier_goes_to_the_city_at_once(lan: Reporter, quy: Officer, son: Officer, minh: Inspector) -> None:
    lan.opens("/report")
    code = lan.reports(
        "delay.late_result",
        {
            "agency": "H-HA-MC",
            "procedure": "build.permit_house",
            "dossier_code": "000.00.35.H47-260212-0012",
            "promised_on": "25/02/2026",
            "committee_first": "no",
        },
        {
            "narrative": f"{DELAY} Tôi là Nguyễn Thị Lan, 0905 123 456.",
            "occurred_on": "27/02/2026",
            "wish": "Xin trả kết quả sớm.",
        },
        {"reporter_type": "citizen", "disclosure": "confidential", "name": "Nguyễn Thị Lan", "phone": "0905123456"},
    )
    case = quy.finds("quá hẹn mười hai ngày")
    son.cannot_see(case, "quá hẹn mười hai ngày")
    read = quy.opens_case(case)
    assert "000.00.35.H47-260212-0012" in read
    assert "Lan" not in read
    assert "123" not in read

    quy.asks(case, "Anh/chị nộp hồ sơ ngày nào?")
    assert "Anh/chị nộp hồ sơ ngày nào?" in lan.tracks(code)
    lan.replies("Ngày 12 tháng 2. Gọi tôi: 0905 123 456.")
    read = quy.opens_case(case)
    assert "Ngày 12 tháng 2." in read
    assert "0905" not in read

    quy.answers(case, "Hồ sơ đã có kết quả từ sáng nay. Chúng tôi xin lỗi chị.")
    assert "Hồ sơ đã có kết quả từ sáng nay." in lan.tracks(code)
    lan.rates(4, "Có kết quả là được, lần sau xin báo trước.")
    assert "lần sau xin báo trước" in minh.opens_case(case)
    minh.closes(case)
    assert "Đã kết thúc" in lan.tracks(code)


def test_a_report_in_english_about_somebody_there(
    jane: Reporter,
    site: Site,
    minh: Inspector,
    hanh: Inspector,
    dung: Inspector,
    quy: Officer,
    tam: Officer,
    son: Officer,
) -> None:
    jane.opens("/report?lang=en")
    code = jane.reports(
        "attitude.rude",
        {"agency": "H-HA-MC"},
        {"narrative": CONDUCT, "occurred_on": "06/03/2026", "accused_role": "officer"},
        {"reporter_type": "citizen", "disclosure": "anonymous"},
    )
    case = minh.finds("counter three")
    site.wall_off("dung", case)
    for stranger in (quy, son, tam, dung):
        stranger.cannot_see(case, "counter three")

    minh.accepts(case)
    minh.asks(case, "When was it, and did anybody else see it?")
    assert "did anybody else see it?" in jane.tracks(code)
    jane.replies("About nine. My neighbour saw it.")
    assert "My neighbour saw it." in minh.opens_case(case)

    minh.clears(case, CLEARED)
    minh.refers(case, "H-TK")
    assert tam.finds(CLEARED) == case
    read = tam.opens_case(case)
    assert "counter three" not in read
    assert "neighbour" not in read
    tam.answers_the_inspectors(case, "Đã làm việc với quầy; người phụ trách nhận lỗi.")
    assert "người phụ trách nhận lỗi" in minh.opens_case(case)

    minh.concludes(case, "You were right. The person at the counter has apologised in writing.")
    assert "apologised" not in jane.tracks(code)
    assert "approve" not in minh.may(case)
    hanh.approves(case)
    assert "has apologised in writing" in jane.tracks(code)
    jane.rates(5, "Thank you.")
    minh.closes(case)
    quy.cannot_see(case, "apologised")


def test_the_same_by_api(site: Site, lan: Reporter, minh: Inspector, hanh: Inspector, quy: Officer) -> None:
    api = Client(site.server.port)
    assert "delay.late_result" in {one["code"] for one in api.get("/api/v1/categories")["items"]}
    assert "H-HA-MC" in {one["code"] for one in api.get("/api/v1/agencies")["items"]}
    delay = {
        "category": "delay.late_result",
        "agency": "H-HA-MC",
        "narrative": "Hồ sơ đăng ký kinh doanh trễ hẹn tám ngày. Nguyễn Thị Lan, lan@thu.vn",
        "dossier_code": "000.00.35.H47-260213-0101",
        "reporter": {"type": "citizen", "name": "Nguyễn Thị Lan", "email": "lan@thu.vn"},
        "disclosure": "named",
    }
    conduct = {
        "category": "attitude.rude",
        "agency": "H-HA-MC",
        "accused_role": "officer",
        "narrative": "Somebody at the back office laughed at my accent.",
        "language": "en",
        "reporter": None,
        "disclosure": "anonymous",
    }
    status, receipt = api.file(delay, "the-delay-of-the-API-once")
    assert status == 201
    assert api.file(delay, "the-delay-of-the-API-once") == (201, receipt)
    assert api.file(delay | {"narrative": ""}, "another-body-is-refused")[0] == 422
    status, other = api.file(conduct, "the-conduct-of-the-API-once")
    assert status == 201
    assert other["receipt_code"] != receipt["receipt_code"]

    case = quy.finds("trễ hẹn tám ngày")
    hidden = minh.finds("laughed at my accent")
    quy.cannot_see(hidden, "laughed at my accent")
    assert "lan@thu.vn" not in quy.opens_case(case)
    quy.answers(case, "Giấy chứng nhận đã có, mời chị đến nhận.")
    status, told = api.track(receipt["receipt_code"])
    assert status == 200
    assert told["status"] == "answered"
    assert told["answer"]["text"] == "Giấy chứng nhận đã có, mời chị đến nhận."

    minh.accepts(hidden)
    minh.makes("verify", hidden)
    minh.concludes(hidden, "We are sorry. The office was spoken to.")
    assert api.track(other["receipt_code"])[1]["answer"] is None
    hanh.approves(hidden)
    told = api.track(other["receipt_code"].lower().replace("-", " "))[1]
    assert told["answer"]["text"] == "We are sorry. The office was spoken to."
    assert {one["kind"] for one in told["timeline"]} >= {"report_filed", "case_accepted", "case_answered"}
    assert api.track("00000-00000-00000-00000-00000")[0] == 404

    lan.tracks(other["receipt_code"].replace("-", ""))
    lan.rates(4, "")
    minh.closes(hidden)
    assert api.track(other["receipt_code"])[1]["status"] == "closed"


def test_the_watch_over_these_pages_is_awake(lan: Reporter, watch: Watch) -> None:
    lan.opens("/")
    lan.page.evaluate("fetch('http://portal.elsewhere/').catch(() => document.title)")
    lan.page.evaluate("document.body.setAttribute('style', 'color: red')")
    lan.page.evaluate("console.warn('something')")
    lan.page.wait_for_timeout(100)
    found, watch.faults = watch.faults, []
    said = " ".join(found)
    assert "portal.elsewhere" in said
    assert "style" in said
    assert "something" in said
