"""What knows no domain: database, time, codes, text, errors. Imports nothing else of the portal."""
