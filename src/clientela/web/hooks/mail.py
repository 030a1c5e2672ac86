"""The address at which the mail provider tells what became of mails: its signature or password, then its news.

django-anymail knows each provider's signatures and words; here only the provider that the settings name is heard,
and news whose sender proves nothing, or that is too old, is refused before any row is looked at.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

from clientela.notify.actions.apply_receipt import apply_receipt
from clientela.notify.channels.email.tracking import news_of
from clientela.notify.refused_pushes import note_refused
from clientela.platform import clock
from clientela.platform.logs import get_logger

# A provider tries for some hours to be heard; what was signed longer ago somebody else kept and sends again.
SIGNED_WITHIN: Final = timedelta(hours=24)
AHEAD_AT_MOST: Final = timedelta(minutes=10)
LONGEST: Final = 1024 * 1024
_VIEWS: Final = {
    "brevo": "Brevo",
    "mailersend": "MailerSend",
    "mailgun": "Mailgun",
    "mailjet": "Mailjet",
    "postmark": "Postmark",
    "sendgrid": "SendGrid",
    "sparkpost": "SparkPost",
}

logger = get_logger("clientela.hooks")


@csrf_exempt
def take_mail_news(request: HttpRequest, provider: str) -> HttpResponse:
    """Hear the configured provider; 404 for any other, 400 for what proves nothing, is too old or makes no sense."""
    if settings.MAIL_CHANNEL != "provider" or provider != settings.MAIL_PROVIDER:
        raise Http404
    now = clock.now()
    try:
        events = _genuine_events(request, provider, now)
    except AnymailWebhookValidationFailure:
        note_refused(source=provider, now=now)
        logger.warning("mail-news-refused", provider=provider)
        return HttpResponseBadRequest()
    except (AnymailError, ImproperlyConfigured, ValueError, LookupError, TypeError, AttributeError):
        return HttpResponseBadRequest()  # genuine, and not in words that anybody knows
    for event in events:
        news = news_of(event, provider=provider, now=now)
        if news is not None:
            apply_receipt(news=news, now=now)
    return HttpResponse()


def _genuine_events(request: HttpRequest, provider: str, now: datetime) -> list[Any]:
    """Return anymail's events, once the sender has proved itself."""
    said = request.headers.get("Content-Length", "")
    if not settings.MAIL_NEWS_ARE_GUARDED or not said.isdecimal() or int(said[:12]) > LONGEST:
        raise AnymailWebhookValidationFailure
    view = _view_class(provider)()
    view.setup(request)
    view.run_validators(request)
    if _is_stale(request, now):
        raise AnymailWebhookValidationFailure
    events: list[Any] = view.parse_events(request)
    return events


def _is_stale(request: HttpRequest, now: datetime) -> bool:
    """Whether what was signed bears a time that is long past, or ahead; of providers that sign the time."""
    stamp = request.headers.get("X-Twilio-Email-Event-Webhook-Timestamp", "")
    if settings.MAIL_PROVIDER == "mailgun" and request.content_type == "application/json":
        stamp = str(json.loads(request.body)["signature"]["timestamp"])
    if not stamp:
        return False
    signed_at = datetime.fromtimestamp(float(stamp), tz=UTC)
    return not now - SIGNED_WITHIN <= signed_at <= now + AHEAD_AT_MOST


@cache
def _view_class(provider: str) -> Any:  # noqa: ANN401 -- anymail brings no types
    return import_string(
        f"anymail.webhooks.{provider}.{_VIEWS[provider]}TrackingWebhookView",
    )
