"""Runs the key store's migrations on the connection that `upgrade_key_store` hands over, and only so."""

from alembic import context

from portal.identity.keystore import metadata
from portal.identity.keystore_schema import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
    compare_type=True,
)
context.run_migrations()
