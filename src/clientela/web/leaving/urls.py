"""Addresses of the leaving room."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "leaving"
urlpatterns: list[URLPattern] = []
