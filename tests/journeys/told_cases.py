"""Cases at every stage that a reporter can look at, brought there by the real actions before the portal is served."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from portal.cases import actions
from portal.cases.filing import Filing
from portal.cases.models import Case
from portal.cases.queries import file_by_code, viewer_of
from portal.cases.receipts import code_hash
from portal.catalogue.words import ReferralRole
from portal.foundation.database import transaction
from portal.foundation.time import at
from portal.staff.accounts import staff_by_login
from tests.makers.committed import Committed
from tests.makers.days import MONDAY, instant
from tests.makers.filings import a_conduct_report, a_delay

ANSWER = (
    "Phản ánh của chị là đúng. Hồ sơ bị để lại ở khâu đối chiếu; kết quả đã sẵn sàng từ sáng nay, mời chị đến quầy số "
    "4, không cần bốc số. Chúng tôi xin lỗi chị."
)
QUESTION = "Chị đến quầy lúc mấy giờ, và có ai cùng nghe thấy không?"
CLEARED = "Người ở một quầy nói trống không và quát người dân."


@dataclass(frozen=True)
class Step:
    """What somebody does, so many days after the report was filed. The reporter has no login."""

    days: float
    who: str
    action: str
    more: dict[str, object]


def step(days: float, who: str, action: str, **more: object) -> Step:
    """One line of a story."""
    return Step(days, who, action, more)


@dataclass(frozen=True)
class Story:
    """A report, filed so many days before Monday, and what came of it."""

    filing: Filing
    days_ago: float
    steps: tuple[Step, ...] = ()


_ANSWERED = step(5, "quy", "answer", finding="upheld", remedy="result_handed_out", text=ANSWER)
_ACCEPTED = step(1, "minh", "accept")

# In the order in which they are told: "merged" joins "received".
STORIES: dict[str, Story] = {
    "received": Story(a_conduct_report(), 1),
    "merged": Story(a_conduct_report(), 4, (step(1, "minh", "merge", into="received"),)),
    "asked": Story(a_conduct_report(), 6, (step(2, "minh", "ask", text=QUESTION),)),
    "accepted": Story(a_delay(), 3),
    "late": Story(a_delay(), 45),
    "referred": Story(
        a_conduct_report(),
        12,
        (
            _ACCEPTED,
            step(1.1, "minh", "ask", text=QUESTION),
            step(2, "", "reply", text="Khoảng chín giờ sáng.\n\nChị hàng xóm tôi cùng nghe."),
            step(3, "minh", "clear", text=CLEARED),
            step(3.1, "minh", "refer", agency="H-TK", role=ReferralRole.LEAD, note=""),
        ),
    ),
    "answered": Story(a_delay(), 7, (_ANSWERED,)),
    "rated": Story(a_delay(), 7, (_ANSWERED, step(6, "", "rate", score=4, reasons="Lần sau xin báo trước."))),
    "closed": Story(a_delay(), 20, (_ANSWERED, step(6, "", "rate", score=2, reasons=""), step(18, "minh", "close"))),
    "reopened": Story(a_delay(), 9, (_ANSWERED, step(6, "", "ask_review", text="Kết quả ghi sai tên đường."))),
    "refused": Story(
        a_conduct_report(), 5, (step(2, "minh", "refuse", ground="before_court", text="Việc này tòa án đang xét."),)
    ),
    "forwarded": Story(
        a_conduct_report(), 5, (step(2, "minh", "forward", body="court", text="Xin gửi đơn đến tòa án."),)
    ),
    "withdrawn": Story(a_conduct_report(), 5, (step(2, "", "withdraw"),)),
}


def tell(place: Committed, stories: Mapping[str, Story] = STORIES) -> dict[str, str]:
    """Makes them all; returns the receipt code of each."""
    codes: dict[str, str] = {}
    for name, story in stories.items():
        filed_at = instant(MONDAY) - timedelta(days=story.days_ago)
        with at(filed_at):
            codes[name] = place.file(story.filing, f"the story of a case: {name}").code
        for one in story.steps:
            with at(filed_at + timedelta(days=one.days)):
                _make(place, codes, codes[name], one)
    return codes


def _make(place: Committed, codes: dict[str, str], code: str, one: Step) -> None:
    with place.session() as session, transaction(session):

        def case_of(receipt: str) -> Case:
            found = file_by_code(session, code_hash(place.secrets.code_key, receipt))
            assert found is not None
            return found.case

        file = file_by_code(session, code_hash(place.secrets.code_key, code), lock=True)
        assert file is not None
        more = {name: case_of(codes[str(value)]) if name == "into" else value for name, value in one.more.items()}
        if "assignee" in more:
            assignee = staff_by_login(session, str(more["assignee"]))
            assert assignee is not None
            more |= {"assignee": assignee, "sees": viewer_of(session, assignee)}
        who: list[object] = []
        if one.who:
            staff = staff_by_login(session, one.who)
            assert staff is not None
            who = [staff, viewer_of(session, staff)]
        getattr(actions, one.action)(session, file, *who, **more)


def references(place: Committed, codes: Mapping[str, str]) -> dict[str, str]:
    """What staff call the told cases."""
    found: dict[str, str] = {}
    with place.session() as session:
        for name, code in codes.items():
            file = file_by_code(session, code_hash(place.secrets.code_key, code))
            assert file is not None
            found[name] = file.case.reference
    return found
