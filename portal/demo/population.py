"""How many people live in each district, in thousands (census of 2019): where many live, many report."""

DISTRICTS: dict[str, int] = {
    "H-TK": 122,
    "H-HA": 98,
    "H-TG": 20,
    "H-DG": 26,
    "H-DL": 146,
    "H-DB": 226,
    "H-DX": 126,
    "H-QS": 82,
    "H-NG": 26,
    "H-PS": 26,
    "H-HD": 41,
    "H-TB": 180,
    "H-TP": 66,
    "H-BTM": 42,
    "H-NTM": 32,
    "H-NT": 147,
    "H-PN": 71,
    "H-NS": 28,
}
AVERAGE = 60  # of a district that is not listed (another tree)
