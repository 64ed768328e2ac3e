"""Who may find a document: words for readers that stand in the index beside the text, and those an account asks with.

    inspection   every inspector of the Inspection Committee
    restricted   its chief inspectors, of a restricted case; `s7`: the inspector with that number, who holds it
    i12          inspectors of another committee, to which the case was referred
    a12          the accounts of an agency, which read the cleared text

They keep the index from being asked for what nobody may know. Walls stand in no index: the query passes over what is
behind one, and each hit passes `visible_to` too.
"""

from collections.abc import Iterable

from portal.cases.access import Viewer
from portal.cases.words import Audience
from portal.staff.permissions import Permission

INSPECTION, RESTRICTED = "inspection", "restricted"


def inspection_scope(*, is_restricted: bool, holder_id: int | None, referred_to: Iterable[int]) -> str:
    """The readers of what was filed."""
    own = [RESTRICTED, *([f"s{holder_id}"] if holder_id is not None else [])] if is_restricted else [INSPECTION]
    return " ".join([*own, *(f"i{number}" for number in sorted(set(referred_to)))])


def agency_scope(readers: Iterable[int]) -> str:
    """The readers of the cleared text."""
    return " ".join(sorted(f"a{number}" for number in set(readers)))


def audience_of(viewer: Viewer) -> Audience:
    """Which of a case's documents this account reads."""
    return Audience.INSPECTION if viewer.reads_narratives else Audience.AGENCY


def scopes_of(viewer: Viewer) -> list[str]:
    """The readers as which this account asks; none for one that reads no cases."""
    if viewer.reads_all:
        return [INSPECTION, *([RESTRICTED] if viewer.reads_restricted else [f"s{one}" for one in viewer.holds])]
    if viewer.reads_narratives:
        return [f"i{viewer.agency_id}"]
    return [f"a{viewer.agency_id}"] if Permission.READ_AGENCY_CASES in viewer.permissions else []
