"""An installation without a web server: database, key store and keys, for tests with real transactions."""

import sys
from pathlib import Path

from sqlalchemy.orm import Session

from portal.cases.filing import Filing
from portal.foundation.database import make_engine
from portal.foundation.installation import Secrets
from portal.identity.keystore import open_key_store
from portal.intake.submission import DraftRef, FiledReceipt, file_report
from portal.reactions import react
from tests.makers.settings import CODE_KEY, LEDGER_SEED, NOTICE_KEY, ORIGIN, environment

SECRETS = Secrets(origin=ORIGIN, code_key=CODE_KEY, ledger_seed=LEDGER_SEED, notice_key=NOTICE_KEY)
KEY = "an idempotency key of a test"


class Committed:
    """Database and key store of one test."""

    def __init__(self, url: str, keys_url: str, folder: Path) -> None:
        self.url, self.keys_url, self.folder = url, keys_url, folder
        self.engine = make_engine(url)
        self.key_store = open_key_store(keys_url)
        self.secrets = SECRETS

    def session(self) -> Session:
        """A new session, as the web framework makes them."""
        return Session(self.engine, expire_on_commit=False, info={"react": react})

    def file(self, filing: Filing, key: str = KEY, draft: DraftRef | None = None) -> FiledReceipt:
        """Files by the real submission, in a session of its own."""
        with self.session() as session:
            return file_report(session, self.key_store, self.secrets, filing, key, draft)

    def process(self, program: str) -> list[str]:
        """The command of another Python process that runs a program of the tests."""
        return [sys.executable, "-m", program]

    def environment(self, **more: str) -> dict[str, str]:
        """What such a process, or an application over the same databases, is told."""
        return environment(self.folder, self.url, self.keys_url, **more)

    def close(self) -> None:
        """Gives the connections back."""
        self.engine.dispose()
        self.key_store.close()
