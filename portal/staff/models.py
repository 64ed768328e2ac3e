"""Staff accounts and their roles."""

from datetime import datetime

from flask_security.core import UserMixin
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.foundation.database import Base, UTCDateTime, words
from portal.staff.permissions import Permission
from portal.staff.roles import Role, permissions_of


class Staff(Base, UserMixin):
    """One account: one person, one agency. (UserMixin is the one web class below the doors.)"""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password: Mapped[str | None] = mapped_column("password_hash", String(255))
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime())
    role_rows: Mapped[list["StaffRole"]] = relationship(lazy="selectin", cascade="all, delete-orphan")

    @property
    def role_words(self) -> frozenset[Role]:
        """The account's roles."""
        return frozenset(Role(row.role) for row in self.role_rows)

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the account may do."""
        return permissions_of(self.role_words)


class StaffRole(Base):
    """One role of one account."""

    __tablename__ = "staff_role"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(words(Role), primary_key=True)


class AccountLink(Base):
    """A one-time link by which somebody sets the first or a new password; only its hash is kept."""

    __tablename__ = "account_link"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime())
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
