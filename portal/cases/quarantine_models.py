"""Cases that look like spam or like nothing: an inspector looks before any other body."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.suspect import Suspicion
from portal.foundation.database import Base, UTCDateTime, words


class Quarantine(Base):
    """Why a case was held at filing, and who said that it is none of that. It waits while nobody has decided."""

    __tablename__ = "quarantine"
    __table_args__ = (
        Index(
            "ix_quarantine_case_id",
            "case_id",
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
        Index(
            "ix_quarantine_text_mark",
            "text_mark",
            sqlite_where=text("text_mark IS NOT NULL"),
            postgresql_where=text("text_mark IS NOT NULL"),
        ),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    reason: Mapped[Suspicion] = mapped_column(words(Suspicion))
    text_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32))  # of the text that was sent again and again
    at: Mapped[datetime] = mapped_column(UTCDateTime())
    released_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class TextSent(Base):
    """That a text was sent, for a day: a keyed hash of its letters, tied to no report."""

    __tablename__ = "text_sent"
    __table_args__ = (Index("ix_text_sent_mark_at", "mark", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[datetime] = mapped_column(UTCDateTime())
