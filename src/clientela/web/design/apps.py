"""The Django app of the design system; it has no models."""

from __future__ import annotations

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Templates, static files, icons and the `design` template library."""

    name = "clientela.web.design"
    label = "design"
