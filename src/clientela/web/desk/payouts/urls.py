"""Addresses of markers and payouts; they stand below ``/desk/<business>/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clientela.web.desk.payouts.marker import answer, appointment_marker, withdraw
from clientela.web.desk.payouts.open_period import close, open_period
from clientela.web.desk.payouts.overview import payouts
from clientela.web.desk.payouts.settings import settings_payouts
from clientela.web.desk.payouts.statement import statement, statement_file

MARKER = "appointments/<uuid:appointment_id>/marker/"
STATEMENT = "payouts/statements/<uuid:statement_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(MARKER, appointment_marker, name="appointment-marker"),
    path(f"{MARKER}answer/", answer, name="marker-answer"),
    path(f"{MARKER}withdraw/", withdraw, name="marker-withdraw"),
    path("payouts/", payouts, name="payouts"),
    path("payouts/<uuid:professional_id>/", open_period, name="payouts-open"),
    path("payouts/<uuid:professional_id>/close/", close, name="payouts-close"),
    path(f"{STATEMENT}/", statement, name="payouts-statement"),
    path(f"{STATEMENT}.csv", statement_file, name="payouts-statement-file"),
    path("settings/payouts/", settings_payouts, name="settings-payouts"),
]
