"""A conclusion says on which ground, what else was done, and who has to approve it; what was written never changes."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

KEPT = (
    "id", "case_id", "version", "agency_id", "finding", "remedy", "more_remedies", "ground", "discipline_body",
    "apologised_on", "days_saved", "needs_approval", "written_by_id", "written_at",
)  # fmt: skip
ONCE = ("approved_by_id", "visible_at")  # set when it goes out
DENOUNCED = "Luật Tố cáo 25/2018/QH14 Điều 35"
COMPLAINED = "Luật Khiếu nại 02/2011/QH13 Điều 31"
OURS = "Quy định của Cổng (do tỉnh quyết định)"
# track, kind (None: any), from which severity, and whose rule it is
RULES = (
    ("denunciation", None, 1, DENOUNCED),
    ("complaint", None, 1, COMPLAINED),
    (None, "conduct", 4, OURS),
)


def upgrade() -> None:
    for column in (
        sa.Column("more_remedies", sa.Text(), server_default="[]", nullable=False),
        sa.Column("ground", sa.Text(), server_default="", nullable=False),
        sa.Column("discipline_body", sa.String(200), server_default="", nullable=False),
        sa.Column("apologised_on", sa.Date()),
        sa.Column("days_saved", sa.SmallInteger()),
        sa.Column("needs_approval", sa.Boolean(), server_default=sa.true(), nullable=False),
    ):
        op.add_column("conclusion", column)
    table = op.create_table(
        "approval_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(32)),
        sa.Column("kind", sa.String(32)),
        sa.Column("severity_from", sa.SmallInteger(), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_rule")),
    )
    names = ("track", "kind", "severity_from", "citation")
    rows = [dict(zip(names, rule, strict=True)) for rule in RULES]
    op.bulk_insert(table, [{**row, "valid_from": date(2022, 11, 17), "valid_to": None} for row in rows])
    _keep()


def _changed(same: str) -> str:
    """When an update is refused: all but letting it out, once, and emptying the text, which an erasure does."""
    parts = [f"NOT (NEW.{column} {same} OLD.{column})" for column in KEPT]
    parts += [f"(OLD.{column} IS NOT NULL AND NOT (NEW.{column} {same} OLD.{column}))" for column in ONCE]
    return " OR ".join([*parts, f"(NOT (NEW.text {same} OLD.text) AND NEW.text <> '')"])


def _keep() -> None:
    if op.get_bind().dialect.name == "sqlite":
        refused = "BEGIN SELECT RAISE(ABORT, 'conclusion is append-only'); END"
        op.execute(f"CREATE TRIGGER conclusion_append_only BEFORE UPDATE ON conclusion WHEN {_changed('IS')} {refused}")
        op.execute(f"CREATE TRIGGER conclusion_no_delete BEFORE DELETE ON conclusion {refused}")
        return
    op.execute(
        "CREATE FUNCTION conclusion_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'conclusion is append-only'; END IF; "
        f"IF {_changed('IS NOT DISTINCT FROM')} THEN RAISE EXCEPTION 'conclusion is append-only'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER conclusion_append_only BEFORE UPDATE OR DELETE ON conclusion "
        "FOR EACH ROW EXECUTE FUNCTION conclusion_append_only()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("conclusion_append_only", "conclusion_no_delete"):
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("DROP TRIGGER conclusion_append_only ON conclusion")
        op.execute("DROP FUNCTION conclusion_append_only()")
    op.drop_table("approval_rule")
    with op.batch_alter_table("conclusion") as batch:
        for name in ("needs_approval", "days_saved", "apologised_on", "discipline_body", "ground", "more_remedies"):
            batch.drop_column(name)
