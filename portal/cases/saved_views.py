"""Filters that people come back to: one's own, or shared with everybody of the same body."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, and_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.cases.access import Viewer
from portal.foundation.database import Base, UTCDateTime
from portal.foundation.errors import FieldErrors, NotFound, PortalError
from portal.foundation.text import N_, clean_line
from portal.foundation.time import now
from portal.staff.permissions import Permission as P

LONGEST_NAME, MOST_VIEWS = 60, 12
LONGEST_QUERY = 1000
# Who may take away a view that a colleague shared.
TIDIES = frozenset({P.APPROVE_CONCLUSION})


class SavedView(Base):
    """A filter with a name. `query` is the canonical query string of its address."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(16), unique=True)  # in forms, in place of the id: gaps would tell
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    is_team: Mapped[bool]
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    query: Mapped[str] = mapped_column(String(LONGEST_QUERY))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime())


def views_of(session: Session, viewer: Viewer) -> Sequence[SavedView]:
    """An account's own views and those of its body, in order of their names."""
    shared = and_(SavedView.is_team, SavedView.agency_id == viewer.agency_id)
    query = select(SavedView).where(or_(SavedView.staff_id == viewer.staff_id, shared))
    return session.scalars(query.order_by(SavedView.name, SavedView.id)).all()


def save_view(session: Session, viewer: Viewer, *, name: str, query: str, is_team: bool) -> SavedView:
    """Keeps a filter; one of the same name and owner is replaced. Raises FieldErrors for `name`."""
    name = clean_line(name)
    if not name or len(name) > LONGEST_NAME:
        raise _wrong(PortalError(N_("Hãy đặt tên cho góc nhìn, nhiều nhất %(most)d ký tự."), most=LONGEST_NAME))
    if len(query) > LONGEST_QUERY:
        raise _wrong(PortalError(N_("Bộ lọc này dài quá, chưa lưu được. Xin bỏ bớt điều kiện.")))
    own = session.scalars(select(SavedView).where(SavedView.staff_id == viewer.staff_id)).all()
    view = next((one for one in own if one.name == name), None)
    if view is None and len(own) >= MOST_VIEWS:
        raise _wrong(
            PortalError(N_("Anh/chị đã lưu %(most)d góc nhìn. Xin xóa bớt một góc nhìn cũ trước."), most=MOST_VIEWS)
        )
    if view is None:
        view = SavedView(
            handle=secrets.token_urlsafe(12), staff_id=viewer.staff_id, agency_id=viewer.agency_id, created_at=now()
        )
        session.add(view)
    view.name, view.query, view.is_team = name, query, is_team
    session.flush()
    return view


def _wrong(error: PortalError) -> FieldErrors:
    return FieldErrors(N_("Xin kiểm tra lại."), {"name": error})


def may_remove(viewer: Viewer, view: SavedView) -> bool:
    """Its owner, and for a shared one whoever tidies up for the body."""
    if view.staff_id == viewer.staff_id:
        return True
    return view.is_team and view.agency_id == viewer.agency_id and bool(viewer.permissions & TIDIES)


def remove_view(session: Session, viewer: Viewer, handle: str) -> None:
    """Takes a view away. Raises NotFound for one that is not there for this account."""
    view = session.scalar(select(SavedView).where(SavedView.handle == handle))
    if view is None or not may_remove(viewer, view):
        raise NotFound(N_("Không có góc nhìn này, hoặc góc nhìn này của người khác."))
    session.delete(view)
    session.flush()
