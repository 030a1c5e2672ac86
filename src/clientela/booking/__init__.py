"""Appointments and what they occupy."""
