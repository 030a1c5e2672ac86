"""Policy of the security room."""

from __future__ import annotations

from dataclasses import replace

from clientela.policy.rule import Rule, Scope, own, public

_PAGE = own(wants_activation=False)
_FORM = own(post=True, wants_activation=False)
# Before anybody is let in: the first proof was given, or is being given elsewhere.
_STEP = public(post=True, scope=Scope.NONE)
_SHOWN = public(scope=Scope.NONE)

ROUTES: dict[str, Rule] = {
    "security": _PAGE,
    "mfa_index": _PAGE,
    "mfa_activate_totp": _FORM,
    "mfa_deactivate_totp": _FORM,
    "mfa_view_recovery_codes": _PAGE,
    "mfa_generate_recovery_codes": _FORM,
    "mfa_download_recovery_codes": _PAGE,
    "mfa_list_webauthn": _PAGE,
    "mfa_add_webauthn": _FORM,
    "mfa_edit_webauthn": _FORM,
    "mfa_remove_webauthn": _FORM,
    "usersessions_list": _FORM,
    "socialaccount_connections": _FORM,
    "mfa_reauthenticate": _FORM,
    "mfa_reauthenticate_webauthn": _FORM,
    "security_again": _FORM,
    "mfa_login_webauthn": _STEP,
    "mfa_authenticate": _STEP,
    "socialaccount_login_cancelled": _SHOWN,
    "socialaccount_signup": _STEP,
    "social_go": replace(_STEP, methods=frozenset({"POST"})),
    "social_return": _SHOWN,
}
