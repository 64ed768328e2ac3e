"""Who can read what of a case: worked out from its referrals, walls and disclosure, for its reporter to know.

The rules themselves are `queries.visible_to` (who sees a case) and the vault's recipients (who can open an
identity). What is told here must never be less than they allow; tests/areas/cases/test_readers.py compares.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.cases.access import may_have_a_head
from portal.cases.casefile import CaseFile
from portal.cases.models import Referral
from portal.cases.outside import readers_outside
from portal.cases.queries import line_of, walled_ids
from portal.cases.words import Disclosure
from portal.catalogue.functions import function_agency
from portal.catalogue.models import Agency
from portal.catalogue.words import Function
from portal.foundation.time import today
from portal.identity.vault import current_body_key


class Place(StrEnum):
    """How a reader stands to the case."""

    COMMITTEE = "committee"  # reads reports as filed
    AGENCY = "agency"  # has a part in the case
    HEAD = "head"  # leads the accused's body and was asked to support
    HEAD_LATER = "head_later"  # could still be asked
    OUTSIDE = "outside"  # was sent a link to a cleared text
    LATER = "later"  # whoever an inspector will refer the case to
    ACCUSED = "accused"
    OTHERS = "others"


class Text(StrEnum):
    """What a reader can read of the report."""

    ALL = "all"
    CLEARED = "cleared"
    CLEARED_WITH_DOSSIER = "cleared_with_dossier"
    ONCE_CLEARED = "once_cleared"  # after an inspector has written a cleared text
    NOTHING = "nothing"


class Identity(StrEnum):
    """What a reader can learn of who reported."""

    NONE_GIVEN = "none_given"
    WITH_A_REASON = "with_a_reason"
    TO_CONTACT = "to_contact"
    IF_PASSED_ON = "if_passed_on"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Reader:
    """One line of the table: a body (None where none can be named), and what it can read."""

    place: Place
    agency: Agency | None
    text: Text
    identity: Identity
    called: str = ""  # a body outside, as the inspector wrote it


def readers_of(session: Session, file: CaseFile) -> list[Reader]:
    """Everybody who can read something of the case, and those who never can, the nearest first."""
    walled = walled_ids(session, file.case)
    committees = [one for one in committees_of(session, file) if not _is_walled(one, walled)]
    known = {one.id for one in committees}
    shares = [one for one in file.live_referrals if one.agency_id not in known]
    rows = [Reader(Place.COMMITTEE, one, Text.ALL, _of_a_committee(file, at)) for at, one in enumerate(committees)]
    rows += [
        Reader(Place.AGENCY, one.agency, _text(file, one), _of_an_agency(session, file, one))
        for one in shares
        if not _is_walled(one.agency, walled)
    ]
    heads = [one for one in file.head_supports if one.is_open or one.answered_at is not None]
    rows += [Reader(Place.HEAD, one.agency, _text(file, one), _nothing(file)) for one in heads]
    outside = readers_outside(session, file.case)
    rows += [Reader(Place.OUTSIDE, None, Text.CLEARED, _nothing(file), one) for one in outside]
    if not file.case.is_direct:
        identity = Identity.IF_PASSED_ON if file.report.disclosure is Disclosure.NAMED else _nothing(file)
        rows.append(Reader(Place.LATER, None, Text.ONCE_CLEARED, identity))
    if may_have_a_head(file):
        rows.append(Reader(Place.HEAD_LATER, None, Text.ONCE_CLEARED, _nothing(file)))
    rows += [
        Reader(Place.ACCUSED, session.get_one(Agency, one), Text.NOTHING, Identity.NOTHING) for one in sorted(walled)
    ]
    return [*rows, Reader(Place.OTHERS, None, Text.NOTHING, Identity.NOTHING)]


def keeper_of(session: Session, file: CaseFile) -> Agency:
    """The body that holds the key to the identity: the first committee that may see the case, or else its lead."""
    walled = walled_ids(session, file.case)
    allowed = (one for one in committees_of(session, file) if not _is_walled(one, walled))
    return next(allowed, None) or session.get_one(Agency, file.case.lead_id)


def committees_of(session: Session, file: CaseFile) -> list[Agency]:
    """The bodies whose inspectors read this report as filed: the Inspection Committee reads all, the other its own."""
    first = function_agency(session, Function.INSPECTION_COMMITTEE, today())
    second = function_agency(session, Function.ORGANISATION_COMMITTEE, today())
    own = [second] if second is not None and file.referral_of(second.id) is not None else []
    return ([first] if first is not None else []) + own


def _is_walled(agency: Agency, walled: frozenset[int]) -> bool:
    return not walled.isdisjoint(line_of(agency))


def _nothing(file: CaseFile) -> Identity:
    return Identity.NONE_GIVEN if file.report.disclosure is Disclosure.ANONYMOUS else Identity.NOTHING


def _of_a_committee(file: CaseFile, at: int) -> Identity:
    """The envelope is sealed to one committee: the first that may see the case."""
    return Identity.WITH_A_REASON if at == 0 and file.report.disclosure is not Disclosure.ANONYMOUS else _nothing(file)


def _text(file: CaseFile, referral: Referral) -> Text:
    cleared = referral.cleared_text
    if cleared is None:
        return Text.ONCE_CLEARED
    return Text.CLEARED_WITH_DOSSIER if cleared.shows_dossier and file.report.dossier_code else Text.CLEARED


def _of_an_agency(session: Session, file: CaseFile, referral: Referral) -> Identity:
    """Of a named report the leading body gets a share of the key at filing, where it has a key itself."""
    if file.report.disclosure is not Disclosure.NAMED:
        return _nothing(file)
    leads_directly = file.case.is_direct and referral.agency_id == file.case.lead_id
    has_key = leads_directly and current_body_key(session, referral.agency_id) is not None
    return Identity.TO_CONTACT if has_key else Identity.IF_PASSED_ON
