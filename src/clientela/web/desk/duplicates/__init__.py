"""Cards that may be one person: shown at the desk with why, decided by staff."""
