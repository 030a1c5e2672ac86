"""Addresses of the installable room."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "installable"
urlpatterns: list[URLPattern] = []
