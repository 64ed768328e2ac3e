"""What every door shares: database session, access check, security headers, languages, errors, limits."""
