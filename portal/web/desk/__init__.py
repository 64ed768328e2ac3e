"""The desk: signing in, the queue, a case, and the moves that can be made with it."""

from flask import Blueprint

from portal.web.frame.navigation import bar

blueprint = Blueprint("desk", __name__)
blueprint.context_processor(bar)

from portal.web.desk import (  # noqa: E402 (views register on the blueprint)
    assist,
    bulk,
    cases,
    clearing,
    exporting,
    handover,
    head_support,
    hearing,
    hearings,
    late_below,
    moves,
    outside,
    own_work,
    patterns,
    printing,
    quarantine,
    queue,
    reminders,
    saved_views,
    signing,
    texts,
    told_by_mail,
    workload,
    written,
)

__all__ = [
    "assist",
    "blueprint",
    "bulk",
    "cases",
    "clearing",
    "exporting",
    "handover",
    "head_support",
    "hearing",
    "hearings",
    "late_below",
    "moves",
    "outside",
    "own_work",
    "patterns",
    "printing",
    "quarantine",
    "queue",
    "reminders",
    "saved_views",
    "signing",
    "texts",
    "told_by_mail",
    "workload",
    "written",
]
