"""API v1, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from clientela.api import refusals
from clientela.api.messages import message_of
from clientela.api.routes import appointments, availability, catalogue
from clientela.booking.errors import SlotTaken
from clientela.business.models import Location
from clientela.platform.refusal import Refusal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

api = NinjaAPI(
    title="Clientela",
    version="1",
    description="Services, free times and appointments of a business.",
    urls_namespace="api-v1",
    docs_url=None,
    openapi_url=None,
)
for _router in (catalogue.router, availability.router, appointments.router):
    api.add_router("", _router)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    zone = "UTC"
    if isinstance(refusal, SlotTaken):
        zone = Location.objects.values_list("zone", flat=True)[0]
    return refusals.of_refusal(refusal, zone=zone)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, errors: ValidationError) -> HttpResponse:
    return refusals.of_validation(errors)


@api.exception_handler(HttpError)
def _not_json(request: HttpRequest, error: HttpError) -> HttpResponse:
    return refusals.answer("not-json", message_of("not-json"), status=error.status_code)
