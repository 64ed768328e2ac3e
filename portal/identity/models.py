"""What of an identity lies in the main database: sealed envelopes, wrapped keys, nothing that opens them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UTCDateTime
from portal.identity.recipients import NOTICES


class Identity(Base):
    """The envelope of one report. Every report has one, an anonymous report a filler."""

    __tablename__ = "identity"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    envelope: Mapped[bytes] = mapped_column(LargeBinary)


class NoticeContact(Base):
    """Where to tell the reporter that there is news. Its key is destroyed at the end.

    `recipient` is the key store's word for that key: one given later has another, so that each can be destroyed alone.
    """

    __tablename__ = "notice_contact"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    recipient: Mapped[str] = mapped_column(String(40), default=NOTICES)


class BodyKey(Base):
    """The public half of a body's key. A body has one that is not retired; retired ones open old reports."""

    __tablename__ = "body_key"
    __table_args__ = (
        Index(
            "uq_body_key_agency_id_live",
            "agency_id",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    public: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime())
    retired_at: Mapped[datetime | None] = mapped_column(UTCDateTime())


class BodyKeyShare(Base):
    """The private half, wrapped under one account's passphrase or under the recovery key."""

    __tablename__ = "body_key_share"
    __table_args__ = (
        UniqueConstraint("key_id", "staff_id"),
        CheckConstraint("(staff_id IS NULL) = is_recovery", name="staff_or_recovery"),
        Index(
            "uq_body_key_share_key_id_recovery",
            "key_id",
            unique=True,
            sqlite_where=text("is_recovery"),
            postgresql_where=text("is_recovery"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("body_key.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    is_recovery: Mapped[bool] = mapped_column(default=False)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
