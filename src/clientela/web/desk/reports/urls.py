"""Addresses of the desk's reports; they stand below ``/desk/<business>/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clientela.web.desk.reports.credits_left import credits_left, credits_left_file
from clientela.web.desk.reports.index import reports
from clientela.web.desk.reports.outstanding import outstanding, outstanding_file
from clientela.web.desk.reports.takings import takings, takings_file
from clientela.web.desk.reports.unredeemed import unredeemed, unredeemed_file

urlpatterns: list[URLPattern | URLResolver] = [
    path("", reports, name="reports"),
    path("takings/", takings, name="report-takings"),
    path("takings.csv", takings_file, name="report-takings-file"),
    path("outstanding/", outstanding, name="report-outstanding"),
    path("outstanding.csv", outstanding_file, name="report-outstanding-file"),
    path("unredeemed/", unredeemed, name="report-unredeemed"),
    path("unredeemed.csv", unredeemed_file, name="report-unredeemed-file"),
    path("credits/", credits_left, name="report-credits"),
    path("credits.csv", credits_left_file, name="report-credits-file"),
]
