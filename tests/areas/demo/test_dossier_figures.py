"""Invented dossiers: sizes as a province has them, said to be invented, and never beside true ones."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.dossiers import dossiers_between, dossiers_by_body
from portal.catalogue.importing import import_files
from portal.catalogue.models import Agency, DossierCount
from portal.catalogue.words import AgencyKind
from portal.demo.dossiers import make_dossiers
from tests.areas.catalogue.files import SUCCESSIONS, TWO_TIERS, ours, written
from tests.makers.days import MONDAY, on

pytestmark = pytest.mark.both
FIRST, LAST = "2023-03", "2026-02"  # three years before that Monday's month


def made(session: Session, seed: int = 1) -> list[tuple[Any, ...]]:
    """Makes the figures on a Monday; returns all that is stored, with the kind of each body."""
    with on(MONDAY, 10):
        make_dossiers(session, seed)
    figure = (DossierCount.agency_code, DossierCount.month, DossierCount.handled, DossierCount.late)
    query = select(*figure, Agency.kind).join(Agency, Agency.code == DossierCount.agency_code)
    return [tuple(row) for row in session.execute(query.where(Agency.valid_to.is_(None)).order_by(*figure[:2]))]


def test_sizes_are_a_provinces(session: Session) -> None:
    rows = made(session)
    assert len(rows) == (18 + 241 + 19) * 36
    assert (min(row[1] for row in rows), max(row[1] for row in rows)) == (FIRST, LAST)
    bounds = {
        AgencyKind.DISTRICT: (350, 8000),
        AgencyKind.COMMUNE: (80, 700),
        AgencyKind.DEPARTMENT: (80, 2800),
    }
    for code, _, handled, late, kind in rows:
        least, most = bounds[kind]
        assert least <= handled <= most, code
        assert 0.005 * handled - 0.5 <= late <= 0.06 * handled + 0.5, code
    totals = dossiers_by_body(session, FIRST, LAST)
    assert totals["H-DB"].handled > 3 * totals["H-TG"].handled
    shares = [totals[row[0]].late / totals[row[0]].handled for row in rows if row[4] is AgencyKind.DISTRICT]
    assert max(shares) > 1.5 * min(shares), "offices differ"


def test_they_are_whole_and_said_to_be_invented(session: Session) -> None:
    made(session)
    for total in (dossiers_between(session, None, FIRST, LAST), dossiers_by_body(session, FIRST, LAST)["H-TK"]):
        assert total.is_invented
        assert (total.months, total.missing) == (36, 0)


def test_the_same_seed_makes_the_same(session: Session) -> None:
    savepoint = session.begin_nested()
    once = made(session, seed=7)
    savepoint.rollback()
    savepoint = session.begin_nested()
    assert made(session, seed=7) == once
    savepoint.rollback()
    assert made(session, seed=8) != once


def test_they_do_not_mix_with_true_figures(session: Session, tmp_path: Path) -> None:
    true = {"agency_code": "SNV", "month": "2025-01", "handled": "9", "late": "0", "source": "x", "invented": "no"}
    import_files(session, [written(tmp_path / "dossiers.csv", [true])])
    assert [row[:4] for row in made(session)] == [("SNV", "2025-01", 9, 0)]


def test_bodies_have_figures_only_while_they_are_there(session: Session) -> None:
    import_files(session, ours(*TWO_TIERS, SUCCESSIONS))
    made(session)
    before, since = (dossiers_by_body(session, *span) for span in (("2025-04", "2025-06"), ("2025-07", "2025-09")))
    assert before["H-TK"].missing == 0
    assert "H-TK" not in since
    assert since["X-20194"].months == 3
    assert dossiers_between(session, ["X-20194"], "2025-06", "2025-07").missing == 1
