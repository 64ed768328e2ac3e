"""Search documents. The full-text index over them comes with the search page."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.words import Audience
from portal.foundation.database import Base, words


class SearchDocument(Base):
    """What one audience may find of a case. `scope` holds a token for each agency that may."""

    __tablename__ = "search_document"
    __table_args__ = (UniqueConstraint("case_id", "audience"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    audience: Mapped[Audience] = mapped_column(words(Audience))
    scope: Mapped[str] = mapped_column(String(500))
    exact: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
