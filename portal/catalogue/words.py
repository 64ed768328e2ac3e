"""The words that the catalogue's files and tables use. Pure: every area may compare with them."""

from enum import StrEnum


class Kind(StrEnum):
    """What a category is about; it decides the routing."""

    DELAY = "delay"
    CONDUCT = "conduct"
    DECISION = "decision"
    COMMENDATION = "commendation"
    PROPOSAL = "proposal"


class Track(StrEnum):
    """Which law's clock and rights apply."""

    FEEDBACK = "feedback"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    COMMENDATION = "commendation"
    PROPOSAL = "proposal"


class AgencyKind(StrEnum):
    """What a body is. A district exists only in trees from before July 2025."""

    PARTY = "party"
    INSPECTION = "inspection"
    COUNCIL = "council"
    FRONT = "front"
    PROVINCIAL = "provincial"
    DEPARTMENT = "department"
    INSPECTORATE = "inspectorate"
    DISTRICT = "district"
    COMMUNE = "commune"
    ONE_STOP = "one_stop"


class Function(StrEnum):
    """What one body of the tree is for the whole of it; which body that is, is data."""

    INSPECTION_COMMITTEE = "inspection_committee"
    ORGANISATION_COMMITTEE = "organisation_committee"
    PROPAGANDA_COMMITTEE = "propaganda_committee"
    STANDING_COMMITTEE = "standing_committee"
    PARTY_COMMITTEE = "party_committee"
    PROVINCIAL_COMMITTEE = "provincial_committee"
    HOME_AFFAIRS = "home_affairs"
    ONLINE_SERVICES = "online_services"
    INSPECTORATE = "inspectorate"
    PEOPLE_COUNCIL = "people_council"
    FRONT = "front"


class AccusedRole(StrEnum):
    """Whose conduct a report is about: a role, never a name. Unknown is read as officer."""

    NONE = "none"
    OFFICER = "officer"
    DEPUTY = "deputy"
    HEAD = "head"
    UNKNOWN = "unknown"


class ReferralRole(StrEnum):
    """What a body does in a case."""

    LEAD = "lead"
    SUPPORT = "support"
    INFORM = "inform"
    OVERSEE = "oversee"


class Release(StrEnum):
    """When the bodies outside the Inspection Committee get to read a report."""

    AT_ONCE = "at_once"
    AFTER_CLEARING = "after_clearing"


class Unit(StrEnum):
    """What a time limit counts. Limits in hours stay data: no day can be computed from them."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"


class Condition(StrEnum):
    """When a time limit holds: remote areas and complex cases have longer ones."""

    NORMAL = "normal"
    COMPLEX = "complex"
    VERY_COMPLEX = "very_complex"
    REMOTE = "remote"
    REMOTE_COMPLEX = "remote_complex"
    VERIFY = "verify"


class Situation(StrEnum):
    """When a next step is open: how a case stands, what it is about, or what only its reporter can know."""

    FILED_DELAY = "filed_delay"
    DOSSIER_LATE_NO_APOLOGY = "dossier_late_no_apology"
    LATE = "late"
    REFUSED = "refused"
    ANSWERED_NOT_SATISFIED = "answered_not_satisfied"
    CLOSED_NOT_PUT_RIGHT = "closed_not_put_right"
    WANTS_FORMAL_COMPLAINT = "wants_formal_complaint"
    WANTS_DENUNCIATION = "wants_denunciation"
    SECOND_COMPLAINT = "second_complaint"
    RETALIATION = "retaliation"
    EXTRA_FEE = "extra_fee"
    LOST_CODE = "lost_code"
    DATA_REQUEST = "data_request"


class Sure(StrEnum):
    """How far a fact has been checked. Not certain: shown as to be confirmed by the legal department."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


class Level(StrEnum):
    """At which level a procedure was settled before July 2025."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class TwoTierLevel(StrEnum):
    """At which level a procedure is settled since July 2025: districts are no more (Luật 72/2025/QH15)."""

    PROVINCE = "province"
    COMMUNE = "commune"


class DayBasis(StrEnum):
    """Which days a procedure's time counts."""

    WORKING = "working"
    CALENDAR = "calendar"


class OnlineLevel(StrEnum):
    """How much of a procedure can be done online."""

    FULL = "full"
    PART = "part"
    NONE = "none"


class CalendarKind(StrEnum):
    """What sets a day of the calendar apart."""

    HOLIDAY = "holiday"
    SUBSTITUTE = "substitute"
    MAKEUP_WORKING_DAY = "makeup_working_day"
