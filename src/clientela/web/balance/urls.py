"""Addresses of the balance door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "balance"
urlpatterns: list[URLPattern | URLResolver] = []
