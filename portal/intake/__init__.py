"""From what somebody typed to a complete filing: drafts, completeness rules, submission."""
