"""Addresses of the desk door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from clientela.web.desk.appointment.doing import act
from clientela.web.desk.appointment.hide import hide
from clientela.web.desk.appointment.leave import cancel, decline
from clientela.web.desk.appointment.move import move
from clientela.web.desk.appointment.note import note
from clientela.web.desk.appointment.panel import appointment
from clientela.web.desk.appointment.settle_message import settle_message
from clientela.web.desk.book.page import find_client
from clientela.web.desk.book.take import book
from clientela.web.desk.calendar.page import calendar
from clientela.web.desk.clients.account import login_email, welcome
from clientela.web.desk.clients.card import accounting, client, history, messages
from clientela.web.desk.clients.listing import clients
from clientela.web.desk.clients.new import new_client
from clientela.web.desk.clients.profile import add_contact, profile, remove_contact
from clientela.web.desk.home import home
from clientela.web.desk.sessions.new import new_session
from clientela.web.desk.sessions.page import cancel as cancel_session, session

APPOINTMENT = "<slug:business>/appointments/<uuid:appointment_id>/"
CLIENT = "<slug:business>/clients/<uuid:client_id>/"
SESSION = "<slug:business>/sessions/<uuid:session_id>/"

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("<slug:business>/", calendar, name="calendar"),
    path("<slug:business>/book/", book, name="book"),
    path("<slug:business>/book/find/", find_client, name="find-client"),
    path(APPOINTMENT, appointment, name="appointment"),
    path(f"{APPOINTMENT}move/", move, name="move"),
    path(f"{APPOINTMENT}cancel/", cancel, name="cancel"),
    path(f"{APPOINTMENT}decline/", decline, name="decline"),
    path(f"{APPOINTMENT}hide/", hide, name="hide"),
    path(f"{APPOINTMENT}note/", note, name="note"),
    path(f"{APPOINTMENT}messages/<uuid:message_id>/", settle_message, name="settle-message"),
    path(f"{APPOINTMENT}act/<slug:doing>/", act, name="act"),
    path("<slug:business>/sessions/new/", new_session, name="new-session"),
    path(SESSION, session, name="session"),
    path(f"{SESSION}cancel/", cancel_session, name="cancel-session"),
    path("<slug:business>/clients/", clients, name="clients"),
    path("<slug:business>/clients/new/", new_client, name="new-client"),
    path(CLIENT, client, name="client"),
    path(f"{CLIENT}profile/", profile, name="client-profile"),
    path(f"{CLIENT}account/", login_email, name="client-login-email"),
    path(f"{CLIENT}welcome/", welcome, name="client-welcome"),
    path(f"{CLIENT}accounting/", accounting, name="client-accounting"),
    path(f"{CLIENT}messages/", messages, name="client-messages"),
    path(f"{CLIENT}history/", history, name="client-history"),
    path(f"{CLIENT}contacts/", add_contact, name="add-contact"),
    path(f"{CLIENT}contacts/<uuid:contact_id>/remove/", remove_contact, name="remove-contact"),
    path("<slug:business>/", include("clientela.web.desk.sales.urls")),
    path("<slug:business>/", include("clientela.web.desk.messages.urls")),
    path("<slug:business>/", include("clientela.web.desk.absorbing.urls")),
    path("<slug:business>/", include("clientela.web.desk.diagnosis.urls")),
    path("<slug:business>/", include("clientela.web.desk.duplicates.urls")),
    path("<slug:business>/", include("clientela.web.desk.waiting_list.urls")),
    path("<slug:business>/", include("clientela.web.desk.payouts.urls")),
    path("<slug:business>/reports/", include("clientela.web.desk.reports.urls")),
    path("<slug:business>/settings/", include("clientela.web.desk.settings.urls")),
]
