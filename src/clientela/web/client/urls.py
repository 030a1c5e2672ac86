"""Addresses of the client room."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "client"
urlpatterns: list[URLPattern] = []
