"""Cases merged into one, and open cases of one category, by indexes of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

MERGED = sa.text("merged_into_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_case_category_open",
        "case",
        ["category", "next_due_on", "id"],
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index(
        "ix_case_merged_into_id", "case", ["merged_into_id", "id"], sqlite_where=MERGED, postgresql_where=MERGED
    )


def downgrade() -> None:
    op.drop_index("ix_case_merged_into_id", table_name="case")
    op.drop_index("ix_case_category_open", table_name="case")
