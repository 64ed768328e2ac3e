"""Standard texts, each version a row of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standard_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(40), nullable=False),
        sa.Column("track", sa.String(32), nullable=False),
        sa.Column("title_vi", sa.String(300), nullable=False),
        sa.Column("body_vi", sa.Text(), nullable=False),
        sa.Column("title_en", sa.String(300), nullable=False),
        sa.Column("body_en", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_login", sa.String(80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_text")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_standard_text_code_version")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER standard_text_no_{verb} BEFORE {verb.upper()} ON standard_text "
                "BEGIN SELECT RAISE(ABORT, 'standard_text is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER standard_text_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON standard_text "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_is_kept()"  # of migration 0017
    )


def downgrade() -> None:
    op.drop_table("standard_text")
