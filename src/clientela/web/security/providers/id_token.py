"""Reading an id token: a signed statement about who somebody is, made for us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

if TYPE_CHECKING:
    from collections.abc import Callable

# Signatures by a key pair only. "none", and keys that both sides know, would let anybody speak for the provider.
_ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "EdDSA",
)
_CLOCKS_DIFFER: Final = 60


def read_id_token(
    token: object, *, keys: Callable[[], Any], issuer: str, client_id: str
) -> dict[str, Any]:
    """Return the statements of a token that the issuer signed for this client and that still holds.

    Raises `OAuth2Error` for everything else: no token, another signature, issuer, audience or time.
    """
    if not isinstance(token, str):
        raise OAuth2Error("no id token")
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in _ALGORITHMS:
            raise OAuth2Error("signed in no way that counts")
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key(keys(), header.get("kid")),
            algorithms=list(_ALGORITHMS),
            audience=client_id,
            issuer=issuer,
            leeway=_CLOCKS_DIFFER,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except (jwt.PyJWTError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise OAuth2Error("not a token for us") from error
    _check_party(claims, client_id)
    return claims


def _key(documents: Any, kid: object) -> jwt.PyJWK:  # noqa: ANN401 -- JSON from elsewhere
    known = [one for one in documents["keys"] if one.get("use", "sig") == "sig"]
    fitting = [one for one in known if one.get("kid") == kid] if kid else known
    if len(fitting) != 1:
        raise OAuth2Error("no one key fits")
    return jwt.PyJWK(fitting[0])


def _check_party(claims: dict[str, Any], client_id: str) -> None:
    """A token for several is ours only if it says that it was given to us; an empty subject is nobody."""
    party = claims.get("azp")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (party is not None and party != client_id) or (several and party is None):
        raise OAuth2Error("given to somebody else")
    if not claims["sub"]:
        raise OAuth2Error("nobody")
