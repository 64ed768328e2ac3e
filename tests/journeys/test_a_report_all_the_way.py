"""Reports on their way through the portal, in headless Chromium on a phone, from filing to the last mark."""

from tests.journeys.conftest import Site
from tests.journeys.people import Inspector, Officer, Reporter

DELAY = "Hồ sơ cấp giấy phép xây dựng của tôi quá hẹn mười hai ngày mà chưa ai báo lý do."
CONDUCT = "The woman at counter three shouted at me in front of everybody and threw my papers back."
CLEARED = "Người ở một quầy quát người dân và ném trả hồ sơ."


def test_a_late_dossier_goes_to_the_city_at_once(lan: Reporter, quy: Officer, son: Officer, minh: Inspector) -> None:
    lan.opens("/report")
    code = lan.reports(
        "delay.late_result",
        {"agency": "H-HA-MC", "procedure": "construction.permit"},
        {
            "narrative": f"{DELAY} Tôi là Nguyễn Thị Lan, 0905 123 456.",
            "occurred_on": "27/02/2026",
            "dossier_code": "000.00.35.H47-260212-0012",
            "promised_on": "25/02/2026",
            "committee_first": "no",
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
    for stranger in (quy, son, dung):
        stranger.cannot_see(case, "apologised")
