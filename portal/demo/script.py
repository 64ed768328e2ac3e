"""How a demo situation is written down: what was filed, and what each person did after how many days."""

from dataclasses import dataclass

from portal.cases.words import Disclosure, Language, ReporterType
from portal.catalogue.words import AccusedRole


@dataclass(frozen=True)
class Step:
    """One thing that somebody did, some days after filing (parts of days are hours of that day)."""

    days: float
    who: str  # a demo login, "reporter" or "portal"
    move: str
    text: str = ""
    choice: str = ""  # ground, body, finding, agency, score or the situation merged into
    more: str = ""  # remedy, role


@dataclass(frozen=True)
class Situation:
    """One report and its way. Texts hold choices [one|another]; `age` is how many days ago it was filed."""

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
