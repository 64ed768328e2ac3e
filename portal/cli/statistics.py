"""`statistics release`: makes the public numbers that are due. The worker does the same on its day."""

import click
from flask.cli import with_appcontext

from portal.foundation.errors import PortalError
from portal.foundation.time import today
from portal.statistics.periods import Grain, Period
from portal.statistics.release import make_releases
from portal.web.frame.database import db


class MonthType(click.ParamType[Period]):
    """A month as 2026-10."""

    name = "YYYY-MM"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """Fails for whatever is no month."""
        try:
            period = value if isinstance(value, Period) else Period.parse(str(value))
        except ValueError:
            period = None
        if period is None or period.grain is not Grain.MONTH:
            self.fail(f"{value!r} is not a month like 2026-10", param, ctx)
        return period


@click.group()
def statistics() -> None:
    """Public statistics."""


@statistics.command()
@click.option("--through", type=MonthType(), required=True, help="The last month to release; its day must have come.")
@click.option("--from", "first", type=MonthType(), help="The first month; without it, where the tables began.")
@with_appcontext
def release(through: Period, first: Period | None) -> None:
    """Makes what is due and not there yet, one transaction a table: may be stopped and started again."""
    made = 0
    try:
        for due in make_releases(db.session(), today(), first=first, through=through):
            click.echo(f"{due.period} {due.table.name}")
            made += 1
    except PortalError as error:
        raise click.ClickException(error.message % error.values) from error
    click.echo(f"{made} made, through {through}")
