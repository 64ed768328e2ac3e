"""Proposed changes of the routing: tried over the last year before one of them is taken (decision 0041)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, JsonText, UTCDateTime, words


class ProposalState(StrEnum):
    """How far a proposed change is."""

    COUNTING = "counting"  # the dry run goes through the reports of a year
    READY = "ready"
    TAKEN = "taken"
    DROPPED = "dropped"


class RoutingProposal(Base):
    """One rule as it shall be from a day on, or (an empty `rule`) that it ends the day before.

    `moved` counts the reports that would have gone elsewhere, by rule and body; it names no report.
    """

    __tablename__ = "routing_proposal"
    __table_args__ = (Index("ix_routing_proposal_code_id", "code", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60))
    rule: Mapped[Any] = mapped_column(JsonText())
    valid_from: Mapped[date]
    by_login: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime())
    rules_mark: Mapped[str] = mapped_column(String(32))  # of all rules, when it was proposed
    state: Mapped[ProposalState] = mapped_column(words(ProposalState))
    total: Mapped[int]  # reports of the year
    seen: Mapped[int] = mapped_column(default=0)
    last_filed_at: Mapped[datetime | None] = mapped_column(UTCDateTime())  # the last report that was tried
    last_report: Mapped[int] = mapped_column(default=0)
    moved: Mapped[Any] = mapped_column(JsonText(), default=list)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    ended_by: Mapped[str | None] = mapped_column(String(80))  # who took or dropped it
