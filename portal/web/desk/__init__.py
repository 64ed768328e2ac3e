"""The desk: signing in, the queue, a case, and the moves that can be made with it."""

from flask import Blueprint

from portal.web.frame.navigation import bar

blueprint = Blueprint("desk", __name__)
blueprint.context_processor(bar)

from portal.web.desk import (  # noqa: E402 (views register on the blueprint)
    bulk,
    cases,
    clearing,
    exporting,
    handover,
    late_below,
    moves,
    own_work,
    printing,
    queue,
    reminders,
    saved_views,
    signing,
    told_by_mail,
    workload,
)

__all__ = [
    "blueprint",
    "bulk",
    "cases",
    "clearing",
    "exporting",
    "handover",
    "late_below",
    "moves",
    "own_work",
    "printing",
    "queue",
    "reminders",
    "saved_views",
    "signing",
    "told_by_mail",
    "workload",
]
