"""Addresses of the operator door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "operator"
urlpatterns: list[URLPattern | URLResolver] = []
