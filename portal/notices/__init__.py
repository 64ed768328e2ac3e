"""Telling people that there is news: bland words, no case content, no code."""
