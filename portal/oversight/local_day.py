"""The province's date of an instant, in SQL: the two servers say it in different words."""

from datetime import date
from typing import Any

from sqlalchemy import Date, SQLColumnExpression
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from portal.foundation.time import ZONE


class local_day(FunctionElement[date]):  # noqa: N801 (read as the function that it is)
    """local_day(instant). (Vietnam's clocks have stood seven hours ahead since 1975, in summer too.)"""

    type = Date()
    inherit_cache = True

    def __init__(self, instant: SQLColumnExpression[Any]) -> None:
        super().__init__(instant)


@compiles(local_day, "sqlite")
def _for_sqlite(element: local_day, compiler: SQLCompiler, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)}, '+7 hours')"


@compiles(local_day, "postgresql")
def _for_postgresql(element: local_day, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(timezone('{ZONE.key}', {compiler.process(element.clauses, **options)}) AS DATE)"
