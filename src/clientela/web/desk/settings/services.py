"""What can be booked."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.models import Appointment
from clientela.catalogue.actions.add_service import add_service
from clientela.catalogue.actions.archive_service import archive_service
from clientela.catalogue.actions.update_service import update_service
from clientela.catalogue.models import Service
from clientela.policy.door_request import DoorRequest
from clientela.rules.lifecycle import OPEN
from clientela.web.desk.settings.service_form import ServiceForm
from clientela.web.desk.settings.shell import form_page, here, saved, settings_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told

BACK = "settings-services"


def services(request: DoorRequest, business: str) -> HttpResponse:
    """List what is offered, and below what is no longer."""
    rows = list(
        Service.objects.filter(business=request.business).prefetch_related(
            "offers__professional__resource"
        )
    )
    return settings_page(
        request,
        "services",
        desk_of(request),
        title=_("Services"),
        offered=[one for one in rows if one.is_active],
        archived=[one for one in rows if not one.is_active],
    )


def new_service(request: DoorRequest, business: str) -> HttpResponse:
    """Add a service."""
    desk = desk_of(request)
    form = ServiceForm(request.POST or None, business=desk.business)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            add_service(
                business=desk.business,
                professionals=form.cleaned_data["professionals"],
                needs=form.needs(),
                by=desk.actor,
                now=desk.now,
                **form.columns(),
            )

        answer = saved(request, desk, form, act, then=BACK)
        if answer is not None:
            return answer
    return _page(request, desk, form, title=_("New service"))


def service(request: DoorRequest, business: str, service_id: UUID) -> HttpResponse:
    """Change a service; what is booked keeps the length and the price it was booked with."""
    desk = desk_of(request)
    one = _found(desk, service_id)
    form = ServiceForm(request.POST or None, business=desk.business, service=one)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            update_service(
                service=one,
                professionals=form.cleaned_data["professionals"],
                needs=form.needs(),
                by=desk.actor,
                now=desk.now,
                **form.columns(),
            )

        answer = saved(request, desk, form, act, then=BACK)
        if answer is not None:
            return answer
    return _page(request, desk, form, title=one.name, service=one)


def put_away(request: DoorRequest, business: str, service_id: UUID) -> HttpResponse:
    """Say what archiving does, then stop offering the service."""
    desk = desk_of(request)
    one = _found(desk, service_id)
    if request.method == "POST":
        archive_service(service=one, by=desk.actor, now=desk.now)
        told(request, _("“%(name)s” is no longer offered.") % {"name": one.name})
        return redirect(here(desk, BACK))
    return settings_page(
        request,
        "archive",
        desk,
        title=_("Stop offering “%(name)s”?") % {"name": one.name},
        trail=[(_("Services"), BACK)],
        booked=_booked(desk, one),
        back=here(desk, "settings-service", one.pk),
    )


def bring_back(request: DoorRequest, business: str, service_id: UUID) -> HttpResponse:
    """Offer an archived service again."""
    desk = desk_of(request)
    one = _found(desk, service_id)
    update_service(service=one, is_active=True, by=desk.actor, now=desk.now)
    told(request, _("“%(name)s” is offered again.") % {"name": one.name})
    return redirect(here(desk, BACK))


def _found(desk: Desk, service_id: UUID) -> Service:
    one = Service.objects.filter(business=desk.business, pk=service_id).first()
    if one is None:
        raise Http404
    return one


def _booked(desk: Desk, one: Service) -> int:
    """How many appointments are still to come."""
    return Appointment.objects.filter(
        business=desk.business,
        service=one,
        starts_at__gt=desk.now,
        status__in=[status.value for status in OPEN],
    ).count()


def _page(
    request: DoorRequest,
    desk: Desk,
    form: ServiceForm,
    *,
    title: str,
    service: Service | None = None,
) -> HttpResponse:
    return form_page(
        request,
        desk,
        form,
        title=title,
        back=BACK,
        trail=[(_("Services"), BACK)],
        template="service",
        service=service,
    )
