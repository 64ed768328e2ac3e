"""Who took a list of cases out of the portal: rows that nobody changes."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "queue_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_queue_export_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_export")),
    )
    op.create_index("ix_queue_export_staff_id_id", "queue_export", ["staff_id", "id"])
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER queue_export_no_{verb} BEFORE {verb.upper()} ON queue_export "
                "BEGIN SELECT RAISE(ABORT, 'queue_export is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER queue_export_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON queue_export "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_is_kept()"  # of migration 0017
    )


def downgrade() -> None:
    op.drop_table("queue_export")
