"""Addresses of the log-in, below ``client/``. Views are allauth's or ours, under the route names its code reverses."""

from __future__ import annotations

from allauth.account import views
from django.urls import path, re_path

from clientela.web.sign_in.closed import closed
from clientela.web.sign_in.old_addresses import without_slash

urlpatterns = [
    path("login", views.login, name="account_login"),
    path("login/code", views.request_login_code, name="account_request_login_code"),
    path("login/code/enter", views.confirm_login_code, name="account_confirm_login_code"),
    path("login/again", views.reauthenticate, name="account_reauthenticate"),
    path("login/closed", views.account_inactive, name="account_inactive"),
    path("logout", views.logout, name="account_logout"),
    path("password", views.password_change, name="account_change_password"),
    path("password/forgotten", views.password_reset, name="account_reset_password"),
    path("password/forgotten/sent", views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/forgotten/done",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("create-account", closed, name="account_signup"),
    path("verify", closed, name="account_email_verification_sent"),
    path("verify/<str:key>", closed, name="account_confirm_email"),
    path("password/set", closed, name="account_set_password"),
    path("email", closed, name="account_email"),
    # People type a slash, and mail readers cut one off: both lead to the one address.
    re_path(
        r"^(?P<page>login(?:/code(?:/enter)?|/again|/closed)?|logout|create-account|verify(?:/[^/]+)?"
        r"|password(?:/set|/forgotten(?:/[^/]+)?)?)/$",
        without_slash,
        name="account_without_slash",
    ),
]
