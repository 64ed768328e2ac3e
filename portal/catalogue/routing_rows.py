"""One routing rule as a plain value, and the words it may use. `cases.routing` reads these rows by rank.

The first row that matches decides. Conditions are all to be met (an empty one is met by anything; within
one condition any of its words is enough). A row whose lead names no body of the tree is passed over, but
for `Addressee.NONE`: that row refuses the report and sends the person to `refused_to`.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portal.catalogue.words import AccusedRole, Kind, Release


class About(StrEnum):
    """Which body the report names, and for two words also whom it accuses there."""

    PARTY_BODIES = "party_bodies"  # the party committee or its standing committee themselves, not those below
    INSPECTION_COMMITTEE = "inspection_committee"  # the Inspection Committee or a body below it
    PROVINCIAL_HEAD = "provincial_head"  # the provincial people's committee, its head being accused
    HEADS = "heads"  # a department, inspectorate, district or commune, its head being accused


class Need(StrEnum):
    """What must be so for a row to match; all the row's needs together."""

    DOSSIER_OR_PROMISE = "dossier_or_promise"  # a dossier code or a promised date was given
    AGENCY_NAMED = "agency_named"
    NOBODY_ACCUSED = "nobody_accused"
    NOT_COMMITTEE_FIRST = "not_committee_first"


class Addressee(StrEnum):
    """Who gets a part in the case. A word that names nobody in this report adds no referral."""

    NONE = "none"  # as lead: nobody here, the report is refused
    AGENCY = "agency"  # the agency named
    OFFICE = "office"  # the agency named, if it is a one-stop office
    OFFICE_PARENT = "office_parent"  # of a one-stop office the body it belongs to, else the agency named
    SUPERIOR = "superior"  # the body above the agency named
    PROCEDURE_OWNER = "procedure_owner"  # who owns the procedure named, else the agency named
    INSPECTION_COMMITTEE = "inspection_committee"
    ORGANISATION_COMMITTEE = "organisation_committee"
    PROPAGANDA_COMMITTEE = "propaganda_committee"
    STANDING_COMMITTEE = "standing_committee"
    HOME_AFFAIRS = "home_affairs"
    ONLINE_SERVICES = "online_services"


@dataclass(frozen=True, kw_only=True)
class RoutingRow:
    """One rule. `suggestion` is whom an inspector will as a rule refer to after clearing; empty: nobody."""

    rank: int
    code: str
    kinds: frozenset[Kind] = field(default_factory=frozenset)
    accused: frozenset[AccusedRole] = field(default_factory=frozenset)
    about: frozenset[About] = field(default_factory=frozenset)
    min_severity: int | None = None
    min_recent_reports: int | None = None
    needs: frozenset[Need] = field(default_factory=frozenset)
    categories: frozenset[str] = field(default_factory=frozenset)
    lead: Addressee
    support: frozenset[Addressee] = field(default_factory=frozenset)
    inform: frozenset[Addressee] = field(default_factory=frozenset)
    oversee: frozenset[Addressee] = field(default_factory=frozenset)
    release: Release
    suggestion: Addressee | None = None
    refused_to: str | None = None
    reason_vi: str
    reason_en: str
    valid_from: date
    valid_to: date | None = None
