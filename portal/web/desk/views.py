"""The views above the queue: standing ones, and filters that people saved, each with how many cases it holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.cases.access import Viewer
from portal.cases.filters import Due, Holder, QueueFilter
from portal.cases.queue import COUNTED, count_cases
from portal.cases.saved_views import SavedView, may_remove, views_of
from portal.cases.words import Status
from portal.foundation.text import N_
from portal.staff.permissions import Permission as P
from portal.web.desk.filtering import filtering, query_of
from portal.web.frame.templating import number


@dataclass(frozen=True)
class ViewLink:
    """One view: its address, its words, how many cases it holds."""

    href: str
    text: str
    count: str
    current: bool
    late: bool = False


# In the order of the bar. The last one is for whoever lets conclusions out.
STANDING: tuple[tuple[str, QueueFilter, frozenset[P]], ...] = (
    (N_("Mới"), QueueFilter(statuses=frozenset({Status.RECEIVED})), frozenset({P.READ_ALL_CASES})),
    (N_("Của tôi"), QueueFilter(holder=Holder.ME), frozenset({P.READ_ALL_CASES})),
    (N_("Hẹn của tôi"), QueueFilter(own_date=True), frozenset()),
    (N_("Đến hạn hôm nay"), QueueFilter(due=frozenset({Due.TODAY})), frozenset()),
    (N_("Quá hạn"), QueueFilter(due=frozenset({Due.LATE})), frozenset()),
    (N_("Chờ người phản ánh"), QueueFilter(statuses=frozenset({Status.WAITING_FOR_REPORTER})), frozenset()),
    (N_("Chờ tôi duyệt"), QueueFilter(statuses=frozenset({Status.CONCLUDED})), frozenset({P.APPROVE_CONCLUSION})),
)


def view_links(session: Session, who: Viewer, current: str) -> list[ViewLink]:
    """The bar above the queue."""
    everything = ViewLink(url_for("desk.list_queue"), _("Tất cả"), "", current == "")
    return [everything, *_standing(session, who, current), *_saved(session, who, current)]


def _standing(session: Session, who: Viewer, current: str) -> Iterator[ViewLink]:
    for words, wanted, needed in STANDING:
        if needed <= who.permissions:
            yield _link(session, who, _(words), wanted, current)


def _saved(session: Session, who: Viewer, current: str) -> Iterator[ViewLink]:
    for view in views_of(session, who):
        wanted = filtering(session, who, MultiDict(parse_qsl(view.query))).wanted
        yield _link(session, who, view.name, wanted, current)


def _link(session: Session, who: Viewer, words: str, wanted: QueueFilter, current: str) -> ViewLink:
    query = query_of(wanted)
    counted = count_cases(session, who, wanted) if not wanted.past_too else 0
    return ViewLink(
        href=f"{url_for('desk.list_queue')}?{query}",
        text=words,
        count="" if wanted.past_too else f"{number(COUNTED)}+" if counted > COUNTED else str(counted),
        current=query == current,
        late=wanted.due == {Due.LATE} and counted > 0,
    )


def removable_views(session: Session, who: Viewer) -> list[SavedView]:
    """The saved views that this account may take away."""
    return [view for view in views_of(session, who) if may_remove(who, view)]
