"""Addresses of the desk's diagnosis; they stand below ``/desk/<business>/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clientela.web.desk.diagnosis.fix import fix
from clientela.web.desk.diagnosis.page import diagnose, diagnose_client

urlpatterns: list[URLPattern | URLResolver] = [
    path("appointments/<uuid:appointment_id>/diagnose/", diagnose, name="diagnose"),
    path("clients/<uuid:client_id>/diagnose/", diagnose_client, name="diagnose-client"),
    path("clients/<uuid:client_id>/diagnose/fix/", fix, name="diagnose-fix"),
]
