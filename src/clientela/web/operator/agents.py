"""Who answers what people ask of this installation: the operator makes support agents, and ends that."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _, gettext_lazy

from clientela.accounts.actions.set_support import end_support_agent, make_support_agent
from clientela.accounts.errors import NoSuchAccount
from clientela.accounts.queries.support_agents import support_agents
from clientela.platform import clock
from clientela.web.operator.frame import operator_page

if TYPE_CHECKING:
    from clientela.web.operator.acts import OperatorRequest

WRONG = 422
MOST_SHOWN = 100


class AgentForm(forms.Form):
    """Whom to make a support agent."""

    email = forms.EmailField(max_length=254, label=gettext_lazy("Email of their account"))


def agents(request: OperatorRequest) -> HttpResponse:
    """Show who is one; POST makes the account of a proved address one more."""
    if request.method != "POST":
        return _page(request, AgentForm())
    form = AgentForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=WRONG)
    try:
        account = make_support_agent(
            email=form.cleaned_data["email"], by=request.actor, now=clock.now()
        )
    except NoSuchAccount:
        form.add_error("email", _("No account has confirmed this address. They sign up first."))
        return _page(request, form, status=WRONG)
    said = _("%(name)s answers for the support now.")
    messages.success(request, said % {"name": account.name or account.email})
    return redirect("operator:agents")


def end_agent(request: OperatorRequest, agent_id: UUID) -> HttpResponse:
    """End it, from their next press on."""
    account = get_object_or_404(support_agents(), pk=agent_id)
    end_support_agent(account=account, by=request.actor, now=clock.now())
    said = _("%(name)s is no support agent any more.")
    messages.success(request, said % {"name": account.name or account.email})
    return redirect("operator:agents")


def _page(request: OperatorRequest, form: AgentForm, *, status: int = 200) -> HttpResponse:
    return operator_page(
        request,
        "operator/agents.html",
        place="agents",
        status=status,
        agents=support_agents()[:MOST_SHOWN],
        form=form,
    )
