"""Addresses of the simulator door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clientela.web.simulator import faults, inbox, parts, pay, pushes, texts

app_name = "simulator"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", inbox.home, name="home"),
    path("texts/", texts.texts, name="texts"),
    path("pushes/", pushes.pushes, name="pushes"),
    path("faults/", faults.faults, name="faults"),
    path("payment/<slug:page_ref>/", pay.pay, name="pay"),
    path("<uuid:mail_id>/", inbox.mail, name="mail"),
    path("<uuid:mail_id>/html/", parts.html, name="html"),
    path("<uuid:mail_id>/appointment.ics", parts.calendar, name="calendar"),
    path("<uuid:mail_id>/source/", parts.source, name="source"),
]
