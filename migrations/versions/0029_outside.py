"""A body without an account reads a cleared text by a link and answers; bodies pass their work on to a successor."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "outside_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("cleared_text_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(300), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.Column("answered_at", MOMENT),
        sa.Column("answered_by", sa.String(200), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_outside_link_case_id_case")),
        sa.ForeignKeyConstraint(
            ["cleared_text_id"], ["cleared_text.id"], name=op.f("fk_outside_link_cleared_text_id_cleared_text")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["staff.id"], name=op.f("fk_outside_link_made_by_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_outside_link_token_hash")),
    )
    op.create_index("ix_outside_link_case_id_id", "outside_link", ["case_id", "id"])
    op.create_table(
        "reorganisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("ordered_by_id", sa.Integer()),
        sa.Column("ordered_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["agency.id"], name=op.f("fk_reorganisation_predecessor_id_agency")
        ),
        sa.ForeignKeyConstraint(["successor_id"], ["agency.id"], name=op.f("fk_reorganisation_successor_id_agency")),
        sa.ForeignKeyConstraint(["ordered_by_id"], ["staff.id"], name=op.f("fk_reorganisation_ordered_by_id_staff")),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_reorganisation_two_bodies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reorganisation")),
        sa.UniqueConstraint("predecessor_id", name=op.f("uq_reorganisation_predecessor_id")),
    )


def downgrade() -> None:
    op.drop_table("reorganisation")
    op.drop_table("outside_link")
