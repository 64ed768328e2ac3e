"""Which body has a function, in one or two queries: what a page asks for on each request."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Agency, AgencyFunction
from portal.catalogue.queries import FUNCTION_OF_KIND, successor_on
from portal.catalogue.words import Function


def function_agency(session: Session, function: Function, on: date) -> Agency | None:
    """The body that has a function on a day; the same as the day's tree says."""
    query = (
        select(Agency)
        .join(AgencyFunction, AgencyFunction.agency_id == Agency.id)
        .where(AgencyFunction.function == function, AgencyFunction.valid_from <= on)
        .where(or_(AgencyFunction.valid_to.is_(None), AgencyFunction.valid_to >= on))
        .order_by(AgencyFunction.valid_from.desc())
        .limit(1)
    )
    agency = session.scalar(query)
    current = successor_on(session, agency, on) if agency is not None else None
    return current or _of_its_kind(session, function, on)


def _of_its_kind(session: Session, function: Function, on: date) -> Agency | None:
    kinds = [kind for kind, has in FUNCTION_OF_KIND.items() if has is function]
    there = (Agency.valid_from <= on) & or_(Agency.valid_to.is_(None), Agency.valid_to >= on)
    return session.scalar(select(Agency).where(Agency.kind.in_(kinds), there).order_by(Agency.id).limit(1))
