"""Other places where people have an account that they may sign in with: read from the environment."""

from __future__ import annotations

from typing import Any, Final

from environs import Env

GOOGLE: Final = "https://accounts.google.com"


def social_providers(env: Env) -> list[dict[str, Any]]:
    """The providers the operator has configured, in the order in which their buttons stand.

    ``key`` is the word in the address, ``kind`` says how it is spoken to (``oidc`` or ``facebook``), ``issuer``
    is the one place whose signatures count. ``proves_email`` says which addresses it may vouch for:
    ``google`` (only those Google itself hands out), ``always`` (if it calls them verified) or ``never``.
    """
    found: list[dict[str, Any]] = []
    if google := env.str("CLIENTELA_GOOGLE_ID", ""):
        found.append(
            _provider("google", "oidc", "Google", google, env.str("CLIENTELA_GOOGLE_SECRET", ""))
            | {"issuer": GOOGLE, "proves_email": "google"}
        )
    if facebook := env.str("CLIENTELA_FACEBOOK_ID", ""):
        secret = env.str("CLIENTELA_FACEBOOK_SECRET", "")
        found.append(_provider("facebook", "facebook", "Facebook", facebook, secret))
    issuer = env.str("CLIENTELA_OIDC_URL", "").rstrip("/")
    if issuer and (own := env.str("CLIENTELA_OIDC_ID", "")):
        name = env.str("CLIENTELA_OIDC_NAME", "") or issuer.split("://", 1)[-1]
        vouches = env.bool("CLIENTELA_OIDC_PROVES_EMAIL", False)
        found.append(
            _provider("own", "oidc", name, own, env.str("CLIENTELA_OIDC_SECRET", ""))
            | {"issuer": issuer, "proves_email": "always" if vouches else "never"}
        )
    return found


def _provider(key: str, kind: str, name: str, client_id: str, secret: str) -> dict[str, Any]:
    return {
        "key": key,
        "kind": kind,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "issuer": "",
        "proves_email": "never",
    }
