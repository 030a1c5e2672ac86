"""Providers that carry mail by an API of their own and tell afterwards what became of it: read from the environment.

django-anymail speaks to all of them. The table says by which names it asks for each one's keys, and whether the
provider signs its news; one that does not must bring a name and password in the address it posts to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from environs import Env

# Connecting, and waiting for the answer: a whole batch that waits fits into its lease.
TIMEOUT_SECONDS: Final = (5, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailProvider:
    """One provider. The names are anymail's settings, without the provider's own in front.

    ``news_key`` is blank for one that does not sign its news.
    """

    key: str
    second_key: str = ""
    news_key: str = ""


PROVIDERS: Final = {
    "brevo": MailProvider(key="API_KEY"),
    "mailersend": MailProvider(key="API_TOKEN", news_key="SIGNING_SECRET"),
    "mailgun": MailProvider(key="API_KEY", news_key="WEBHOOK_SIGNING_KEY"),
    "mailjet": MailProvider(key="API_KEY", second_key="SECRET_KEY"),
    "postmark": MailProvider(key="SERVER_TOKEN"),
    "sendgrid": MailProvider(key="API_KEY", news_key="TRACKING_WEBHOOK_VERIFICATION_KEY"),
    "sparkpost": MailProvider(key="API_KEY"),
}


def mail_provider(env: Env) -> str:
    """Return the provider's name; blank if none is set. Raises for a name that is not in the table."""
    name: str = env.str("CLIENTELA_MAIL_PROVIDER", "").lower()
    if name and name not in PROVIDERS:
        message = f"CLIENTELA_MAIL_PROVIDER: {name!r} is none of {', '.join(PROVIDERS)}"
        raise ImproperlyConfigured(message)
    return name


def anymail_settings(env: Env, name: str) -> dict[str, Any]:
    """Return what anymail is told about the provider ``name``; nothing that was not set."""
    if not name:
        return {}
    provider = PROVIDERS[name]
    given = {
        provider.key: env.str("CLIENTELA_MAIL_KEY", ""),
        provider.second_key: env.str("CLIENTELA_MAIL_SECOND_KEY", ""),
        provider.news_key: env.str("CLIENTELA_MAIL_NEWS_KEY", ""),
        "API_URL": env.str("CLIENTELA_MAIL_API_URL", ""),
    }
    found: dict[str, Any] = {
        f"{name.upper()}_{word}": value for word, value in given.items() if word and value
    }
    if password := env.str("CLIENTELA_MAIL_NEWS_PASSWORD", ""):
        found["WEBHOOK_SECRET"] = password
    return found | {"REQUESTS_TIMEOUT": TIMEOUT_SECONDS}


def news_are_guarded(anymail: dict[str, Any], name: str) -> bool:
    """Whether the provider can prove its news: by a signature whose key is set, or by a password."""
    if not name:
        return False
    key = PROVIDERS[name].news_key
    return "WEBHOOK_SECRET" in anymail or bool(key and f"{name.upper()}_{key}" in anymail)
