"""The portal's own keys, read from the settings once and handed to whoever needs one."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Secrets:
    """Keys of this installation. `code_key` is never rotated (receipt codes are made from it)."""

    origin: str
    code_key: bytes = field(repr=False)
    ledger_seed: bytes = field(repr=False)
    notice_key: bytes = field(repr=False)
