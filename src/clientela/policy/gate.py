"""The gate: before a view runs, the policy table decides who may pass and opens the scope.

It sets on the request ``business``, ``membership`` and ``actor``. Objects inside the scope are
the view's business: it must fetch them by the rule the table names.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import resolve_url

from clientela.business.models import Business, Membership
from clientela.people.queries.has_waiting_cards import has_waiting_cards
from clientela.platform.actor import Actor
from clientela.platform.tenancy import account_scope, business_scope, system_scope
from clientela.policy.door_request import DoorRequest
from clientela.policy.rule import STAFF, Audience, Rule, Scope
from clientela.policy.table import TABLE

if TYPE_CHECKING:
    from collections.abc import Callable


class PolicyGate:
    """Middleware that enforces the policy table. A route that is not in it never answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes after."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Run the request; whatever scope the gate opened ends with it."""
        with ExitStack() as scopes:
            request.scopes = scopes  # type: ignore[attr-defined]  # becomes a DoorRequest here
            request.actor = Actor.guest()  # type: ignore[attr-defined]  # likewise
            return self.get_response(request)

    def process_view(
        self,
        request: DoorRequest,
        view: object,  # noqa: ARG002 -- Django's signature
        args: object,  # noqa: ARG002 -- likewise
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Admit, refuse, or send to sign in."""
        match = request.resolver_match
        name = match.view_name if match else ""
        rule = TABLE.get(name)
        if rule is None:
            message = f"The route {name!r} is not in the policy table."
            raise ImproperlyConfigured(message)
        if (
            request.method == "OPTIONS"
        ):  # answered here: no view expects it, and none checks a token then
            return HttpResponse(status=204, headers={"Allow": ", ".join(sorted(rule.methods))})
        if request.method not in rule.methods:
            return HttpResponseNotAllowed(sorted(rule.methods))
        self._open_scope(request, rule, kwargs, name)
        return _admit(request, rule)

    def _open_scope(
        self, request: DoorRequest, rule: Rule, kwargs: dict[str, Any], name: str
    ) -> None:
        if rule.scope is Scope.BUSINESS:
            business = Business.objects.filter(slug=kwargs.get("business")).first()
            if business is None:
                raise Http404
            request.business = business
            request.scopes.enter_context(business_scope(business.pk))
        elif rule.scope is Scope.SYSTEM:
            request.scopes.enter_context(system_scope(f"route {name}"))
        elif rule.scope is Scope.ACCOUNT and _is_signed_in(request):
            request.scopes.enter_context(account_scope(request.user.pk))


def _admit(request: DoorRequest, rule: Rule) -> HttpResponse | None:
    """Compare who asks with whom the rule admits. Strangers to a business see 404, not 403."""
    open_to = {Audience.ANYONE, Audience.LINK_HOLDER, Audience.API_TOKEN, Audience.SETUP_CODE}
    if rule.audience & STAFF:
        return _admit_staff(request, rule)
    if rule.audience & open_to:
        return None  # link holders and tokens prove themselves in the view's first query
    if not _is_signed_in(request):
        return _to_sign_in(request)
    if Audience.ACCOUNT in rule.audience:
        request.actor = Actor.client(request.user.pk)
        if rule.wants_activation and has_waiting_cards(account_id=request.user.pk):
            return redirect_to_login(
                request.get_full_path(), resolve_url("client:activate"), redirect_field_name="next"
            )
        return None
    role = _office(request, rule)
    if role is None:
        raise Http404
    request.actor = Actor.staff(request.user.pk, role.value)
    return None


def _office(request: DoorRequest, rule: Rule) -> Audience | None:
    """Return the office of the installation by which somebody passes: the operator may do what a support agent may."""
    if Audience.OPERATOR in rule.audience and request.user.is_operator:
        return Audience.OPERATOR
    if Audience.SUPPORT in rule.audience and (request.user.is_support or request.user.is_operator):
        return Audience.SUPPORT
    return None


def _admit_staff(request: DoorRequest, rule: Rule) -> HttpResponse | None:
    if not _is_signed_in(request):
        return _to_sign_in(request)
    membership = (
        Membership.objects.filter(account=request.user, ended_at__isnull=True)
        .select_related("professional")
        .first()
    )
    if membership is None or Audience(membership.role) not in rule.audience:
        raise Http404
    request.membership = membership
    request.actor = Actor.staff(request.user.pk, membership.role)
    return None


def _to_sign_in(request: DoorRequest) -> HttpResponse:
    return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))


def _is_signed_in(request: HttpRequest) -> bool:
    """Before admission the person may be anyone, so this reads the request as Django made it."""
    return request.user.is_authenticated
