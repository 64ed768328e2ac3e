"""Cases at every stage, brought there by the real actions."""

import secrets
from datetime import date

from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.actions.receive import First, plan_filing, receive
from portal.cases.casefile import CaseFile, events_of, load_file
from portal.cases.filing import Filing, prepare
from portal.cases.models import Case, Clock
from portal.cases.words import Audience, Status
from portal.catalogue.words import ReferralRole
from portal.foundation.database import run_reactions
from portal.identity.contact import notice_public_key
from portal.identity.sealing import seal_filing
from tests.makers.cast import OFFICE, PROVINCE, Cast, viewer_for
from tests.makers.filings import a_conduct_report, a_delay
from tests.makers.settings import NOTICE_KEY

ANSWER = "Hồ sơ đã có kết quả từ sáng nay. Văn phòng xin lỗi chị vì để chị chờ."
REQUEST = "Xin cho biết ai trực quầy và đã nhắc nhở thế nào."
WHY_HEAD = "Chỉ người đứng đầu biết lịch phân công của quầy."
CLEARED = "Người ở một quầy nói trống không và quát người dân."


def settle(session: Session) -> None:
    """Runs the reactions to what has happened so far, as the edge does before it commits."""
    run_reactions(session)


def received(session: Session, filing: Filing, first: First | None = None) -> CaseFile:
    """A filing received in the test's transaction. (Its data keys go nowhere: no test of these opens them.)"""
    plan = plan_filing(session, filing)
    uid, texts = secrets.token_bytes(16), prepare(filing)
    sealed = seal_filing(uid, None, (), {}, filing.contact, notice_public_key(NOTICE_KEY))
    code_hash = secrets.token_bytes(32)
    made = receive(session, filing, texts, plan, uid=uid, code_hash=code_hash, sealed=sealed, first=first)
    return load_file(session, session.get_one(Case, made.case.id))


def again(session: Session, file: CaseFile) -> CaseFile:
    """The same case, loaded anew as the next request would."""
    session.flush()
    session.expire_all()
    return load_file(session, file.case)


def told(session: Session, file: CaseFile) -> list[tuple[str, int | None, dict[str, object]]]:
    """The case's events in order: kind, who acted, and what it says beside statuses and clocks."""
    aside = ("from", "to", "clocks")
    return [
        (one.kind, one.actor_id, {name: value for name, value in one.payload.items() if name not in aside})
        for one in events_of(session, file.case, frozenset(Audience))
    ]


def clocks_of(file: CaseFile) -> list[tuple[str, str, date, str]]:
    """Each clock as (what for, by which rule, due when, how it stands)."""
    return [(one.starts, rule.code, one.due_on, clock_word(one)) for one, rule in file.clocks]


def clock_word(clock: Clock) -> str:
    """met, stopped, paused or running."""
    if clock.met_at is not None:
        return "met"
    if clock.stopped_at is not None:
        return "stopped"
    return "running" if clock.paused_on is None else "paused"


