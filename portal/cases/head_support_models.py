"""Which account answered a referral that the head of the accused's body alone reads."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class HeadAnswer(Base):
    """Who gave the answer of a referral for a head: after it nobody else there is let through."""

    __tablename__ = "head_answer"

    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), primary_key=True, autoincrement=False)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
