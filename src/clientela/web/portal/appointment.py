"""Manage my appointment: its page, and the acts upon it, for whoever holds its link."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse

from clientela.web.portal.links import visit_of
from clientela.web.visit.calendar_file import visit_file
from clientela.web.visit.cancel import cancel_visit
from clientela.web.visit.confirm import confirm_visit
from clientela.web.visit.move import move_visit
from clientela.web.visit.page import show_visit
from clientela.web.visit.pay import pay_visit


def appointment(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """Show the appointment of the link. Opening it changes nothing."""
    return show_visit(request, visit_of(request, token))


def confirm(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """Note that the client is coming."""
    return confirm_visit(request, partial(visit_of, request, token))


def reschedule(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """GET shows the free times, POST moves."""
    return move_visit(request, partial(visit_of, request, token))


def cancel(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """GET says what cancelling means; POST cancels."""
    return cancel_visit(request, partial(visit_of, request, token))


def pay(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """GET says how it can be paid; POST leads to the page where it is paid."""
    return pay_visit(request, partial(visit_of, request, token))


def calendar_file(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """Give the appointment as a calendar file."""
    return visit_file(visit_of(request, token))
