"""Finding cases by words: one document a case and audience, so that nobody finds by a word they may not read."""
