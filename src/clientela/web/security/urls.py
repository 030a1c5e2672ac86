"""Addresses of the security room, below ``client/``. The names are allauth's where its code reverses them."""

from __future__ import annotations

from allauth.socialaccount import views as social
from django.urls import path
from django.views.decorators.cache import never_cache

from clientela.web.security import app_codes, passkeys
from clientela.web.security.fresh import again_by_code
from clientela.web.security.overview import overview
from clientela.web.security.providers.connections import connections
from clientela.web.security.providers.views import cancelled, come_back, go
from clientela.web.security.second_step import AppCodeAgain, PasskeyAgain, second_step
from clientela.web.security.sessions import sessions
from clientela.web.still_you import fresh

offered = passkeys.offered

urlpatterns = [
    path("security/", overview, name="security"),
    path("security/", overview, name="mfa_index"),
    path("security/app/", never_cache(fresh(app_codes.turn_on)), name="mfa_activate_totp"),
    path("security/app/off/", fresh(app_codes.turn_off), name="mfa_deactivate_totp"),
    path("security/codes/", never_cache(app_codes.codes), name="mfa_view_recovery_codes"),
    path("security/codes/new/", fresh(app_codes.new_codes), name="mfa_generate_recovery_codes"),
    path(
        "security/codes/file/",
        never_cache(app_codes.codes_file),
        name="mfa_download_recovery_codes",
    ),
    path("security/passkeys/", passkeys.passkeys, name="mfa_list_webauthn"),
    path("security/passkeys/add/", fresh(offered(passkeys.add_passkey)), name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/", fresh(passkeys.rename_passkey), name="mfa_edit_webauthn"),
    path(
        "security/passkeys/<int:pk>/remove/",
        fresh(passkeys.remove_passkey),
        name="mfa_remove_webauthn",
    ),
    path("security/sessions/", sessions, name="usersessions_list"),
    path("security/connections/", connections, name="socialaccount_connections"),
    path("login/passkey", offered(passkeys.enter_with_passkey), name="mfa_login_webauthn"),
    path("login/second-step", second_step, name="mfa_authenticate"),
    path("login/again/app", AppCodeAgain.as_view(), name="mfa_reauthenticate"),
    path("login/again/passkey", PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("login/again/email", again_by_code, name="security_again"),
    path("with/cancelled/", cancelled, name="socialaccount_login_cancelled"),
    path("with/address/", social.signup, name="socialaccount_signup"),
    path("with/<slug:provider>/", never_cache(go), name="social_go"),
    path("with/<slug:provider>/back/", never_cache(come_back), name="social_return"),
]
