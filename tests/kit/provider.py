"""A provider of our own: an OpenID Connect server (and, on the side, a Facebook) in a thread, for tests.

It keeps the rules of the protocol (one use per code, PKCE, the registered redirect address, client
authentication), so that a journey through it proves that we keep them too; and it lies on request.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "clientela-test"
SECRET = "the provider's secret for clientela"


@dataclass
class Person:
    """Whoever sits at the provider. Everything but ``sub`` may change there."""

    sub: str = "person-1"
    email: str = "ana@example.com"
    email_verified: Any = True
    name: str = "Ana Prueba"
    preferred_username: str = "ana"
    more: dict[str, Any] = field(default_factory=dict)

    def claims(self) -> dict[str, Any]:
        """What the provider says of them."""
        said = {
            "sub": self.sub,
            "email": self.email,
            "email_verified": self.email_verified,
            "name": self.name,
            "preferred_username": self.preferred_username,
            **self.more,
        }
        return {name: value for name, value in said.items() if value is not None}


@dataclass
class Lie:
    """How the provider departs from the protocol. Each field is one lie."""

    claims: dict[str, Any] = field(default_factory=dict)  # over the true ones, in the id token
    algorithm: str = "RS256"
    other_key: bool = False
    no_token: bool = False
    issuer_in_document: str = ""
    userinfo_sub: str = ""
    email_only_in_userinfo: bool = False
    reuses_codes: bool = False
    says_iss: bool = False


class Provider:
    """The server's state, and the hand of the person who sits before it."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.foreign = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person = Person()
        self.lie = Lie()
        self.codes: dict[str, dict[str, Any]] = {}
        self.tokens: dict[str, Person] = {}
        self.asked: list[str] = []
        self.url = ""

    def settings(self, **more: Any) -> dict[str, Any]:
        """Its line in ``SOCIAL_PROVIDERS``."""
        line = {
            "key": "own",
            "kind": "oidc",
            "name": "Test House",
            "client_id": CLIENT,
            "secret": SECRET,
            "issuer": self.url,
            "proves_email": "always",
        }
        return line | more

    def approve(self, authorize_url: str, **more: str) -> str:
        """Say yes at the provider: take the address we were sent to, give the one we are sent back to."""
        asked = dict(parse_qsl(urlsplit(authorize_url).query))
        code = secrets.token_urlsafe(12)
        self.codes[code] = asked | {"person": self.person}
        back = {"code": code, "state": asked.get("state", "")}
        if self.lie.says_iss:
            back["iss"] = self.url
        return f"{asked['redirect_uri']}?{urlencode(back | more)}"

    def exchange(self, given: dict[str, str]) -> dict[str, Any] | None:
        """A code for tokens, if everything fits."""
        code = given.get("code", "")
        known = self.codes.get(code) if self.lie.reuses_codes else self.codes.pop(code, None)
        if known is None or given.get("redirect_uri") != known["redirect_uri"]:
            return None
        challenge = base64.urlsafe_b64encode(
            hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        )
        if challenge.rstrip(b"=").decode() != known.get("code_challenge"):
            return None
        token = secrets.token_urlsafe(12)
        self.tokens[token] = known["person"]
        answer = {"access_token": token, "token_type": "Bearer", "expires_in": 300}
        if not self.lie.no_token:
            answer["id_token"] = self.sign(known)
        return answer

    def sign(self, asked: dict[str, Any]) -> str:
        """The id token for one log-in."""
        now = int(time.time())  # noqa: TID251 -- a provider goes by its own clock
        person: Person = asked["person"]
        said = person.claims()
        if self.lie.email_only_in_userinfo:
            said = {"sub": person.sub}
        claims = {
            "iss": self.url,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce"),
            **said,
            **self.lie.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.lie.algorithm == "none":
            return jwt.encode(claims, key=None, algorithm="none", headers={"kid": "one"})
        if self.lie.algorithm.startswith("HS"):
            return jwt.encode(claims, SECRET, algorithm=self.lie.algorithm, headers={"kid": "one"})
        key = self.foreign if self.lie.other_key else self.key
        return jwt.encode(claims, key, algorithm=self.lie.algorithm, headers={"kid": "one"})

    def document(self) -> dict[str, Any]:
        """Where its doors are."""
        return {
            "issuer": self.lie.issuer_in_document or self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/me-oidc",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "authorization_response_iss_parameter_supported": self.lie.says_iss,
        }

    def keys(self) -> dict[str, Any]:
        """Its public key."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}

    def of_token(self, header: str) -> Person | None:
        """Whose an access token is."""
        return self.tokens.get(header.removeprefix("Bearer "))


class _Door(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:  # noqa: PLR0911 -- a line for each door
        provider, path = self.provider, urlsplit(self.path)
        provider.asked.append(self.path)
        if path.path == "/.well-known/openid-configuration":
            return self._say(provider.document())
        if path.path == "/keys":
            return self._say(provider.keys())
        if path.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", provider.approve(self.path))
            self.end_headers()
            return None
        person = provider.of_token(self.headers.get("Authorization", ""))
        if person is None:
            return self._say({"error": "invalid_token"}, status=401)
        if path.path == "/me-oidc":
            said = person.claims()
            if provider.lie.userinfo_sub:
                said["sub"] = provider.lie.userinfo_sub
            return self._say(said)
        if path.path == "/me":
            return self._say({"id": person.sub, "name": person.name, "email": person.email})
        return self._say({}, status=404)

    def do_POST(self) -> None:
        self.provider.asked.append(self.path)
        length = int(self.headers.get("Content-Length", 0))
        given = dict(parse_qsl(self.rfile.read(length).decode()))
        ours = given.get("client_id") == CLIENT and given.get("client_secret") == SECRET
        answer = self.provider.exchange(given) if ours else None
        if answer is None:
            return self._say({"error": "invalid_grant"}, status=400)
        return self._say(answer)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class's name
        """Say nothing."""

    def _say(self, document: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Open its doors on a free port of this machine, and close them at the end."""
    provider = Provider()
    door = type("Door", (_Door,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), door)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
