"""Papers that people keep: receipts, later letters and reports, set as accessible PDF."""
