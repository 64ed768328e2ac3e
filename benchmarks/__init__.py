"""Measurements: one program for each question, run from the root; what they share is in `measuring`."""
