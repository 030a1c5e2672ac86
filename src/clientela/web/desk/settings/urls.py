"""Addresses of the settings, below ``<business>/settings/`` of the desk; names begin with ``settings``."""

from __future__ import annotations

from django.urls import path

from clientela.web.desk.settings.closing import closing
from clientela.web.desk.settings.closures import closures, forget_closure
from clientela.web.desk.settings.dates import dates, forget_date
from clientela.web.desk.settings.hours import hours, week
from clientela.web.desk.settings.index import settings
from clientela.web.desk.settings.invitations import invite, resend, withdraw
from clientela.web.desk.settings.locations import location, locations, new_location
from clientela.web.desk.settings.look import look
from clientela.web.desk.settings.messages.plan import messages
from clientela.web.desk.settings.messages.quiet import quiet
from clientela.web.desk.settings.messages.rule import new_rule, rule
from clientela.web.desk.settings.messages.texts import texts
from clientela.web.desk.settings.messages.words import words
from clientela.web.desk.settings.packages import (
    new_package,
    package,
    packages,
    put_away_package,
)
from clientela.web.desk.settings.payments import payments
from clientela.web.desk.settings.policies import policies
from clientela.web.desk.settings.preferences import preferences
from clientela.web.desk.settings.professionals import (
    new_professional,
    professional,
    professionals,
)
from clientela.web.desk.settings.rooms import new_room, room, rooms
from clientela.web.desk.settings.selling import sample_invoice, selling
from clientela.web.desk.settings.services import (
    bring_back,
    new_service,
    put_away,
    service,
    services,
)
from clientela.web.desk.settings.team import end, role, team
from clientela.web.desk.settings.time_off import forget_time_off, time_off

WORDS = "messages/words/<slug:rule>/<slug:language>/<slug:channel>/"
WEEK = "hours/<uuid:resource_id>/<uuid:location_id>/"

urlpatterns = [
    path("", settings, name="settings"),
    path("business/", look, name="settings-business"),
    path("closing/", closing, name="settings-closing"),
    path("locations/", locations, name="settings-locations"),
    path("locations/new/", new_location, name="settings-new-location"),
    path("locations/<uuid:location_id>/", location, name="settings-location"),
    path("services/", services, name="settings-services"),
    path("services/new/", new_service, name="settings-new-service"),
    path("services/<uuid:service_id>/", service, name="settings-service"),
    path("services/<uuid:service_id>/archive/", put_away, name="settings-archive-service"),
    path("services/<uuid:service_id>/offer/", bring_back, name="settings-offer-service"),
    path("rooms/", rooms, name="settings-rooms"),
    path("rooms/new/", new_room, name="settings-new-room"),
    path("rooms/<uuid:resource_id>/", room, name="settings-room"),
    path("professionals/", professionals, name="settings-professionals"),
    path("professionals/new/", new_professional, name="settings-new-professional"),
    path("professionals/<uuid:resource_id>/", professional, name="settings-professional"),
    path("hours/", hours, name="settings-hours"),
    path(WEEK, week, name="settings-week"),
    path(f"{WEEK}days/", dates, name="settings-dates"),
    path(f"{WEEK}days/forget/", forget_date, name="settings-forget-date"),
    path("time-off/", time_off, name="settings-time-off"),
    path("time-off/<uuid:time_off_id>/remove/", forget_time_off, name="settings-forget-time-off"),
    path("closures/", closures, name="settings-closures"),
    path("closures/<uuid:closure_id>/remove/", forget_closure, name="settings-forget-closure"),
    path("packages/", packages, name="settings-packages"),
    path("packages/new/", new_package, name="settings-new-package"),
    path("packages/<uuid:package_id>/", package, name="settings-package"),
    path("packages/<uuid:package_id>/archive/", put_away_package, name="settings-archive-package"),
    path("selling/", selling, name="settings-selling"),
    path("selling/sample.pdf", sample_invoice, name="settings-sample-invoice"),
    path("payments/", payments, name="settings-payments"),
    path("policies/", policies, name="settings-policies"),
    path("preferences/", preferences, name="settings-preferences"),
    path("messages/", messages, name="settings-messages"),
    path("messages/rule/new/", new_rule, name="settings-new-message-rule"),
    path("messages/rule/", rule, name="settings-message-rule"),
    path("messages/quiet/", quiet, name="settings-quiet-hours"),
    path(WORDS, words, name="settings-message-words"),
    path("texts/", texts, name="settings-texts"),
    path("team/", team, name="settings-team"),
    path("team/invite/", invite, name="settings-invite"),
    path("team/<uuid:membership_id>/", role, name="settings-role"),
    path("team/<uuid:membership_id>/end/", end, name="settings-end"),
    path("team/invitations/<uuid:invitation_id>/resend/", resend, name="settings-resend"),
    path("team/invitations/<uuid:invitation_id>/withdraw/", withdraw, name="settings-withdraw"),
]
