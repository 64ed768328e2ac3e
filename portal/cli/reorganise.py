"""`catalogue reorganise`: passes a body's open work to its successor from a day; without `--take` only a dry run."""

import csv
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.cases import reorganising
from portal.cases.reorganising import Plan
from portal.foundation.database import transaction
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_
from portal.web.frame.database import db

# Said whenever something is to be heard there: which hearings these are would tell whom reports are about.
HEARINGS_NOTE = N_(
    "việc nghe giải trình mà nơi kế thừa không được nhận thì không chuyển: dừng lại, và Ủy ban Kiểm tra được báo"
)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("reorganise")
@click.argument("bodies", nargs=-1)
@click.option("--from", "from_on", type=click.DateTime(["%Y-%m-%d"]), help="The first day of the successor.")
@click.option("--file", "path", type=_FILE, help="CSV of old_code, new_code, valid_from, as agency_successions_*.csv.")
@click.option("--take", is_flag=True, help="Order it. Without this nothing is written.")
@with_appcontext
def reorganise_command(bodies: Sequence[str], from_on: datetime | None, path: Path | None, take: bool) -> None:
    """PREDECESSOR SUCCESSOR: what would move; with --take the worker moves it from that day on."""
    wanted = _of_file(path) if path is not None else []
    if len(bodies) == 2 and from_on is not None:
        wanted.append((bodies[0], bodies[1], from_on.date()))
    if not wanted:
        raise click.UsageError("PREDECESSOR SUCCESSOR --from DAY, or --file FILE")
    session = db.session()
    try:
        with transaction(session):
            for old, new, on in wanted:
                one = reorganising.plan(session, *reorganising.bodies_named(session, old, new, on), on)
                if path is not None and one.is_empty:
                    continue  # hundreds of bodies without an account: their row of the catalogue says it all
                for line in told(one):
                    click.echo(line)
                if take:
                    reorganising.order(session, one, None)
    except FieldErrors as error:
        for wrong in error.fields.values():
            click.echo(wrong.message % wrong.values, err=True)
        raise SystemExit(1) from None
    except PortalError as error:
        click.echo(error.message % error.values if error.values else error.message, err=True)
        raise SystemExit(1) from None
    if not take:
        click.echo(N_("Mới chỉ xem thử, chưa ghi gì. Thêm --take để ra lệnh."))


def _of_file(path: Path) -> list[tuple[str, str, date]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        return [(row["old_code"], row["new_code"], date.fromisoformat(row["valid_from"])) for row in rows]
    except (KeyError, TypeError, ValueError):
        raise click.UsageError(f"{path}: old_code, new_code, valid_from (YYYY-MM-DD)") from None


def told(one: Plan) -> list[str]:
    """A dry run, line by line."""
    head = N_(
        "%(old)s → %(new)s, từ %(day)s: %(referrals)s phiếu chuyển, %(hearings)s việc nghe giải trình, "
        "%(accounts)s tài khoản, %(views)s bộ lọc đã lưu"
    )
    lines = [
        head
        % {
            "old": f"{one.predecessor.code} {one.predecessor.name_vi}",
            "new": f"{one.successor.code} {one.successor.name_vi}",
            "day": one.from_on.strftime("%d/%m/%Y"),
            "referrals": one.referrals,
            "hearings": one.hearings,
            "accounts": one.accounts,
            "views": one.views,
        }
    ]
    lines += [N_("chưa có nơi kế thừa: %(body)s") % {"body": f"{row.code} {row.name_vi}"} for row in one.below]
    lines += [N_("quy tắc chuyển nêu mã cũ, cần sửa tay: %(rule)s") % {"rule": code} for code in one.rules]
    if one.hearings:
        lines.append(HEARINGS_NOTE)
    if one.holds_key:
        lines.append(N_("giữ khóa danh tính: khóa không tự chuyển, xem docs/vault.md"))
    return lines
