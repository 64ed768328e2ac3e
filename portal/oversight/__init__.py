"""Exact figures for those who answer for the work. No way leads from here to a public page."""
