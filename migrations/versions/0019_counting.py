"""A case's referrals, ended ones too, by an index; counts of the desk's views from the index alone."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

OPEN: dict[str, Any] = {"sqlite_where": sa.text("is_open = 1"), "postgresql_where": sa.text("is_open")}
WIDENED = {
    "ix_case_status_open": (["status", "next_due_on", "id"], ["is_restricted", "assigned_id"]),
    "ix_case_assigned_id_open": (["assigned_id", "next_due_on", "id"], ["is_restricted"]),
}


def upgrade() -> None:
    op.create_index("ix_referral_case_id_id", "referral", ["case_id", "id"])
    for name, (columns, more) in WIDENED.items():
        op.drop_index(name, table_name="case")
        op.create_index(name, "case", [*columns, *more], **OPEN)


def downgrade() -> None:
    for name, (columns, _) in WIDENED.items():
        op.drop_index(name, table_name="case")
        op.create_index(name, "case", columns, **OPEN)
    op.drop_index("ix_referral_case_id_id", table_name="referral")
