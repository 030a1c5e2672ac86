"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The desk's reports: drawn, and as CSV."""

    name = "clientela.web.desk.reports"
    label = "web_desk_reports"
