"""What /readyz and `prepare` ask about demo data."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.demo.models import DemoLoad


def is_loading(session: Session) -> bool:
    """Whether a load was begun and is not finished."""
    return session.scalar(select(DemoLoad.id).where(DemoLoad.finished_at.is_(None))) is not None


def is_loaded(session: Session) -> bool:
    """Whether demo data are all in."""
    return session.scalar(select(DemoLoad.id).where(DemoLoad.finished_at.is_not(None))) is not None
