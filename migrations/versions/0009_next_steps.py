"""What a reporter can do next, with letters to print and sign."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "next_step",
        sa.Column(
            "situation",
            sa.Enum(
                "filed_delay",
                "dossier_late_no_apology",
                "late",
                "refused",
                "answered_not_satisfied",
                "closed_not_put_right",
                "wants_formal_complaint",
                "wants_denunciation",
                "second_complaint",
                "retaliation",
                "extra_fee",
                "lost_code",
                "data_request",
                name="situation",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("track", sa.String(length=32), nullable=False),
        sa.Column("remedy_vi", sa.Text(), nullable=False),
        sa.Column("remedy_en", sa.Text(), nullable=False),
        sa.Column("to_whom_vi", sa.Text(), nullable=False),
        sa.Column("to_whom_en", sa.Text(), nullable=False),
        sa.Column("last_day_rule", sa.String(length=60), nullable=True),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("letter_title_vi", sa.String(length=300), nullable=False),
        sa.Column("letter_body_vi", sa.Text(), nullable=False),
        sa.Column("letter_title_en", sa.String(length=300), nullable=False),
        sa.Column("letter_body_en", sa.Text(), nullable=False),
        sa.Column(
            "sure",
            sa.Enum(
                "certain",
                "likely",
                "unsure",
                name="sure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_next_step")),
    )


def downgrade() -> None:
    op.drop_table("next_step")
