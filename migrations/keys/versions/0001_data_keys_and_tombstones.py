"""Data keys, sealed to each recipient, and the tombstones of those that were destroyed."""

import sqlalchemy as sa
from alembic import op

from portal.foundation.database import UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes both tables."""
    op.create_table(
        "data_key",
        sa.Column("report_uid", sa.LargeBinary(16), nullable=False),
        sa.Column("recipient", sa.String(40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("stored_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("report_uid", "recipient", name=op.f("pk_data_key")),
    )
    op.create_index(op.f("ix_data_key_stored_on"), "data_key", ["stored_on"])
    op.create_table(
        "tombstone",
        sa.Column("report_uid", sa.LargeBinary(16), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("report_uid", name=op.f("pk_tombstone")),
    )


def downgrade() -> None:
    """Refused: taking the tables away would make every sealed identity unreadable."""
    raise RuntimeError("the key store is never taken back: it holds the only keys")
