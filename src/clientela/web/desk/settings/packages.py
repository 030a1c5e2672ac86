"""What is sold in advance: packages of sessions."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy

from clientela.catalogue.actions.add_package import add_package
from clientela.catalogue.actions.archive_package import archive_package
from clientela.catalogue.actions.update_package import update_package
from clientela.catalogue.models import Package
from clientela.catalogue.queries.sold_packages import covered, with_covered
from clientela.ledger.models import Grant
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import local_date
from clientela.web.desk.settings.package_form import COLUMNS, PackageForm
from clientela.web.desk.settings.shell import SELLING, Trail, form_page, here, saved, settings_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told

BACK = "settings-packages"
_GROUP: Trail = ((gettext_lazy("Sales and payments"), f"settings#{SELLING}"),)
TRAIL: Trail = (*_GROUP, (gettext_lazy("Packages"), BACK))
_SEEN = ("credits", "price_minor", "valid_count", "valid_unit")


def packages(request: DoorRequest, business: str) -> HttpResponse:
    """List what is sold, and below what is no longer."""
    rows = with_covered(Package.objects.filter(business=request.business))
    listed = [(one, covered(one)) for one in rows.order_by("position", "id")]
    return settings_page(
        request,
        "packages",
        desk_of(request),
        title=_("Packages"),
        trail=_GROUP,
        sold=[pair for pair in listed if pair[0].is_active],
        archived=[one for one, _services in listed if not one.is_active],
    )


def new_package(request: DoorRequest, business: str) -> HttpResponse:
    """Add a package. Asked with a part of its fields, say what they mean, and keep nothing."""
    desk = desk_of(request)
    form = PackageForm(_typed(request), business=desk.business, page=request.path)
    if request.method == "POST" and form.is_valid():
        act = partial(_add, desk, form)
        answer = saved(request, desk, form, act, then=BACK)
        if answer is not None:
            return answer
    return _page(request, desk, form, title=_("New package"))


def package(request: DoorRequest, business: str, package_id: UUID) -> HttpResponse:
    """Change a package; what was sold keeps its price, its services and its validity."""
    desk = desk_of(request)
    one = _found(desk, package_id)
    form = PackageForm(_typed(request), business=desk.business, package=one, page=request.path)
    if request.method == "POST" and form.is_valid():
        act = partial(_update, desk, one, form)
        answer = saved(request, desk, form, act, then=BACK)
        if answer is not None:
            return answer
    return _page(request, desk, form, title=one.name, package=one)


def put_away_package(request: DoorRequest, business: str, package_id: UUID) -> HttpResponse:
    """Say what archiving does and then do it, or sell an archived package again."""
    desk = desk_of(request)
    one = _found(desk, package_id)
    if request.method == "POST" and "again" in request.POST:
        update_package(package=one, is_active=True, by=desk.actor, now=desk.now)
        told(request, _("“%(name)s” is sold again.") % {"name": one.name})
        return redirect(here(desk, BACK))
    if request.method == "POST":
        archive_package(package=one, by=desk.actor, now=desk.now)
        told(request, _("“%(name)s” is no longer sold.") % {"name": one.name})
        return redirect(here(desk, BACK))
    return settings_page(
        request,
        "archive_package",
        desk,
        title=one.name,
        trail=TRAIL,
        back=here(desk, BACK),
        standing=Grant.objects.filter(sale__package=one, closed_at__isnull=True).count(),
    )


def _typed(request: DoorRequest) -> Any:  # noqa: ANN401 -- a request's data or none
    """What was sent to be kept, or to be explained only; none where the page is just opened."""
    if request.method == "POST":
        return request.POST
    return request.GET if any(name in request.GET for name in _SEEN) else None


def _page(
    request: DoorRequest,
    desk: Desk,
    form: PackageForm,
    *,
    title: str,
    package: Package | None = None,
) -> HttpResponse:
    meaning = form.meaning(on=local_date(desk.now, desk.place_zone))
    if request.method == "GET" and form.is_bound:
        form = _unblamed(form, desk, request, package)
    return form_page(
        request,
        desk,
        form,
        title=title,
        trail=TRAIL,
        back=BACK,
        template="package",
        package=package,
        meaning=meaning,
        today=local_date(desk.now, desk.place_zone),
    )


def _unblamed(
    form: PackageForm, desk: Desk, request: DoorRequest, package: Package | None
) -> PackageForm:
    """The form with what was typed and without a word of blame: nobody has saved yet."""
    shown = PackageForm(None, business=desk.business, package=package, page=request.path)
    typed = {name: request.GET[name] for name in (*COLUMNS, "price_minor") if name in request.GET}
    shown.initial = {**shown.initial, **typed}
    return shown


def _add(desk: Desk, form: PackageForm) -> None:
    services = form.cleaned_data["services"]
    add_package(
        business=desk.business, services=services, by=desk.actor, now=desk.now, **form.columns()
    )


def _update(desk: Desk, package: Package, form: PackageForm) -> None:
    services = form.cleaned_data["services"]
    update_package(
        package=package, services=services, by=desk.actor, now=desk.now, **form.columns()
    )


def _found(desk: Desk, package_id: UUID) -> Package:
    rows = with_covered(Package.objects.filter(business=desk.business))
    found = rows.filter(pk=package_id).first()
    if found is None:
        raise Http404
    return found
