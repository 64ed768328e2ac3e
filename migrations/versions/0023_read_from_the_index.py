"""Lists and counts of open cases read nothing but an index, under each order.

SQLite looks into the table for every row if a column that is asked for is not in the index, and takes the condition
of the index itself for one: `is_open` stands in each. For the order by severity the server works a column out.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

OPEN: dict[str, Any] = {"sqlite_where": sa.text("is_open = 1"), "postgresql_where": sa.text("is_open")}
QUEUE_COLUMNS = (
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
)
NEXT_COLUMNS = ("next_due_on", "id", "is_restricted", "is_open")
BEFORE = {
    "ix_case_open_queue": QUEUE_COLUMNS,
    "ix_case_status_open": ("status", "next_due_on", "id", "is_restricted", "assigned_id"),
    "ix_case_assigned_id_open": ("assigned_id", "next_due_on", "id", "is_restricted"),
    "ix_case_category_open": ("category", "next_due_on", "id"),
}
AFTER = {
    "ix_case_open_queue": (*QUEUE_COLUMNS, "is_open"),
    "ix_case_status_open": ("status", *NEXT_COLUMNS, "assigned_id"),
    "ix_case_assigned_id_open": ("assigned_id", *NEXT_COLUMNS),
    "ix_case_category_open": ("category", *NEXT_COLUMNS, "assigned_id"),
    "ix_case_urgency_open": ("urgency", *QUEUE_COLUMNS, "is_open"),
    "ix_case_received_on_open": ("received_on", "id", *QUEUE_COLUMNS[2:-1], "next_due_on", "is_open"),
}


def upgrade() -> None:
    # Not in batch mode: nothing of the table is rebuilt on SQLite, which works the column out as it reads.
    op.add_column("case", sa.Column("urgency", sa.SmallInteger(), sa.Computed("-severity"), nullable=False))
    _exchange(BEFORE, AFTER)


def downgrade() -> None:
    _exchange(AFTER, BEFORE)
    op.drop_column("case", "urgency")


def _exchange(old: dict[str, tuple[str, ...]], new: dict[str, tuple[str, ...]]) -> None:
    for name in old:
        op.drop_index(name, table_name="case")
    for name, columns in new.items():
        op.create_index(name, "case", list(columns), unique=False, **OPEN)
