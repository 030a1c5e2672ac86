"""The plan of messages: what is sent to whom, when and how, with what it means for the next client before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy

from clientela.business.models import BookingPolicy, ClientLogin
from clientela.catalogue.models import Service
from clientela.notify.actions.set_message_rules import set_message_rules
from clientela.notify.actions.switch_messages_on import switch_messages_on
from clientela.notify.models import MessagePolicy
from clientela.notify.plan_rules import changed_plan
from clientela.notify.queries.held_copies import held_copy
from clientela.notify.queries.plan import PlanLine
from clientela.notify.queries.text_gateways import open_gateway
from clientela.notify.queries.whole_plan import whole_plan
from clientela.platform.jobs import worker_is_alive
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.settings.login_modes import GATE_WORDS
from clientela.web.desk.settings.messages.example import example_of
from clientela.web.desk.settings.messages.lines import asked_for, groups_of
from clientela.web.desk.settings.messages.refused import MessageForm
from clientela.web.desk.settings.shell import MESSAGES, Trail, form_page, here
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told

HERE: Final = "settings-messages"
GROUP: Final[Trail] = ((gettext_lazy("Messages to clients"), f"settings#{MESSAGES}"),)
TRAIL: Final[Trail] = (*GROUP, (gettext_lazy("Plan of messages"), HERE))


def messages(request: DoorRequest, business: str) -> HttpResponse:
    """Show the plan; say what changes would do (`do=look`), or keep them."""
    desk = desk_of(request)
    plan = whole_plan(business_id=desk.business.pk)
    form = MessageForm(request.POST or None)
    if request.method != "POST":
        return _page(request, desk, form, plan)
    form.is_valid()
    try:
        if request.POST.get("do") == "switch-on":
            return _switch_on(request, desk)
        put = asked_for(plan, request.POST, has_texts=_has_texts(desk))
        if request.POST.get("do") == "look":
            return _page(request, desk, form, changed_plan(plan, put=put))
        set_message_rules(business=desk.business, put=put, by=desk.actor, now=desk.now)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, desk, form, _as_typed(desk, plan, request))
    told(request, _("Saved. What lies ahead is planned anew within a minute."))
    return redirect(here(desk, HERE))


def _switch_on(request: DoorRequest, desk: Desk) -> HttpResponse:
    """Let a copied business speak of its appointments."""
    switch_messages_on(business=desk.business, by=desk.actor, now=desk.now)
    told(request, _("Messages are switched on. What lies ahead is planned within a minute."))
    return redirect(here(desk, HERE))


def _as_typed(desk: Desk, plan: Sequence[PlanLine], request: DoorRequest) -> list[PlanLine]:
    """The plan as it was ticked, though it cannot be kept; as it stands, where it changed meanwhile."""
    try:
        put = asked_for(plan, request.POST, has_texts=_has_texts(desk))
    except Refusal:
        return list(plan)
    ticked = {(one.rule, one.recipient, one.timing, one.service_id): one for one in put}
    return [ticked.get((one.rule, one.recipient, one.timing, one.service_id), one) for one in plan]


def _has_texts(desk: Desk) -> bool:
    return open_gateway(business_id=desk.business.pk) is not None


def _page(
    request: DoorRequest, desk: Desk, form: MessageForm, plan: Sequence[PlanLine]
) -> HttpResponse:
    has_texts = _has_texts(desk)
    return form_page(
        request,
        desk,
        form,
        title=_("Plan of messages"),
        trail=GROUP,
        back="settings",
        template="messages_plan",
        groups=groups_of(plan, services=_services(desk), has_texts=has_texts),
        has_texts=has_texts,
        **_gate(desk),
        held=held_copy(business=desk.business, now=desk.now),
        is_awake=worker_is_alive(now=desk.now),
        language=desk.business.language,
        quiet=quiet_of(desk),
        **look(desk, plan),
    )


def look(desk: Desk, plan: Sequence[PlanLine]) -> dict[str, Any]:
    """What the part of a page needs that says what a plan would do."""
    return {"example": example_of(desk, plan)}


def _gate(desk: Desk) -> dict[str, Any]:
    """Whom these messages reach before a client has an account, in the words of the setting that decides it."""
    policy = BookingPolicy.objects.filter(business=desk.business).first() or BookingPolicy()
    never = policy.client_login == ClientLogin.OFF
    return {"gate_words": GATE_WORDS[policy.notification_gate], "reminds_nobody_new": never}


def quiet_of(desk: Desk) -> MessagePolicy:
    """Return what holds for all messages, or what is usual."""
    return MessagePolicy.objects.filter(business=desk.business).first() or MessagePolicy()


def _services(desk: Desk) -> dict[Any, Service]:
    return {one.pk: one for one in Service.objects.filter(business=desk.business)}
