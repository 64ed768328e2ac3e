"""How a demo situation is written down: what was filed, and what each person did after how many days."""

from dataclasses import dataclass

from portal.cases.words import Disclosure, Language, ReporterType
from portal.catalogue.words import AccusedRole

NAMED, CONFIDENTIAL = Disclosure.NAMED, Disclosure.CONFIDENTIAL
BUSINESS, ENGLISH = ReporterType.BUSINESS, Language.EN
OFFICER, DEPUTY, HEAD, SOMEBODY = AccusedRole.OFFICER, AccusedRole.DEPUTY, AccusedRole.HEAD, AccusedRole.UNKNOWN


@dataclass(frozen=True)
class Step:
    """One thing that somebody did, some days after filing. Parts of days only order what one day holds."""

    days: float
    who: str  # a demo login, "reporter" or "portal"
    move: str
    text: str = ""
    choice: str = ""  # ground, body, finding, agency, score or the situation merged into
    more: str = ""  # remedy, role


@dataclass(frozen=True)
class Situation:
    """One report and its way. Texts hold choices [one|another] and {places}; `age`: filed so many days ago."""

    slug: str
    age: float
    category: str
    agency: str
    narrative: str
    steps: tuple[Step, ...] = ()
    accused: AccusedRole = AccusedRole.NONE
    disclosure: Disclosure = Disclosure.ANONYMOUS
    reporter: ReporterType = ReporterType.CITIZEN
    language: Language = Language.VI
    procedure: str | None = None
    has_dossier: bool = False
    promised_days_before: int | None = None
    committee_first: bool | None = None
    wish: str = ""
    elsewhere: str = ""
    area: str | None = None
    has_contact: bool = False
    is_cloned: bool = True
    is_over: bool = False  # nothing more happens: clones of it fill the past
    weight: int = 6  # how often it happens, among what is over


def given(days: float = 0.2) -> Step:
    """A chief inspector gives the case to an inspector, who else could not read a restricted one."""
    return Step(days, "hanh", "assign", choice="minh")


def accepted(days: float = 1.1, who: str = "minh") -> Step:
    """Taken up."""
    return Step(days, who, "accept")


def verifying(days: float = 1.2, who: str = "minh") -> Step:
    """Verifying begins."""
    return Step(days, who, "verify")


def asked(days: float, who: str, text: str) -> Step:
    """The reporter is asked."""
    return Step(days, who, "ask", text)


def replied(days: float, text: str) -> Step:
    """The reporter answers the question."""
    return Step(days, "reporter", "reply", text)


def added(days: float, text: str) -> Step:
    """The reporter adds facts."""
    return Step(days, "reporter", "add_facts", text)


def cleared(days: float, text: str) -> Step:
    """A text for the agency, written by the inspector."""
    return Step(days, "minh", "clear", text)


def referred(days: float, agency: str, note: str) -> Step:
    """Referred to a body that leads."""
    return Step(days, "minh", "refer", note, agency, "lead")


def heard(days: float, who: str, text: str) -> Step:
    """A body answers its referral."""
    return Step(days, who, "answer_referral", text)


def answered(days: float, who: str, text: str, finding: str = "upheld", remedy: str = "") -> Step:
    """The lead body of a direct referral answers the reporter."""
    return Step(days, who, "answer", text, finding, remedy)


def concluded(days: float, text: str, finding: str = "upheld", remedy: str = "") -> Step:
    """The inspector concludes."""
    return Step(days, "minh", "conclude", text, finding, remedy)


def approved(days: float, who: str = "hanh") -> Step:
    """A chief inspector approves, and the reporter reads it."""
    return Step(days, who, "approve")


def rated(days: float, score: int, text: str = "") -> Step:
    """The reporter's mark."""
    return Step(days, "reporter", "rate", text, str(score))


def closed(days: float, who: str = "minh") -> Step:
    """The case is closed."""
    return Step(days, who, "close")


def refused(days: float, ground: str, text: str) -> Step:
    """Not taken up."""
    return Step(days, "minh", "refuse", text, ground)


def forwarded(days: float, body: str, text: str) -> Step:
    """Passed to a body outside of the portal."""
    return Step(days, "minh", "forward", text, body)


def withdrawn(days: float) -> Step:
    """The reporter withdraws."""
    return Step(days, "reporter", "withdraw")


def looked_into(
    text: str,
    finding: str = "upheld",
    remedy: str = "",
    *,
    until: float = 9.1,
    chief: str = "hanh",
    is_given: bool = False,
) -> tuple[Step, ...]:
    """Taken up, verified, concluded and approved a day later. `is_given`: a restricted case, handed out first."""
    steps = (accepted(), verifying(), concluded(until, text, finding, remedy), approved(until + 1.1, chief))
    return (given(), *steps) if is_given else steps