class Story:
    """Cases of one test and the people who move them. Each method is one sentence of a story."""

    def __init__(self, session: Session, cast: Cast) -> None:
        self.session, self.cast = session, cast

    def file_of(self, case: Case) -> CaseFile:
        """The file of a case."""
        return load_file(self.session, case)

    def accepted_delay(self, **changes: object) -> CaseFile:
        """Lan's late dossier, with the city at once."""
        return received(self.session, a_delay(**changes))

    def conduct_report(self, **changes: object) -> CaseFile:
        """A report about somebody's conduct, waiting for triage."""
        return received(self.session, a_conduct_report(**changes))

    def minh_accepts(self, file: CaseFile) -> CaseFile:
        """Minh takes it up."""
        minh = self.cast.minh
        actions.accept(self.session, file, minh, viewer_for(self.session, minh))
        return again(self.session, file)

    def minh_clears(self, file: CaseFile, text: str = CLEARED) -> CaseFile:
        """Minh writes what an agency may read."""
        minh = self.cast.minh
        actions.clear(self.session, file, minh, viewer_for(self.session, minh), text=text)
        return again(self.session, file)

    def minh_refers(self, file: CaseFile, agency: str = PROVINCE, role: ReferralRole = ReferralRole.LEAD) -> CaseFile:
        """Minh sends it to a body."""
        minh = self.cast.minh
        viewer = viewer_for(self.session, minh)
        actions.refer(self.session, file, minh, viewer, agency=agency, role=role)
        return again(self.session, file)

    def minh_lets_head_support(self, file: CaseFile, agency: str = OFFICE) -> CaseFile:
        """Minh asks the head of the accused's body to support."""
        minh = self.cast.minh
        viewer = viewer_for(self.session, minh)
        said = {"agency": agency, "request": REQUEST, "text": WHY_HEAD}
        actions.let_head_support(self.session, file, minh, viewer, **said)
        return again(self.session, file)

    def minh_asks(self, file: CaseFile, text: str = "Chị đến quầy lúc mấy giờ?") -> CaseFile:
        """Minh asks Lan."""
        minh = self.cast.minh
        actions.ask(self.session, file, minh, viewer_for(self.session, minh), text=text)
        return again(self.session, file)

    def lan_replies(self, file: CaseFile, text: str = "Khoảng chín giờ sáng.") -> CaseFile:
        """Lan answers."""
        actions.reply(self.session, file, text=text)
        return again(self.session, file)

    def quy_answers(self, file: CaseFile) -> CaseFile:
        """The city answers Lan."""
        quy = self.cast.quy
        viewer = viewer_for(self.session, quy)
        actions.answer(self.session, file, quy, viewer, finding="upheld", remedy="result_handed_out", text=ANSWER)
        return again(self.session, file)

    def minh_verifies(self, file: CaseFile) -> CaseFile:
        """Minh starts verifying."""
        minh = self.cast.minh
        actions.verify(self.session, file, minh, viewer_for(self.session, minh))
        return again(self.session, file)

    def minh_concludes(self, file: CaseFile) -> CaseFile:
        """Minh writes the conclusion."""
        minh = self.cast.minh
        viewer = viewer_for(self.session, minh)
        actions.conclude(self.session, file, minh, viewer, finding="upheld", remedy="apology_letter", text=ANSWER)
        return again(self.session, file)

    def hanh_approves(self, file: CaseFile) -> CaseFile:
        """Hạnh lets the answer out."""
        hanh = self.cast.hanh
        actions.approve(self.session, file, hanh, viewer_for(self.session, hanh))
        return again(self.session, file)

    def lan_rates(self, file: CaseFile, score: int = 4) -> CaseFile:
        """Lan gives a mark."""
        actions.rate(self.session, file, score=score, reasons="")
        return again(self.session, file)

    def minh_closes(self, file: CaseFile) -> CaseFile:
        """Minh ends it."""
        minh = self.cast.minh
        actions.close(self.session, file, minh, viewer_for(self.session, minh))
        return again(self.session, file)


def at(story: Story, status: Status) -> CaseFile:
    """A conduct case of Lan's at a status."""
    file = story.conduct_report()
    if status is Status.RECEIVED:
        return file
    aside = _set_aside(story, file, status)
    if aside is not None:
        return aside
    file = story.minh_accepts(file)
    for reached, go_on in (
        (Status.ACCEPTED, story.minh_verifies),
        (Status.VERIFYING, story.minh_concludes),
        (Status.CONCLUDED, story.hanh_approves),
    ):
        if status is reached:
            return file
        file = go_on(file)
    if status is Status.CLOSED:
        return story.minh_closes(story.lan_rates(file))
    if status is Status.REOPENED:
        actions.ask_review(story.session, file, text="Chưa ổn.")
    return again(story.session, file)


def _set_aside(story: Story, file: CaseFile, status: Status) -> CaseFile | None:
    session, minh = story.session, story.cast.minh
    viewer = viewer_for(session, minh)
    match status:
        case Status.WAITING_FOR_REPORTER:
            return story.minh_asks(file)
        case Status.REFUSED:
            actions.refuse(session, file, minh, viewer, ground="not_competent", text="Không.")
        case Status.FORWARDED:
            actions.forward(session, file, minh, viewer, body="court", text="Chuyển.")
        case Status.WITHDRAWN:
            actions.withdraw(session, file)
        case Status.MERGED:
            actions.merge(session, file, minh, viewer, into=story.conduct_report().case)
        case _:
            return None
    return again(session, file)


def at_every_status(story: Story) -> dict[Status, CaseFile]:
    """One case for each status."""
    return {status: at(story, status) for status in Status}
