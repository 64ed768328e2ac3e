"""`statistics release`: makes the public numbers that are due. The worker does the same on its day."""

import click
from flask.cli import with_appcontext

from portal.foundation.errors import PortalError
from portal.foundation.time import today
from portal.statistics.measures import Month
from portal.statistics.release import due_releases, make_releases
from portal.web.frame.database import db


class MonthType(click.ParamType[Month]):
    """A month as 2026-10."""

    name = "YYYY-MM"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        """Fails for whatever is no month."""
        try:
            return value if isinstance(value, Month) else Month.parse(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a month like 2026-10", param, ctx)


@click.group()
def statistics() -> None:
    """Public statistics."""


@statistics.command()
@click.option("--through", type=MonthType(), required=True, help="The last month to release; its day must have come.")
@click.option("--from", "first", type=MonthType(), help="The first month; without it, where the tables began.")
@with_appcontext
def release(through: Month, first: Month | None) -> None:
    """Makes what is due and not there yet, one transaction a table: may be stopped and started again."""
    session = db.session()
    try:
        due = due_releases(session, today(), first=first, through=through)
        with click.progressbar(make_releases(session, due), length=len(due), label="Releases") as bar:
            made = sum(1 for _ in bar)
    except PortalError as error:
        raise click.ClickException(error.message % error.values) from error
    click.echo(f"{made} made, through {through}")
