"""What is asked once for several cases: the lists to choose from, and what was chosen, checked before any case is."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.actions.several import Aim
from portal.cases.actions.words_given import required
from portal.cases.queries import viewer_of
from portal.cases.workload import team
from portal.catalogue import queries as catalogue
from portal.catalogue.models import RefusalGround
from portal.catalogue.words import ReferralRole
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.staff.models import Staff
from portal.web.desk.move_fields import Choice, Field, agencies, colleague, grounds, roles
from portal.web.desk.move_pages import MOVE_PAGES


def fields_of(session: Session, who: Viewer, move: str) -> Iterator[tuple[Field, Sequence[Choice]]]:
    """The fields of a move with all that can be chosen; what does not fit one of the cases is said beside that case."""
    lists: dict[str, Callable[[], Sequence[Choice]]] = {
        "assignee": lambda: [colleague(one) for one in team(session, who.agency_id)],
        "agency": lambda: agencies(session),
        "role": roles,
        "ground": lambda: grounds(session),
    }
    for one in MOVE_PAGES[move].fields:
        yield one, lists[one.name]() if one.choices else ()


def first_of(session: Session, who: Viewer, move: str) -> dict[str, str]:
    """What the fields hold at first: whoever gives cases away mostly takes them."""
    return {"assignee": session.get_one(Staff, who.staff_id).login} if move == "assign" else {}


def aim_of(session: Session, who: Viewer, move: str, typed: Mapping[str, str]) -> Aim:
    """What was chosen. Raises FieldErrors with everything that is missing."""
    if move == "assign":
        return _assignee(session, who, typed)
    if move == "refer":
        return _body(session, typed)
    return _ground(session, typed)


def _assignee(session: Session, who: Viewer, typed: Mapping[str, str]) -> Aim:
    found = next((one for one in team(session, who.agency_id) if one.login == typed.get("assignee")), None)
    if found is None:
        raise _wrong({"assignee": N_("Hãy chọn một người.")})
    return Aim(assignee=found, sees=viewer_of(session, found), says={"to_staff": found.id})


def _body(session: Session, typed: Mapping[str, str]) -> Aim:
    body = catalogue.agency_by_code(session, typed.get("agency", ""), today())
    role = typed.get("role", "")
    errors = {} if body is not None else {"agency": N_("Hãy chọn cơ quan nhận.")}
    if role not in (ReferralRole.LEAD, ReferralRole.SUPPORT, ReferralRole.INFORM):
        errors["role"] = N_("Hãy chọn vai trò của cơ quan.")
    if errors:
        raise _wrong(errors)
    return Aim(body=body, says={"agency": typed["agency"], "role": role})


def _ground(session: Session, typed: Mapping[str, str]) -> Aim:
    errors: dict[str, PortalError] = {}
    if session.get(RefusalGround, typed.get("ground", "")) is None:
        errors["ground"] = PortalError(N_("Hãy chọn một căn cứ không thụ lý."))
    try:
        text = required(typed.get("text", ""))
    except FieldErrors as error:
        raise FieldErrors(error.message, {**errors, **error.fields}) from error
    if errors:
        raise FieldErrors(N_("Xin kiểm tra lại."), errors)
    return Aim(says={"ground": typed["ground"], "text": text})


def _wrong(errors: Mapping[str, str]) -> FieldErrors:
    return FieldErrors(N_("Xin kiểm tra lại."), {name: PortalError(message) for name, message in errors.items()})
