"""Addresses of the setup door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "setup"
urlpatterns: list[URLPattern | URLResolver] = []
