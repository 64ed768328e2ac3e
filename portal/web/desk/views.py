"""The views above the queue: standing ones, and filters that people saved, each with how many cases it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.cases.access import Viewer
from portal.cases.filters import Due, Holder, QueueFilter
from portal.cases.head_support import is_late, supports_waiting
from portal.cases.hearing import waiting_for
from portal.cases.late_below import late_below
from portal.cases.queue import count_cases
from portal.cases.saved_views import SavedView
from portal.cases.words import Status
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.staff.permissions import Permission as P
from portal.web.desk.filtering import filtering, query_of
from portal.web.frame.templating import counted


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
    (N_("Quá hạn đã báo"), QueueFilter(is_listed=True), frozenset({P.READ_ALL_CASES})),
    (N_("Chờ người phản ánh"), QueueFilter(statuses=frozenset({Status.WAITING_FOR_REPORTER})), frozenset()),
    (N_("Chờ tôi duyệt"), QueueFilter(statuses=frozenset({Status.CONCLUDED})), frozenset({P.APPROVE_CONCLUSION})),
)


def view_links(session: Session, who: Viewer, saved: Sequence[SavedView], current: str) -> list[ViewLink]:
    """The bar above the queue: first what waits for this account or its body and is in no queue, saved views last."""
    views = [(_(words), wanted) for words, wanted, needed in STANDING if needed <= who.permissions]
    for view in saved:
        views.append((view.name, filtering(session, who, MultiDict(parse_qsl(view.query))).wanted))
    counts = iter(count_cases(session, who, *(wanted for words, wanted in views if not wanted.past_too)))
    links = [_link(words, wanted, None if wanted.past_too else next(counts), current) for words, wanted in views]
    return [
        ViewLink(url_for("desk.list_queue"), _("Tất cả"), "", current == ""),
        *_supports(session, who),
        *_hearings(session, who),
        *_below(session, who),
        *links,
    ]


def _below(session: Session, who: Viewer) -> list[ViewLink]:
    """For a body of which bodies below are late, and which was told so."""
    late = [] if who.reads_narratives else late_below(session, who)
    if not late:
        return []
    return [ViewLink(url_for("desk.list_late_below"), _("Cấp dưới quá hạn"), str(len(late)), current=False, late=True)]


def _hearings(session: Session, who: Viewer) -> list[ViewLink]:
    """For a body that is to hear somebody."""
    waiting = waiting_for(session, who) if P.ANSWER_REFERRAL in who.permissions else []
    if not waiting:
        return []
    late = waiting[0][0].clock.due_on < today()
    return [ViewLink(url_for("desk.list_hearings"), _("Chờ giải trình"), str(len(waiting)), current=False, late=late)]


def _supports(session: Session, who: Viewer) -> list[ViewLink]:
    """For the head of a body whom an inspector asked to support."""
    waiting = supports_waiting(session, who) if P.ANSWER_SUPPORT in who.permissions else []
    if not waiting:
        return []
    late = any(is_late(session, one) for one, _case in waiting)
    address = url_for("desk.list_head_supports")
    return [ViewLink(address, _("Đề nghị gửi riêng anh/chị"), str(len(waiting)), current=False, late=late)]


def _link(words: str, wanted: QueueFilter, found: int | None, current: str) -> ViewLink:
    """A look into the past is not counted."""
    query = query_of(wanted)
    return ViewLink(
        href=f"{url_for('desk.list_queue')}?{query}",
        text=words,
        count="" if found is None else counted(found),
        current=query == current,
        late=wanted.due == {Due.LATE} and bool(found),
    )
