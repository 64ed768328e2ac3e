"""Mobile numbers of eleven digits, which got ten in 2018. Papers and phone books still have the old ones."""

_PAIRS = (
    "0162 032, 0163 033, 0164 034, 0165 035, 0166 036, 0167 037, 0168 038, 0169 039, 0120 070, 0121 079, 0122 077,"
    "0126 076, 0128 078, 0123 083, 0124 084, 0125 085, 0127 081, 0129 082, 0186 056, 0188 058, 0199 059"
)
_NEW = dict(pair.split() for pair in _PAIRS.split(","))
_OLD = {new: old for old, new in _NEW.items()}


def renewed(digits: str) -> str:
    """The number as it is since 2018; any other number as it is."""
    return _NEW.get(digits[:4], digits[:4]) + digits[4:] if len(digits) == 11 else digits


def former(digits: str) -> str:
    """What a number was until 2018; empty for one that had ten digits all along."""
    return _OLD[digits[:3]] + digits[3:] if len(digits) == 10 and digits[:3] in _OLD else ""
