"""Search documents. What stands in `lexemes` stands in the full-text index: triggers (SQLite) and an index by a
function (PostgreSQL) keep it so, whoever writes. See migration 0015."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.words import Audience
from portal.foundation.database import Base, words


class SearchDocument(Base):
    """What one audience may find of a case. `scope` names who may (`scopes`)."""

    __tablename__ = "search_document"
    __table_args__ = (UniqueConstraint("case_id", "audience"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    audience: Mapped[Audience] = mapped_column(words(Audience))
    scope: Mapped[str] = mapped_column(String(500))
    exact: Mapped[str] = mapped_column(Text)
    lexemes: Mapped[str] = mapped_column(Text)  # of `exact` and `scope`, by `lexemes.lexemes`
