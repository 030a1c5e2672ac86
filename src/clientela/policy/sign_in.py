"""Policy of the sign in door."""

from __future__ import annotations

from clientela.policy.rule import Audience, ObjectRule, Rule, Scope, by_link, public

_FORM = public(post=True, scope=Scope.NONE)
_PAGE = public(scope=Scope.NONE)
_OWN = Rule(
    audience=frozenset({Audience.ACCOUNT}),
    scope=Scope.ACCOUNT,
    objects=ObjectRule.OWN,
    methods=frozenset({"GET", "HEAD", "POST"}),
)

ROUTES: dict[str, Rule] = {
    "account_login": _FORM,
    "account_request_login_code": _FORM,
    "account_confirm_login_code": _FORM,
    "account_logout": _FORM,
    "account_inactive": _PAGE,
    "account_reauthenticate": _OWN,
    "account_change_password": _OWN,
    "account_reset_password": _FORM,
    "account_reset_password_done": _PAGE,
    "account_reset_password_from_key": _FORM,
    "account_reset_password_from_key_done": _PAGE,
    "account_without_slash": _PAGE,
    "desk_sign_in": _PAGE,
    "desk_reset_password": _PAGE,
    "invitation": by_link(post=True),
    "account_signup": _FORM,
    "account_email_verification_sent": _PAGE,
    "account_confirm_email": _FORM,
    "account_set_password": _OWN,
    "account_email": _PAGE,
}
