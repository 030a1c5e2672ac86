"""An empty installation, in the middle of a test."""

from __future__ import annotations

from django.db import connection

from clientela.booking.models import (
    Appointment,
    Attribution,
    BusyBlock,
    MarkerPolicyChoice,
    Occupancy,
    Seat,
    Series,
    Session,
    WaitingEntry,
)
from clientela.business.models import Business, Resource
from clientela.catalogue.models import Package, Service
from clientela.ledger.models import (
    Grant,
    GrantService,
    Invoice,
    LedgerAccount,
    Movement,
    Payment,
    Redemption,
    Sale,
)
from clientela.payouts.models import Adjustment, CommissionRule, Statement, StatementLine
from clientela.people.models import Client
from clientela.platform import guards
from clientela.platform.tenancy import system_scope

_BOOKS = (
    StatementLine, Adjustment, Statement, CommissionRule, Attribution, MarkerPolicyChoice,
    Movement, LedgerAccount, Invoice, Payment, Redemption, GrantService, Grant, Sale,
)  # fmt: skip
_PROTECTED = (
    Seat, Occupancy, BusyBlock, Appointment, WaitingEntry, Session, Series, Client, Package, Service, Resource,
)  # fmt: skip


def emptied() -> None:
    """Delete every business with all it owns; what is protected goes first, and books without their guards."""
    append_only = [f"append-only.{model._meta.db_table}" for model in _BOOKS]
    with system_scope("a test begins anew"):
        connection.check_constraints()  # PostgreSQL changes no table with checks outstanding
        with guards.taken_down(*append_only, why="a test begins anew"):
            for table in (model._meta.db_table for model in _BOOKS):
                with connection.cursor() as cursor:
                    cursor.execute(f"DELETE FROM {table}")  # noqa: S608 -- our own tables
            connection.check_constraints()
        Client.objects.update(merged_into=None)  # a card protects the one that took it up
        for model in _PROTECTED:
            model.objects.all().delete()
        Business.objects.all().delete()
