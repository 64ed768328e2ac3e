"""What stood out for one account when its patterns were last counted."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, JsonText, UTCDateTime


class PatternCount(Base):
    """One account's patterns on a day, as it saw the cases then. A row an account, replaced each night.

    `seen_as` is a hash of the account's rights and place: where they have changed the row says nothing.
    """

    __tablename__ = "pattern_count"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(UTCDateTime())
    seen_as: Mapped[bytes] = mapped_column(LargeBinary(32))
    found: Mapped[Any] = mapped_column(JsonText())  # lists of office, topic, recent, expected, by chance
