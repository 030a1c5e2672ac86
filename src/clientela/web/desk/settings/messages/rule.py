"""One line of the plan: added, changed, taken away; each time with what it would do before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.catalogue.models import Service
from clientela.notify.actions.set_message_rules import set_message_rules
from clientela.notify.errors import PlanRefused
from clientela.notify.models import Recipient, Rule
from clientela.notify.plan_rules import CAN_BE_ADDED, changed_plan, key_of
from clientela.notify.queries.plan import PlanLine
from clientela.notify.queries.text_gateways import open_gateway
from clientela.notify.queries.whole_plan import whole_plan
from clientela.platform.jobs import worker_is_alive
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.settings.messages.lines import line_of_key
from clientela.web.desk.settings.messages.plan import HERE, TRAIL, look
from clientela.web.desk.settings.messages.refused import sentence_of
from clientela.web.desk.settings.messages.rule_form import RuleForm, new_line
from clientela.web.desk.settings.shell import form_page, here, saved
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told
from clientela.web.message_words import recipient_name, rule_name, timing_words

_STAFFS: Final = (Recipient.PROFESSIONAL, Recipient.DESK)


@dataclass(frozen=True, slots=True)
class Editing:
    """Which line is being written, in which plan; `is_new`: it is not in it yet."""

    desk: Desk
    plan: tuple[PlanLine, ...]
    line: PlanLine
    is_new: bool

    def tried(self, form: RuleForm) -> list[PlanLine]:
        """Return the plan with what was typed in it; refuses ``PlanRefused``."""
        wanted = form.wanted()
        if not self.is_new and key_of(wanted) == key_of(self.line):
            return changed_plan(self.plan, put=[wanted])
        drop = [] if self.is_new else [key_of(self.line)]
        return changed_plan(self.plan, drop=drop, add=[wanted])

    def keep(self, form: RuleForm) -> None:
        """Keep what was typed; refuses as ``set_message_rules`` does."""
        wanted, desk = form.wanted(), self.desk
        act = partial(set_message_rules, business=desk.business, by=desk.actor, now=desk.now)
        if not self.is_new and key_of(wanted) == key_of(self.line):
            act(put=[wanted])
        else:
            act(drop=[] if self.is_new else [key_of(self.line)], add=[wanted])


def new_rule(request: DoorRequest, business: str) -> HttpResponse:
    """Add a line of the kind that the address names (`?kind=follow-up`, for staff with `&to=desk`); a reminder, if none."""
    desk = desk_of(request)
    line = new_line(*_kind(request))
    plan = whole_plan(business_id=desk.business.pk)
    return _edited(request, Editing(desk, plan, line, is_new=True))


def rule(request: DoorRequest, business: str) -> HttpResponse:
    """Change or take away the line that the address names (`?line=…`); without one, go where they are listed."""
    desk = desk_of(request)
    if "line" not in request.GET:
        return redirect(here(desk, HERE))
    plan = whole_plan(business_id=desk.business.pk)
    try:
        line = line_of_key(plan, request.GET.get("line", ""))
    except PlanRefused as refusal:
        raise Http404 from refusal
    editing = Editing(desk, plan, line, is_new=False)
    if request.method == "POST" and request.POST.get("do") == "drop":
        return _drop(request, editing)
    return _edited(request, editing)


def _kind(request: DoorRequest) -> tuple[Rule, Recipient]:
    """Which kind for whom; anything that is no kind does not exist."""
    try:
        kind = Rule(request.GET.get("kind", Rule.REMINDER.value))
        to = Recipient(request.GET.get("to", Recipient.CLIENT.value))
    except ValueError as error:
        raise Http404 from error
    if kind.startswith("staff-") != (to in _STAFFS):
        raise Http404
    return kind, to


def _drop(request: DoorRequest, editing: Editing) -> HttpResponse:
    desk = editing.desk
    try:
        set_message_rules(
            business=desk.business, drop=[key_of(editing.line)], by=desk.actor, now=desk.now
        )
    except Refusal as refusal:
        told(request, sentence_of(refusal))
        return redirect(here(desk, HERE))
    told(request, _("Taken out of the plan. What waited because of it is not sent."))
    return redirect(here(desk, HERE))


def _edited(request: DoorRequest, editing: Editing) -> HttpResponse:
    """Show the form, say what it would do, or keep it."""
    form = _form(request, editing)
    plan = list(editing.plan)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") != "look":
            text = _("Saved. What lies ahead is planned anew within a minute.")
            act = partial(editing.keep, form)
            answer = saved(request, editing.desk, form, act, then=HERE, text=text)
            if answer is not None:
                return answer
        try:
            plan = editing.tried(form)
        except Refusal as refusal:
            if not form.errors:
                form.refuse(refusal)
    return _page(request, editing, form, plan)


def _form(request: DoorRequest, editing: Editing) -> RuleForm:
    desk = editing.desk
    return RuleForm(
        request.POST if request.method == "POST" else None,
        line=editing.line,
        services=Service.objects.filter(business=desk.business, is_active=True),
        is_new=editing.is_new,
        has_texts=open_gateway(business_id=desk.business.pk) is not None,
    )


def _page(
    request: DoorRequest, editing: Editing, form: RuleForm, plan: list[PlanLine]
) -> HttpResponse:
    line = editing.line
    title = f"{rule_name(line.rule)}, {timing_words(line.timing)}"
    if editing.is_new:
        title = _("New: %(what)s, to %(whom)s") % {
            "what": rule_name(line.rule),
            "whom": recipient_name(line.recipient),
        }
    own = Service.objects.filter(pk=line.service_id).first() if line.service_id else None
    return form_page(
        request,
        editing.desk,
        form,
        title=title,
        trail=TRAIL,
        back=HERE,
        template="messages_rule",
        line=line,
        own_service=own,
        can_be_dropped=not editing.is_new and (line.rule in CAN_BE_ADDED or own is not None),
        is_awake=worker_is_alive(now=editing.desk.now),
        **look(editing.desk, plan),
    )
