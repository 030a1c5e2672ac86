"""Addresses of set-up."""

from __future__ import annotations

from django.urls import path

from clientela.web.setup import done, found, hours, invite, service, start

app_name = "setup"
urlpatterns = [
    path("", start.start, name="start"),
    path("business/", found.found, name="business"),
    path("<slug:business>/hours/", hours.hours, name="hours"),
    path("<slug:business>/service/", service.service, name="service"),
    path("<slug:business>/invite/", invite.invite, name="invite"),
    path("<slug:business>/done/", done.done, name="done"),
]
