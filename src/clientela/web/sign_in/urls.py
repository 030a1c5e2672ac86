"""Addresses of the log-in, below ``client/``. Views are allauth's or ours, under the route names its code reverses."""

from __future__ import annotations

from allauth.account import views
from django.urls import path, re_path

from clientela.web.sign_in import login, passwords
from clientela.web.sign_in.closed import closed
from clientela.web.sign_in.old_addresses import without_slash
from clientela.web.sign_in.sign_up import look_in_mailbox, sign_up
from clientela.web.sign_in.verify import verify

urlpatterns = [
    path("login", login.login, name="account_login"),
    path("login/code", login.code_mail, name="account_request_login_code"),
    path("login/code/enter", login.code, name="account_confirm_login_code"),
    path("login/again", login.again, name="account_reauthenticate"),
    path("login/closed", views.account_inactive, name="account_inactive"),
    path("logout", login.logout, name="account_logout"),
    path("password", passwords.change, name="account_change_password"),
    path("password/forgotten", passwords.forgotten, name="account_reset_password"),
    path("password/forgotten/sent", views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/forgotten/done",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        passwords.reset,
        name="account_reset_password_from_key",
    ),
    path("create-account", sign_up, name="account_signup"),
    path("verify", look_in_mailbox, name="account_email_verification_sent"),
    path("verify/<str:key>", verify, name="account_confirm_email"),
    path("password/set", passwords.first, name="account_set_password"),
    path("email", closed, name="account_email"),
    # People type a slash, and mail readers cut one off: both lead to the one address.
    re_path(
        r"^(?P<page>login(?:/code(?:/enter)?|/again|/closed)?|logout|create-account|verify(?:/[^/]+)?"
        r"|password(?:/set|/forgotten(?:/[^/]+)?)?)/$",
        without_slash,
        name="account_without_slash",
    ),
]
