"""The province's calendar day of a stored instant, as SQL on both servers."""

from datetime import datetime
from typing import Any

from sqlalchemy import Date
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from portal.foundation.time import ZONE

# The zone has had one offset since 1975.
_HOURS = int(ZONE.utcoffset(datetime(2022, 1, 1)).total_seconds()) // 3600  # type: ignore[union-attr]


class local_date(FunctionElement[Any]):  # noqa: N801 (reads as a function, as SQLAlchemy's own)
    """`local_date(column)`: the day on the province's clock; NULL of NULL."""

    type = Date()
    inherit_cache = True
    name = "local_date"


@compiles(local_date, "sqlite")
def _on_sqlite(element: local_date, compiler: SQLCompiler, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)}, '+{_HOURS} hours')"


@compiles(local_date, "postgresql")
def _on_postgresql(element: local_date, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AT TIME ZONE '{ZONE.key}' AS date)"
