"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DiagnosisConfig(AppConfig):
    """Why a client did not get a message: asked at the desk, with the ways out."""

    name = "clientela.web.desk.diagnosis"
    label = "web_desk_diagnosis"
