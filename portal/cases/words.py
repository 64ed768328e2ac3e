"""The words of a case that the database stores. (Labels stand in labels.py, colours in one macro.)"""

from enum import StrEnum

from portal.catalogue.words import Track


class Status(StrEnum):
    """Where a case stands (domain.md §4)."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    WAITING_FOR_REPORTER = "waiting_for_reporter"
    VERIFYING = "verifying"
    CONCLUDED = "concluded"
    ANSWERED = "answered"
    CLOSED = "closed"
    REFUSED = "refused"
    FORWARDED = "forwarded"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    REOPENED = "reopened"


OPEN = frozenset(Status) - {Status.CLOSED, Status.REFUSED, Status.FORWARDED, Status.WITHDRAWN, Status.MERGED}


FORMAL_TRACKS = frozenset({Track.COMPLAINT, Track.DENUNCIATION})  # another law's conclusion


class Disclosure(StrEnum):
    """Who may learn who the reporter is."""

    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"
    NAMED = "named"


class ReporterType(StrEnum):
    """Who filed."""

    CITIZEN = "citizen"
    BUSINESS = "business"


class Channel(StrEnum):
    """How the report came in."""

    WEB = "web"
    API = "api"
    COUNTER = "counter"
    HOTLINE = "hotline"


ASSISTED = (Channel.COUNTER, Channel.HOTLINE)  # an officer wrote it down, and has seen the receipt code


class Language(StrEnum):
    """The language in which the reporter is answered."""

    VI = "vi"
    EN = "en"


class ReferralState(StrEnum):
    """How far one body's share is."""

    SENT = "sent"
    RECEIVED = "received"
    ANSWERED = "answered"
    RETURNED = "returned"
    EXTENDED = "extended"
    LATE = "late"
    REMINDED = "reminded"
    ENDED = "ended"


class Audience(StrEnum):
    """Who may read an event or a message. An event about one agency names it beside this word."""

    EVERYONE = "everyone"  # the reporter, the agencies in the case, the inspectors
    REPORTER = "reporter"  # the reporter and the inspectors
    AGENCY = "agency"  # the agency named and the inspectors
    INSPECTION = "inspection"  # the inspectors alone


class Direction(StrEnum):
    """Which way a message went."""

    TO_REPORTER = "to_reporter"
    FROM_REPORTER = "from_reporter"


class MessageKind(StrEnum):
    """What a message is."""

    QUESTION = "question"
    REPLY = "reply"
    FACTS = "facts"


class RatingPoint(StrEnum):
    """What a reporter can tick beside a mark: the good and the bad side of the same four things."""

    ON_TIME = "on_time"
    LATE = "late"
    EXPLAINED = "explained"
    NOT_EXPLAINED = "not_explained"
    RESPECTFUL = "respectful"
    NOT_RESPECTFUL = "not_respectful"
    SOLVED = "solved"
    NOT_SOLVED = "not_solved"


OPPOSITES = (
    (RatingPoint.ON_TIME, RatingPoint.LATE),
    (RatingPoint.EXPLAINED, RatingPoint.NOT_EXPLAINED),
    (RatingPoint.RESPECTFUL, RatingPoint.NOT_RESPECTFUL),
    (RatingPoint.SOLVED, RatingPoint.NOT_SOLVED),
)


class FollowUpAnswer(StrEnum):
    """Was it really put right? Asked once, some weeks after the answer."""

    YES = "yes"
    HALF = "half"
    NO = "no"
    NEW_TROUBLE = "new_trouble"


FOR_THE_CHIEF = frozenset({FollowUpAnswer.NO, FollowUpAnswer.NEW_TROUBLE})  # answers that a chief inspector reads


class ClockState(StrEnum):
    """How a deadline stands today."""

    RUNNING = "running"
    DUE_TODAY = "due_today"
    LATE = "late"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    STOPPED = "stopped"
