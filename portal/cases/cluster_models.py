"""Clusters: cases that an inspector looks at together, because an office has more of them than chance explains.

A cluster moves nothing: each case keeps its status, clocks and people. Inspectors alone know of it.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import NOT_CLOSED, Case
from portal.catalogue.models import Agency
from portal.foundation.database import Base, UTCDateTime


class Cluster(Base):
    """One office and topic under a common look. At most one at a time is open for each."""

    __tablename__ = "cluster"
    __table_args__ = (Index("uq_cluster_agency_id_topic_open", "agency_id", "topic", unique=True, **NOT_CLOSED),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    topic: Mapped[str] = mapped_column(String(20))
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime())
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime())

    agency: Mapped[Agency] = relationship(lazy="raise")


class ClusterCase(Base):
    """A case in a cluster, and who put it there."""

    __tablename__ = "cluster_case"
    __table_args__ = (Index("ix_cluster_case_case_id", "case_id"),)

    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    added_at: Mapped[datetime] = mapped_column(UTCDateTime())

    case: Mapped[Case] = relationship(lazy="raise")
