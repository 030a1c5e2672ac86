"""Addresses of signing in below ``desk/``: invitations, and those that were there before the one door."""

from __future__ import annotations

from django.urls import path

from clientela.web.sign_in.invitation import invitation
from clientela.web.sign_in.old_addresses import desk_reset, desk_sign_in

urlpatterns = [
    path("sign-in/", desk_sign_in, name="desk_sign_in"),
    path("password/reset/", desk_reset, name="desk_reset_password"),
    path("<slug:business>/invitation/<str:token>/", invitation, name="invitation"),
]
