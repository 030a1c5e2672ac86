"""Addresses of the pay door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "pay"
urlpatterns: list[URLPattern | URLResolver] = []
