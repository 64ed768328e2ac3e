"""Who looked at exact figures: rows that nobody changes; and answers by an index, past their texts."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

SHOWN = sa.text("visible_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "figures_read",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_figures_read_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figures_read")),
    )
    op.create_index(
        "ix_conclusion_shown",
        "conclusion",
        ["case_id", "version", "visible_at", "finding"],
        sqlite_where=SHOWN,
        postgresql_where=SHOWN,
    )
    op.create_index("ix_figures_read_staff_id_id", "figures_read", ["staff_id", "id"])
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER figures_read_no_{verb} BEFORE {verb.upper()} ON figures_read "
                "BEGIN SELECT RAISE(ABORT, 'figures_read is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER figures_read_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON figures_read "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_is_kept()"  # of migration 0017
    )


def downgrade() -> None:
    op.drop_index("ix_conclusion_shown", table_name="conclusion")
    op.drop_table("figures_read")
