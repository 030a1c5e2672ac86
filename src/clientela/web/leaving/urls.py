"""Addresses of the leaving room."""

from __future__ import annotations

from django.urls import path

from clientela.web.leaving.data import data, file
from clientela.web.leaving.erase import erase, erased

app_name = "leaving"
urlpatterns = [
    path("data", data, name="data"),
    path("data/<str:name>", file, name="file"),
    path("erase", erase, name="erase"),
    path("erased", erased, name="erased"),
]
