"""What the queue filters by stands on the case, in one index over the open ones; and views that people save."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OPEN: dict[str, Any] = {"sqlite_where": sa.text("is_open = 1"), "postgresql_where": sa.text("is_open")}
# SQLite took none of these: a query asks for `is_open = 1`, and only an index in the same words fits.
MENDED = (
    ("ix_case_assigned_id_open", "case", ["assigned_id", "next_due_on", "id"], False, "is_open"),
    ("ix_referral_agency_id_due_on_open", "referral", ["agency_id", "due_on", "id"], False, "is_open"),
    ("ix_follow_up_answered_at_waiting", "follow_up", ["answered_at", "report_id"], False, "is_waiting"),
    ("uq_case_report_report_id_primary", "case_report", ["report_id"], True, "is_primary"),
)
AND_LIVE = {"is_primary": " AND unlinked_at IS NULL"}
COPIED = ("agency_id", "area_code", "language", "disclosure")
QUEUE_COLUMNS = [
    "next_due_on",
    "id",
    "status",
    "category",
    "track",
    "severity",
    "agency_id",
    "area_code",
    "assigned_id",
    "language",
    "disclosure",
    "is_restricted",
    "received_on",
]


def upgrade() -> None:
    with op.batch_alter_table("case") as batch:
        batch.add_column(sa.Column("agency_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("area_code", sa.String(length=20), nullable=True))
        batch.add_column(sa.Column("language", _words("vi", "en", name="language"), nullable=True))
        batch.add_column(
            sa.Column("disclosure", _words("anonymous", "confidential", "named", name="disclosure"), nullable=True)
        )
        batch.create_foreign_key(op.f("fk_case_agency_id_agency"), "agency", ["agency_id"], ["id"])
    copied = ", ".join(f"{name} = (SELECT report.{name} {OF_THE_CASE})" for name in COPIED)
    op.execute(f'UPDATE "case" SET {copied}')  # noqa: S608 (our own words)
    with op.batch_alter_table("case") as batch:
        batch.alter_column("language", existing_type=sa.String(length=32), nullable=False)
        batch.alter_column("disclosure", existing_type=sa.String(length=32), nullable=False)
    op.drop_index("ix_case_next_due_on_open", table_name="case")
    op.create_index("ix_case_open_queue", "case", QUEUE_COLUMNS, unique=False, **OPEN)
    op.create_index("ix_case_status_open", "case", ["status", "next_due_on", "id"], unique=False, **OPEN)
    op.create_index("ix_case_agency_id_received_on_id", "case", ["agency_id", "received_on", "id"], unique=False)
    op.create_index("ix_case_assigned_id_received_on_id", "case", ["assigned_id", "received_on", "id"], unique=False)
    for name, table, columns, unique, flag in MENDED:
        op.drop_index(name, table_name=table)
        _create_partial(name, table, columns, unique, flag, f"{flag} = 1")
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("is_team", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=1000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_saved_view_agency_id_agency")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_saved_view_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("handle", name=op.f("uq_saved_view_handle")),
    )
    op.create_index(op.f("ix_saved_view_staff_id"), "saved_view", ["staff_id"], unique=False)
    op.create_index(op.f("ix_saved_view_agency_id"), "saved_view", ["agency_id"], unique=False)


OF_THE_CASE = (
    "FROM report JOIN case_report ON case_report.report_id = report.id "
    'WHERE case_report.case_id = "case".id AND case_report.is_primary AND case_report.unlinked_at IS NULL'
)


def _create_partial(name: str, table: str, columns: list[str], unique: bool, flag: str, on_sqlite: str) -> None:
    live = AND_LIVE.get(flag, "")
    sqlite_where, postgresql_where = sa.text(on_sqlite + live), sa.text(flag + live)
    op.create_index(name, table, columns, unique=unique, sqlite_where=sqlite_where, postgresql_where=postgresql_where)


def _words(*members: str, name: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=32)


def downgrade() -> None:
    op.drop_table("saved_view")
    for name in (
        "ix_case_assigned_id_received_on_id",
        "ix_case_agency_id_received_on_id",
        "ix_case_status_open",
        "ix_case_open_queue",
    ):
        op.drop_index(name, table_name="case")
    _create_partial("ix_case_next_due_on_open", "case", ["next_due_on", "id"], False, "is_open", "is_open")
    for name, table, columns, unique, flag in MENDED:
        op.drop_index(name, table_name=table)
        _create_partial(name, table, columns, unique, flag, flag)
    with op.batch_alter_table("case") as batch:
        for name in ("fk_case_agency_id_agency", "ck_case_language", "ck_case_disclosure"):
            batch.drop_constraint(op.f(name), type_="foreignkey" if name.startswith("fk") else "check")
        for name in COPIED:
            batch.drop_column(name)
