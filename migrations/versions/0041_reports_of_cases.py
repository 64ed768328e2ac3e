"""Which cases a report is in is asked for each case page: split, merged, or its own. A status in the past is looked for
by itself: few of a year's cases may have it."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

LIVE = sa.text("unlinked_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_case_report_report_id_live", "case_report", ["report_id"], sqlite_where=LIVE, postgresql_where=LIVE
    )
    op.create_index("ix_case_status_received_on_id", "case", ["status", "received_on", "id"])


def downgrade() -> None:
    op.drop_index("ix_case_status_received_on_id", "case")
    op.drop_index("ix_case_report_report_id_live", "case_report")
