"""Addresses of the simulator door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "simulator"
urlpatterns: list[URLPattern | URLResolver] = []
