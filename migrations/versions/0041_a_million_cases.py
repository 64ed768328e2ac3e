"""Indexes for what a million cases made slow.

Which cases a report is in is asked for each case page: split, merged, or its own. A status in the past is looked for by
itself: few of a year's cases may have it. Most walls name no account; where an index holds them all, SQLite believes
that half a million are around any account, and reads the table. A team's load is counted by holder and status; where a
case waits for its reporter a hearing may run on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

LIVE = sa.text("unlinked_at IS NULL")
OPEN = {"sqlite_where": sa.text("is_open = 1"), "postgresql_where": sa.text("is_open")}
HELD = ["assigned_id", "next_due_on", "id", "is_restricted", "is_open"]
HEARING = sa.text("starts = 'hearing' AND met_at IS NULL AND stopped_at IS NULL")
NAMES_ONE = sa.text("staff_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_case_report_report_id_live", "case_report", ["report_id"], sqlite_where=LIVE, postgresql_where=LIVE
    )
    op.create_index("ix_case_status_received_on_id", "case", ["status", "received_on", "id"])
    op.drop_index("ix_wall_staff_id", "wall")
    op.create_index("ix_wall_staff_id", "wall", ["staff_id"], sqlite_where=NAMES_ONE, postgresql_where=NAMES_ONE)
    op.drop_index("ix_case_assigned_id_open", "case")
    op.create_index("ix_case_assigned_id_open", "case", [*HELD, "status"], **OPEN)
    op.create_index(
        "ix_clock_case_id_hearing", "clock", ["case_id", "due_on"], sqlite_where=HEARING, postgresql_where=HEARING
    )


def downgrade() -> None:
    op.drop_index("ix_clock_case_id_hearing", "clock")
    op.drop_index("ix_case_assigned_id_open", "case")
    op.create_index("ix_case_assigned_id_open", "case", HELD, **OPEN)
    op.drop_index("ix_wall_staff_id", "wall")
    op.create_index("ix_wall_staff_id", "wall", ["staff_id"])
    op.drop_index("ix_case_status_received_on_id", "case")
    op.drop_index("ix_case_report_report_id_live", "case_report")
