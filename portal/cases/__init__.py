"""The handling of reports: the centre of the portal."""
