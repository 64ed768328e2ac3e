"""Which cases only those who hold them may read, and the chief inspectors.

A denunciation's content is for those who handle it (Luật Tố cáo 25/2018/QH14 art. 8, 47-58); so is what weighs as much.
"""

from portal.catalogue.words import Track

SEVERE = 4


def is_restricted(track: Track, severity: int) -> bool:
    """Whether a category's cases are restricted: by the track that they can become, or by severity (1 to 5)."""
    return track is Track.DENUNCIATION or severity >= SEVERE
