"""The outbox: one row for each notice, written in the transaction that causes it, and where staff are told.

No address of a reporter stands here, and nothing of what their case says.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.words import Language
from portal.foundation.database import Base, UTCDateTime, words


class NoticeState(StrEnum):
    """Where a notice stands."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"  # given up after two days of trying; an administrator can send it again
    ENDED = "ended"  # nobody is there to be told any more


class Notice(Base):
    """One notice, to one reporter or to one account. While it waits it has a moment of its next try."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("(report_id IS NULL) <> (staff_id IS NULL)", name="reporter_or_staff"),
        Index(
            "ix_notice_next_try_at_id",
            "next_try_at",
            "id",
            sqlite_where=text("next_try_at IS NOT NULL"),
            postgresql_where=text("next_try_at IS NOT NULL"),
        ),
        Index(
            "ix_notice_gives_up_at_dead",
            "gives_up_at",
            "id",
            sqlite_where=text("state = 'dead'"),
            postgresql_where=text("state = 'dead'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)  # random; before the @ of the mail's Message-ID
    cause: Mapped[str] = mapped_column(String(120), unique=True)  # the same cause tells the same person once
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[Language] = mapped_column(words(Language))
    channel: Mapped[str] = mapped_column(String(20), default="")  # known once it was tried
    state: Mapped[NoticeState] = mapped_column(words(NoticeState), default=NoticeState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str | None] = mapped_column(String(80))  # the last error's class: its words could hold an address
    created_at: Mapped[datetime] = mapped_column(UTCDateTime())
    next_try_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    gives_up_at: Mapped[datetime] = mapped_column(UTCDateTime())
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime())


class NoticeCase(Base):
    """Of which cases a notice to staff is: when it is sent, one of them must still be for its reader."""

    __tablename__ = "notice_case"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)


class NoticeResend(Base):
    """Who had a dead notice sent again, and when. Rows are never changed."""

    __tablename__ = "notice_resend"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime())


class NoticeAddress(Base):
    """Where an account wants to be told, and in which language. Its owner wrote it."""

    __tablename__ = "notice_address"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[Language] = mapped_column(words(Language))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime())
