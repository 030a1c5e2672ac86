"""API v1, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from clientela.api import refusals
from clientela.api.routes import (
    appointments,
    availability,
    balances,
    catalogue,
    messages,
    preferences,
    sales,
)
from clientela.platform.refusal import Refusal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

api = NinjaAPI(
    title="Clientela",
    version="1",
    description="Services, free times, appointments, sales and balances of a business.",
    urls_namespace="api-v1",
    docs_url=None,
    openapi_url=None,
)
for _router in (
    catalogue.router,
    availability.router,
    appointments.router,
    balances.router,
    messages.router,
    preferences.router,
    sales.router,
):
    api.add_router("", _router)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return refusals.of_refusal(refusal, zone=getattr(request, "read_in", "UTC"))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, errors: ValidationError) -> HttpResponse:
    return refusals.of_validation(errors)


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The framework raises it for one thing only: a body that is not JSON."""
    return refusals.answer("not-json", status=error.status_code)
