"""What was changed in the catalogue, by whom. Rows are never changed (migration 0017)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, JsonText, UTCDateTime


class CatalogueChange(Base):
    """One change of one row: what its columns held before and after. Empty before: it was new; after: taken away."""

    __tablename__ = "catalogue_change"
    __table_args__ = (Index("ix_catalogue_change_list_code_id", "list", "code", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    list: Mapped[str] = mapped_column(String(40))  # the table's name
    code: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UTCDateTime())
    by_login: Mapped[str | None] = mapped_column(String(80))  # None: the command line; accounts are never removed
    before: Mapped[Any] = mapped_column(JsonText())
    after: Mapped[Any] = mapped_column(JsonText())
