"""A page shows exactly what its button will do: the form that is sent carries a mark of it, and does nothing else."""

import hmac

from flask import current_app

from portal.foundation.codes import keyed_hash
from portal.foundation.errors import Conflict
from portal.foundation.text import N_

BEHIND = N_("Bản xem trước chưa theo kịp chỗ anh/chị vừa đổi.")


class NotPreviewed(Conflict):
    """What would be done is not what was shown."""

    def __init__(self) -> None:
        super().__init__(BEHIND)


def preview_mark(kind: str, *shown: str) -> str:
    """The keyed hash of what a page of a kind showed."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return keyed_hash(key, f"{kind}-preview/1", *(one.encode() for one in shown)).hex()


def same(one: str, other: str) -> bool:
    """Whether two marks are one, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
