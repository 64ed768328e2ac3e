"""What happened to an account, and who stands in for whom. Rows of the first are never changed (migration 0017)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, JsonText, UTCDateTime, words


class AccountChangeKind(StrEnum):
    """What was done to an account."""

    MADE = "made"
    RENAMED = "renamed"
    MOVED = "moved"
    ROLES_CHANGED = "roles_changed"
    CLOSED = "closed"
    OPENED = "opened"
    LINK_MADE = "link_made"
    PASSWORD_SET = "password_set"  # noqa: S105 (a word, no password)
    SUBSTITUTE_NAMED = "substitute_named"
    SUBSTITUTE_ENDED = "substitute_ended"


class AccountChange(Base):
    """One change of one account: when, by whom (nobody: the command line), what."""

    __tablename__ = "account_change"
    __table_args__ = (Index("ix_account_change_staff_id_id", "staff_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime())
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[AccountChangeKind] = mapped_column(words(AccountChangeKind))
    detail: Mapped[Any] = mapped_column(JsonText())


class Substitution(Base):
    """One account stands in for another from one day to another, both included."""

    __tablename__ = "substitution"
    __table_args__ = (
        CheckConstraint("from_on <= to_on", name="in_order"),
        CheckConstraint("staff_id <> substitute_id", name="two_people"),
        Index("ix_substitution_substitute_id_to_on", "substitute_id", "to_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    substitute_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
