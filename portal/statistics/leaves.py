"""A release as a leaf of the ledger: a hash of everything that was frozen, so that a changed release is found.

The leaf is that of an event without a case (`ledger/leaves.py`, format 1). Its fields hold the SHA-256 of the frozen
content in canonical JSON, which anybody can make of the published file and its parameters.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ledger import leaves
from portal.statistics.models import FrozenCell, FrozenTable, PrivacySpent

KIND = "release_published"


def leaf_of(release: FrozenTable, cells: Sequence[FrozenCell], spent: Mapping[str, int], salt: bytes) -> bytes:
    """The leaf of a release with its numbers, in their order, and what it told (stratum → thousandths of ε)."""
    content = {**_head(release), "shares": dict(spent), "cells": [_number(cell) for cell in cells]}
    fields = {**_named(release), "kind": KIND, "content": hashlib.sha256(leaves.canonical(content)).hexdigest()}
    return leaves.leaf_hash(salt, fields)


def changed_releases(session: Session) -> tuple[list[str], int]:
    """The releases that are not what they were when they became leaves ("2026-10 province_month"); how many are."""
    changed, right = [], 0
    for release in session.scalars(select(FrozenTable).where(FrozenTable.leaf.is_not(None)).order_by(FrozenTable.id)):
        rows = select(FrozenCell).where(FrozenCell.release_id == release.id).order_by(FrozenCell.position)
        told = session.get(PrivacySpent, (release.table, release.period))
        cells, spent = session.scalars(rows).all(), told.shares if told is not None else {}
        if release.salt is not None and leaf_of(release, cells, spent, release.salt) == release.leaf:
            right += 1
        else:
            changed.append(f"{release.period} {release.table}")
    return changed, right


def _named(release: FrozenTable) -> dict[str, Any]:
    at = release.frozen_at.astimezone(UTC).isoformat()
    return {"table": release.table, "period": release.period, "at": at}


def _head(release: FrozenTable) -> dict[str, Any]:
    return {**_named(release), "parameters": release.parameters, "code_version": release.code_version}


def _number(cell: FrozenCell) -> dict[str, Any]:
    names = ("position", "key", "noisy", "value", "margin", "shares", "spread")
    return {name: getattr(cell, name) for name in names}
