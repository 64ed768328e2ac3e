"""What the portal knows of the administration: bodies, procedures, categories, time limits, working days."""
