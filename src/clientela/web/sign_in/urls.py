"""Addresses of the sign in door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "sign_in"
urlpatterns: list[URLPattern | URLResolver] = []
