"""Addresses of signing in. The views are allauth's, under its own route names, which its code reverses."""

from __future__ import annotations

from allauth.account import views
from django.urls import path, re_path

from clientela.web.sign_in.closed import closed
from clientela.web.sign_in.invitation import invitation

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-in/code/", views.request_login_code, name="account_request_login_code"),
    path("sign-in/code/enter/", views.confirm_login_code, name="account_confirm_login_code"),
    path("sign-out/", views.logout, name="account_logout"),
    path("sign-in/inactive/", views.account_inactive, name="account_inactive"),
    path("sign-in/again/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/sent/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("<slug:business>/invitation/<str:token>/", invitation, name="invitation"),
    # allauth reverses these names; until people may sign up alone they answer "not found".
    path("sign-in/sign-up/", closed, name="account_signup"),
    path("sign-in/verify/", closed, name="account_email_verification_sent"),
    path("sign-in/verify/<str:key>/", closed, name="account_confirm_email"),
    path("password/set/", closed, name="account_set_password"),
    path("sign-in/email/", closed, name="account_email"),
]
