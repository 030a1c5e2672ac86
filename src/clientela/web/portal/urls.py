"""Addresses of the portal door: one appointment, by its secret link."""

from __future__ import annotations

from django.urls import path

from clientela.web.portal.appointment import (
    appointment,
    calendar_file,
    cancel,
    confirm,
    pay,
    reschedule,
)
from clientela.web.portal.booked import booked
from clientela.web.portal.why import why

app_name = "portal"
urlpatterns = [
    path("<slug:business>/booked/<str:token>/", booked, name="booked"),
    path("<slug:business>/a/<str:token>/", appointment, name="appointment"),
    path("<slug:business>/a/<str:token>/confirm/", confirm, name="confirm"),
    path("<slug:business>/a/<str:token>/move/", reschedule, name="reschedule"),
    path("<slug:business>/a/<str:token>/cancel/", cancel, name="cancel"),
    path("<slug:business>/a/<str:token>/pay/", pay, name="pay"),
    path("<slug:business>/a/<str:token>/why/", why, name="why"),
    path("<slug:business>/a/<str:token>/appointment.ics", calendar_file, name="calendar-file"),
]
