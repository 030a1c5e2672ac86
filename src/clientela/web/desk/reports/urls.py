"""Addresses of the desk's reports; they stand below ``/desk/<business>/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
