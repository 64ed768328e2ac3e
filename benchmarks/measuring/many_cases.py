"""Many cases in little time: the rows that statistics read, doubled until there are enough. SQLite only."""

from collections.abc import Callable

from sqlalchemy import Connection, Table, func, select, text

from portal.cases.models import Case, CaseReport, Clock, Conclusion, Event, Rating, Referral, Report
from portal.foundation.database import Base

# In the order of their references.
TABLES: tuple[Table, ...] = tuple(
    Base.metadata.tables[kind.__tablename__]
    for kind in (Report, Case, CaseReport, Referral, Clock, Conclusion, Event, Rating)
)
# What may be there once, with another word for each copy.
ONCE: dict[tuple[str, str], Callable[[int], str]] = {
    ("report", "uid"): lambda offset: "randomblob(16)",
    ("event", "uid"): lambda offset: "randomblob(16)",
    ("event", "ledger_index"): lambda offset: "NULL",
    ("case", "reference"): lambda offset: f"printf('B%x', id + {offset})",
}


def forget_releases(connection: Connection) -> None:
    """As if nothing had been published yet: what is frozen stays, but for this."""
    for name in ("release_cell", "release", "privacy_ledger", "counted"):
        connection.execute(text(f"DROP TRIGGER {name}_no_delete"))
        connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608


def double(connection: Connection, most: int) -> int:
    """Doubles all rows until there are at least so many reports; gives how many there are then."""
    reports = TABLES[0]
    while (count := connection.scalar(select(func.count()).select_from(reports)) or 0) < most:
        offsets = {
            table.name: connection.scalar(select(func.max(table.c.id))) or 0 for table in TABLES if "id" in table.c
        }
        for table in TABLES:
            columns = [column.name for column in table.columns if column.computed is None]
            values = [_value(table, name, offsets) for name in columns]
            names = ", ".join(f'"{name}"' for name in columns)
            copied = f'INSERT INTO "{table.name}" ({names}) SELECT {", ".join(values)} FROM "{table.name}"'  # noqa: S608
            connection.execute(text(copied))
    return count


def _value(table: Table, name: str, offsets: dict[str, int]) -> str:
    if (table.name, name) in ONCE:
        return ONCE[table.name, name](offsets[table.name])
    column = table.c[name]
    for reference in column.foreign_keys:
        target = reference.column.table.name
        if target in offsets and target in {one.name for one in TABLES}:
            return f'"{name}" + {offsets[target]}'
    return f'"{name}" + {offsets[table.name]}' if name == "id" else f'"{name}"'
