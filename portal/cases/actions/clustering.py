"""Opening, filling and closing a cluster. Each case's history says it, to inspectors alone."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.cluster_models import Cluster, ClusterCase
from portal.cases.models import Case
from portal.cases.words import Audience
from portal.foundation.codes import random_code
from portal.foundation.errors import Conflict, PortalError
from portal.foundation.text import N_
from portal.foundation.time import now
from portal.staff.models import Staff

REFERENCE_LETTERS = 6


def open_cluster(session: Session, staff: Staff, cases: Sequence[Case], *, agency_id: int, topic: str) -> Cluster:
    """Opens a cluster over cases that this account sees.

    Raises PortalError when there is none, and Conflict when the office has an open one on this topic.
    """
    if not cases:
        raise PortalError(N_("Không có vụ việc nào để gom."))
    if standing_cluster(session, agency_id, topic) is not None:
        raise Conflict(N_("Nơi này đang có một cụm vụ việc về nội dung ấy."))
    cluster = Cluster(
        reference=f"CV-{random_code(REFERENCE_LETTERS)}",
        agency_id=agency_id,
        topic=topic,
        opened_by_id=staff.id,
        opened_at=now(),
    )
    session.add(cluster)
    session.flush()
    add_cases(session, cluster, staff, cases)
    return cluster


def standing_cluster(session: Session, agency_id: int, topic: str) -> Cluster | None:
    """The open cluster of an office and topic."""
    query = select(Cluster).where(Cluster.agency_id == agency_id, Cluster.topic == topic)
    return session.scalar(query.where(Cluster.closed_at.is_(None)))


def add_cases(session: Session, cluster: Cluster, staff: Staff, cases: Sequence[Case]) -> int:
    """Puts into it what is not in it yet; says how many that were."""
    _refuse_closed(cluster)
    known = set(session.scalars(select(ClusterCase.case_id).where(ClusterCase.cluster_id == cluster.id)))
    new = [case for case in cases if case.id not in known]
    for case in new:
        session.add(ClusterCase(cluster_id=cluster.id, case_id=case.id, added_by_id=staff.id, added_at=now()))
        _tell(session, events.CASE_CLUSTERED, case, cluster, staff)
    session.flush()
    return len(new)


def close_cluster(session: Session, cluster: Cluster, staff: Staff) -> None:
    """Ends the common look. The cases stay as they are, and the list stays readable."""
    _refuse_closed(cluster)
    cluster.closed_by_id, cluster.closed_at = staff.id, now()
    within = select(Case).join(ClusterCase, ClusterCase.case_id == Case.id).where(ClusterCase.cluster_id == cluster.id)
    for case in session.scalars(within.order_by(Case.id)):
        _tell(session, events.CLUSTER_CLOSED, case, cluster, staff)
    session.flush()


def _refuse_closed(cluster: Cluster) -> None:
    if cluster.closed_at is not None:
        raise Conflict(N_("Cụm vụ việc này đã đóng."))


def _tell(session: Session, kind: str, case: Case, cluster: Cluster, staff: Staff) -> None:
    events.record(session, case, kind, Audience.INSPECTION, actor=staff, payload={"case": cluster.reference})
