"""Addresses of the client room."""

from __future__ import annotations

from django.urls import path

from clientela.web.client.activate import activate
from clientela.web.client.address_links import prove_address, undo_address
from clientela.web.client.addresses import (
    add_address,
    addresses,
    primary_address,
    remove_address,
)
from clientela.web.client.again import again
from clientela.web.client.appointment import (
    appointment,
    calendar_file,
    cancel,
    confirm,
    delete,
    move,
)
from clientela.web.client.calendar import calendar, end_feed, renew_feed
from clientela.web.client.card_question import card_question
from clientela.web.client.feed import feed
from clientela.web.client.home import home
from clientela.web.client.household import (
    ask as ask_household,
    child,
    household,
    leave,
    permissions,
    withdraw,
)
from clientela.web.client.household_invitation import household_invitation
from clientela.web.client.messages import messages
from clientela.web.client.not_me import not_me
from clientela.web.client.profile import profile
from clientela.web.client.push_devices import push_devices
from clientela.web.client.requests import requests, withdraw as withdraw_request
from clientela.web.client.stop import stop
from clientela.web.client.two_accounts import (
    ask,
    confirm as confirm_codes,
    refuse,
    two_accounts,
    undo,
)
from clientela.web.client.welcome import welcome
from clientela.web.client.why import appointment_why, why

app_name = "client"
_ONE = "client/appointments/<uuid:appointment_id>/"
urlpatterns = [
    path("client/", home, name="home"),
    path("client/activate", activate, name="activate"),
    path(_ONE, appointment, name="appointment"),
    path(f"{_ONE}confirm", confirm, name="confirm"),
    path(f"{_ONE}move", move, name="move"),
    path(f"{_ONE}cancel", cancel, name="cancel"),
    path(f"{_ONE}delete", delete, name="delete"),
    path(f"{_ONE}again", again, name="again"),
    path(f"{_ONE}why", appointment_why, name="appointment-why"),
    path(f"{_ONE}appointment.ics", calendar_file, name="calendar-file"),
    path("client/cards/<uuid:card_id>", card_question, name="card-question"),
    path("client/profile", profile, name="profile"),
    path("client/addresses", addresses, name="addresses"),
    path("client/addresses/add", add_address, name="add-address"),
    path("client/addresses/primary", primary_address, name="primary-address"),
    path("client/addresses/remove", remove_address, name="remove-address"),
    path("client/address/<str:token>", prove_address, name="prove-address"),
    path("client/address/undo/<str:token>", undo_address, name="undo-address"),
    path("client/two-accounts", two_accounts, name="two-accounts"),
    path("client/two-accounts/ask", ask, name="ask-join"),
    path("client/two-accounts/confirm", confirm_codes, name="confirm-join"),
    path("client/two-accounts/refuse/<str:token>", refuse, name="refuse-join"),
    path("client/two-accounts/undo/<str:token>", undo, name="undo-join"),
    path("client/household/", household, name="household"),
    path("client/household/ask", ask_household, name="household-ask"),
    path("client/household/withdraw", withdraw, name="household-withdraw"),
    path("client/household/permissions", permissions, name="household-permissions"),
    path("client/household/leave", leave, name="household-leave"),
    path("client/household/child", child, name="household-child"),
    path(
        "client/household/invitation/<str:token>/",
        household_invitation,
        name="household-invitation",
    ),
    path("client/requests/", requests, name="requests"),
    path("client/requests/withdraw", withdraw_request, name="withdraw-request"),
    path("client/not-me/<str:token>/", not_me, name="not-me"),
    path("client/messages", messages, name="messages"),
    path("client/messages/why", why, name="why"),
    path("client/messages/devices/", push_devices, name="push-devices"),
    path("client/calendar", calendar, name="calendar"),
    path("client/calendar/renew", renew_feed, name="renew-feed"),
    path("client/calendar/end", end_feed, name="end-feed"),
    path("calendar/<str:token>.ics", feed, name="feed"),
    path("<slug:business>/messages/<str:token>/", stop, name="stop"),
    path("<slug:business>/welcome/<str:token>/", welcome, name="welcome"),
]
