"""Clusters: cases that inspectors look at together."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "cluster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_cluster_agency_id_agency")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["staff.id"], name=op.f("fk_cluster_opened_by_id_staff")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["staff.id"], name=op.f("fk_cluster_closed_by_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster")),
        sa.UniqueConstraint("reference", name=op.f("uq_cluster_reference")),
    )
    op.create_index(
        "uq_cluster_agency_id_topic_open",
        "cluster",
        ["agency_id", "topic"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "cluster_case",
        sa.Column("cluster_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_cluster_case_cluster_id_cluster")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_cluster_case_case_id_case")),
        sa.ForeignKeyConstraint(["added_by_id"], ["staff.id"], name=op.f("fk_cluster_case_added_by_id_staff")),
        sa.PrimaryKeyConstraint("cluster_id", "case_id", name=op.f("pk_cluster_case")),
    )
    op.create_index("ix_cluster_case_case_id", "cluster_case", ["case_id"])


def downgrade() -> None:
    op.drop_table("cluster_case")
    op.drop_table("cluster")
