"""${message}."""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """${message}."""
    ${upgrades if upgrades else ""}


def downgrade() -> None:
    """Refused: the key store is never taken back."""
    raise RuntimeError("the key store is never taken back: it holds the only keys")
