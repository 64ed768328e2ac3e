"""ISO 7816-4 padding: a byte 0x80, then zeros. Sealed things of one kind then have one size."""

from portal.identity.errors import EnvelopeBroken

_MARK = b"\x80"


def padded(plain: bytes, block: int, overhead: int) -> bytes:
    """The text, padded so that with `overhead` more bytes it fills whole blocks."""
    whole = -(-(len(plain) + len(_MARK) + overhead) // block) * block
    return (plain + _MARK).ljust(whole - overhead, b"\x00")


def unpadded(plain: bytes) -> bytes:
    """The text before the padding. Raises EnvelopeBroken when there is none."""
    text, mark, zeros = plain.rpartition(_MARK)
    if not mark or zeros.strip(b"\x00"):
        raise EnvelopeBroken
    return text
