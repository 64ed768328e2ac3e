"""Offices with more reports than chance explains, and the clusters that inspectors opened over them."""

from dataclasses import dataclass

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.cases.access import Viewer
from portal.cases.actions import clustering
from portal.cases.cluster_models import Cluster
from portal.cases.clusters import cases_within, cluster_for, clusters_seen
from portal.cases.models import Case
from portal.cases.pattern_counts import patterns_of_today
from portal.cases.patterns import Pattern, matters
from portal.cases.queue import rows_of_cases
from portal.cases.unusual import WINDOW_DAYS
from portal.catalogue import queries as catalogue
from portal.foundation.errors import PortalError
from portal.foundation.time import local, today
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.statistics.cells import Topic, topic_of
from portal.statistics.dictionary import TOPICS
from portal.web.desk import blueprint
from portal.web.desk.acting import Acting, acting
from portal.web.desk.lines import StatusLine
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import chosen, named, said
from portal.web.frame.templating import day

RARE = 1000  # periods: from here on "hardly ever" says enough


@dataclass(frozen=True)
class PatternLine:
    """One office and topic, in words."""

    agency: str
    code: str
    topic: str
    topic_words: str
    recent: int
    expected: str
    sure: str
    cluster: str  # the reference of the open cluster that this account sees


@dataclass(frozen=True)
class ClusterLine:
    """One cluster in the list: how many of its cases this account sees."""

    reference: str
    agency: str
    topic_words: str
    count: int
    opened: str
    closed: str


@blueprint.get("/staff/patterns")
@allow(P.TRIAGE_CASE)
def show_patterns() -> Response:
    """What stands out in the last 90 days, and the clusters."""
    session, who = db.session(), _inspector()
    clusters = clusters_seen(session, who)
    standing = {(one.agency_id, one.topic): one.reference for one, _count in clusters if one.closed_at is None}
    found = patterns_of_today(session, who, topic_of, today())
    return make_response(
        render_template(
            "desk/show_patterns.html",
            patterns=[_line(one, standing.get((one.agency.id, one.topic), "")) for one in found.patterns],
            counted=f"{local(found.at):%H:%M}" if found.at else "",
            clusters=[_cluster_line(one, count) for one, count in clusters],
            days=WINDOW_DAYS,
        )
    )


@blueprint.post("/staff/clusters")
@allow(P.TRIAGE_CASE)
def open_cluster() -> Response:
    """Opens a cluster over the cases of a pattern that this account sees."""
    _inspector()
    agency, topic = request.form.get("agency", "")[:40], request.form.get("topic", "")[:20]
    try:
        with acting() as who:
            body = catalogue.agency_by_code(who.session, agency, today())
            if body is None or topic not in set(Topic):
                abort(404)
            cases = _matters(who.session, who.viewer, body.id, topic)
            cluster = clustering.open_cluster(who.session, who.staff, cases, agency_id=body.id, topic=topic)
            reference = cluster.reference
    except PortalError as error:
        flash(said(error), "no")
        return make_response(redirect(url_for("desk.show_patterns")))
    flash(_("Đã mở cụm vụ việc. Từng vụ việc vẫn do người phụ trách xử lý như trước."))
    return make_response(redirect(url_for("desk.show_cluster", cluster=reference)))


@blueprint.get("/staff/clusters/<cluster>")
@allow(P.TRIAGE_CASE)
def show_cluster(cluster: str) -> Response:
    """The cases of a cluster that this account sees."""
    session, who = db.session(), _inspector()
    found = cluster_for(session, who, cluster)
    rows = rows_of_cases(session, who, cases_within(session, who, found))
    return make_response(
        render_template(
            "desk/show_cluster.html",
            cluster=_cluster_line(found, len(rows)),
            opener=session.get_one(Staff, found.opened_by_id).name,
            closer=session.get_one(Staff, found.closed_by_id).name if found.closed_by_id else "",
            rows=[
                {
                    "reference": row.case.reference,
                    "category": named(row.category),
                    "received": day(row.case.received_on),
                    "status": StatusLine(_(labels.STATUS[row.case.status]), labels.STATUS_TAG[row.case.status]),
                }
                for row in rows
            ],
        )
    )


@blueprint.post("/staff/clusters/<cluster>/<any(fill, close):what>")
@allow(P.TRIAGE_CASE)
def change_cluster(cluster: str, what: str) -> Response:
    """Puts what came since into the cluster, or closes it."""
    _inspector()
    try:
        with acting() as who:
            found = cluster_for(who.session, who.viewer, cluster, lock=True)
            done = _close(who, found) if what == "close" else _fill(who, found)
    except PortalError as error:
        flash(said(error), "no")
    else:
        flash(done)
    return make_response(redirect(url_for("desk.show_cluster", cluster=cluster)))


def _close(who: Acting, cluster: Cluster) -> str:
    clustering.close_cluster(who.session, cluster, who.staff)
    return str(_("Đã đóng cụm vụ việc."))


def _fill(who: Acting, cluster: Cluster) -> str:
    cases = _matters(who.session, who.viewer, cluster.agency_id, cluster.topic)
    count = clustering.add_cases(who.session, cluster, who.staff, cases)
    if not count:
        return str(_("Không có vụ việc nào mới để thêm."))
    return str(ngettext("Đã thêm %(num)s vụ việc.", "Đã thêm %(num)s vụ việc.", count))


def _inspector() -> Viewer:
    """The account, if it is an inspector's of one of the two committees: nobody else learns of patterns."""
    who = viewer()
    if P.TRIAGE_CASE not in who.permissions:
        abort(403)
    return who


def _matters(session: Session, who: Viewer, agency_id: int, topic: str) -> list[Case]:
    kept = [row.code for row in catalogue.categories(session) if topic_of(row.code) == topic]
    return list(session.scalars(matters(who, agency_id, kept, today())))


def _line(one: Pattern, cluster: str) -> PatternLine:
    return PatternLine(
        agency=named(one.agency),
        code=one.agency.code,
        topic=one.topic,
        topic_words=_topic(one.topic),
        recent=one.recent,
        expected=as_expected(one.expected, chosen()),
        sure=_sure(one.by_chance),
        cluster=cluster,
    )


def _cluster_line(one: Cluster, count: int) -> ClusterLine:
    return ClusterLine(
        reference=one.reference,
        agency=named(one.agency),
        topic_words=_topic(one.topic),
        count=count,
        opened=day(local(one.opened_at).date()),
        closed=day(local(one.closed_at).date()) if one.closed_at else "",
    )


def _topic(topic: str) -> str:
    return str(TOPICS[Topic(topic)][chosen() == "en"])


def as_expected(value: float, language: str) -> str:
    """One digit behind the comma (English: the point); nothing that is expected is written as none."""
    few = {"vi": "dưới 0,1", "en": "under 0.1"}
    written = f"{value:.1f}"
    return few[language] if written == "0.0" else written if language == "en" else written.replace(".", ",")


def _sure(by_chance: float) -> str:
    """How seldom the whole province has such an office by chance, in periods of 90 days."""
    periods = int(1 / max(by_chance, 1e-9))
    if periods >= RARE:
        return str(_("hầu như không thể do ngẫu nhiên"))
    return str(_("nếu chỉ do ngẫu nhiên, khoảng %(periods)s kỳ 90 ngày mới có một nơi như vậy", periods=periods))
