"""`flask catalogue import FILE…`: loads or updates the catalogue from CSV files."""

from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.cases.recomputing import calendar_changed
from portal.catalogue.importing import FileResult, import_files
from portal.catalogue.queries import missing_functions
from portal.catalogue.reading import BadRow, ImportRefused
from portal.foundation.database import transaction
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.web.frame.database import db

_FILES = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def catalogue() -> None:
    """Bodies, categories, procedures, time limits, working days."""


@catalogue.command("import")
@click.argument("files", nargs=-1, required=True, type=_FILES)
@with_appcontext
def import_command(files: Sequence[Path]) -> None:
    """Import CSV files, in any order: all of them, or nothing if a row is bad."""
    session = db.session()
    try:
        with transaction(session):
            results = import_files(session, files)
            if any(one.kind == "calendar" and one.added + one.changed for one in results):
                calendar_changed(session, None)
            missing = sorted(missing_functions(session, today()))
    except ImportRefused as refused:
        for row in refused.rows:
            click.echo(told(row), err=True)
        click.echo(refused.message, err=True)
        raise SystemExit(1) from None
    for result in results:
        click.echo(counted(result))
    if missing:
        warning = N_("Chưa có cơ quan cho chức năng: %(functions)s (tệp functions_*.csv).")
        click.echo(warning % {"functions": ", ".join(missing)}, err=True)


def told(row: BadRow) -> str:
    """A bad row as one line: file, line, column, reason."""
    place = f"{row.file}:{row.line}" + (f" [{row.column}]" if row.column else "")
    return f"{place}: {row.reason}"


def counted(result: FileResult) -> str:
    """What one file did, as one line."""
    counts = N_("%(added)s mới, %(changed)s thay đổi, %(unchanged)s giữ nguyên")
    values = {"added": result.added, "changed": result.changed, "unchanged": result.unchanged}
    line = f"{result.file}: {counts % values}"
    if not result.kept:
        return line
    kept = N_("giữ bản đã được sửa trên Cổng: %(codes)s")
    return f"{line}, {kept % {'codes': ', '.join(result.kept)}}"
