"""Addresses of the booking page door."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from clientela.web.booking_page.email_check import email_check
from clientela.web.booking_page.home import home
from clientela.web.booking_page.page import page
from clientela.web.booking_page.waiting.entry import entry
from clientela.web.booking_page.waiting.join import joined, waiting

app_name = "booking_page"
urlpatterns = [
    path("", home, name="home"),
    path("language/", set_language, name="language"),
    path("<slug:business>/", page, name="business"),
    path("<slug:business>/email-check/", email_check, name="email-check"),
    path("<slug:business>/waiting/", waiting, name="waiting"),
    path("<slug:business>/waiting/joined/", joined, name="waiting-joined"),
    path("<slug:business>/waiting/<str:token>/", entry, name="waiting-entry"),
]
