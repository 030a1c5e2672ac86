"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class SalesConfig(AppConfig):
    """Selling at the desk: the sale form, the sale, what is to settle."""

    name = "clientela.web.desk.sales"
    label = "web_desk_sales"
