"""Whether demo data are here, and whether all of them are in."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UTCDateTime


class DemoLoad(Base):
    """One load of demo data."""

    __tablename__ = "demo_load"

    id: Mapped[int] = mapped_column(primary_key=True)
    reports: Mapped[int]
    seed: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(UTCDateTime())
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
