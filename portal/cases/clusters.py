"""Which clusters an account knows of: those with a case that it sees, and of each only such cases."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.cases.access import Viewer
from portal.cases.cluster_models import Cluster, ClusterCase
from portal.cases.models import Case
from portal.cases.queries import visible_to
from portal.foundation.errors import NotFound
from portal.foundation.text import N_

NO_CLUSTER = N_("Không có cụm vụ việc này trong phần việc của anh/chị.")
MOST = 100  # clusters on a page: the newest


def clusters_seen(session: Session, viewer: Viewer) -> Sequence[tuple[Cluster, int]]:
    """Open ones first, then the newest; each with how many of its cases this account sees."""
    query = (
        select(Cluster, func.count())
        .join(ClusterCase, ClusterCase.cluster_id == Cluster.id)
        .join(Case, Case.id == ClusterCase.case_id)
        .where(visible_to(viewer))
        .group_by(Cluster.id)
        .order_by(Cluster.closed_at.is_not(None), Cluster.id.desc())
        .limit(MOST)
        .options(selectinload(Cluster.agency))
    )
    return session.execute(query).tuples().all()


def cluster_for(session: Session, viewer: Viewer, reference: str, *, lock: bool = False) -> Cluster:
    """The cluster of a reference. Raises NotFound for none, and for one of which this account sees no case."""
    query = select(Cluster).where(Cluster.reference == reference.strip().upper()).options(joinedload(Cluster.agency))
    cluster = session.scalar(query.with_for_update(of=Cluster) if lock else query)
    if cluster is None or session.scalar(_within(viewer, cluster).limit(1)) is None:
        raise NotFound(NO_CLUSTER)
    return cluster


def cases_within(session: Session, viewer: Viewer, cluster: Cluster) -> list[int]:
    """The ids of its cases that this account sees, the newest first."""
    return list(session.scalars(_within(viewer, cluster).order_by(Case.received_on.desc(), Case.id.desc())))


def _within(viewer: Viewer, cluster: Cluster) -> Select[tuple[int]]:
    query = select(Case.id).join(ClusterCase, ClusterCase.case_id == Case.id)
    return query.where(ClusterCase.cluster_id == cluster.id, visible_to(viewer))


def clusters_of(session: Session, case: Case) -> list[str]:
    """The references of the open clusters that a case is in."""
    query = select(Cluster.reference).join(ClusterCase, ClusterCase.cluster_id == Cluster.id)
    return list(session.scalars(query.where(ClusterCase.case_id == case.id, Cluster.closed_at.is_(None))))
