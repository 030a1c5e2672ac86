"""Agreeing on commissions, closing statements, correcting what was closed."""
