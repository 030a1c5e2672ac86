"""Whose rows a query may see: every query runs in one declared scope, or it raises.

Three scopes: a business, the signed-in account, the system (with the reason written down). The innermost
wins. A tenant table declares `objects = ScopedManager()`; `Model._base_manager` stays plain, so that following
a foreign key works and lower machinery (deletion, validation of relations) is not caught in it.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, cast

from django.db import models
from django.db.models.lookups import Exact
from django.db.models.signals import class_prepared, pre_save
from django.db.models.sql.where import AND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

Tenancy = Literal["global", "tenant", "bridge", "platform"]
_Row = TypeVar("_Row", bound=models.Model)
_UNDECLARED: Final = object()


class NoScope(RuntimeError):
    """A tenant's table was asked without saying whose rows are meant."""


class ForeignTenant(RuntimeError):
    """A row of one business was written in the scope of another."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One declared answer to "whose rows?"."""

    kind: Literal["business", "account", "system"]
    id: UUID | None = None
    why: str = ""


_current: ContextVar[Scope | None] = ContextVar("clientela_scope", default=None)


@contextmanager
def _entered(scope: Scope) -> Iterator[Scope]:
    token = _current.set(scope)
    try:
        yield scope
    finally:
        _current.reset(token)


@contextmanager
def business_scope(business_id: UUID) -> Iterator[Scope]:
    """See and write the rows of this business only."""
    with _entered(Scope("business", id=business_id)) as scope:
        yield scope


@contextmanager
def account_scope(account_id: UUID) -> Iterator[Scope]:
    """See the rows that belong to this signed-in person, in every business."""
    with _entered(Scope("account", id=account_id)) as scope:
        yield scope


@contextmanager
def system_scope(why: str) -> Iterator[Scope]:
    """See every row. `why` is written for the reader of the code and must not be empty."""
    if not why.strip():
        message = "system_scope needs its reason"
        raise ValueError(message)
    with _entered(Scope("system", why=why)) as scope:
        yield scope


def current_scope() -> Scope | None:
    """Return the scope in force, or None."""
    return _current.get()


def require_scope() -> Scope:
    """Return the scope in force, or raise `NoScope`."""
    scope = _current.get()
    if scope is None:
        message = "no scope: enter business_scope, account_scope or system_scope first"
        raise NoScope(message)
    return scope


def tenant_filter() -> tuple[bool, UUID | None]:
    """Return the two parameters of `(%s OR row.business_id = %s)`, for a fixed statement beside the ORM.

    They say what `ScopedManager` says: every row in the system's scope, one business's in its own. An
    account's scope names no business and raises `NoScope`.
    """
    scope = require_scope()
    if scope.kind == "account":
        message = "a statement about a business's rows was asked in an account's scope"
        raise NoScope(message)
    return scope.kind == "system", scope.id


class ScopedQuerySet(models.QuerySet[_Row]):
    """A queryset of a tenant table; the writes that bypass `save` look at the business too."""

    def bulk_create(self, objs: Iterable[_Row], *args: Any, **kwargs: Any) -> list[_Row]:  # noqa: ANN401 -- passes Django's own options on
        """Insert as Django does, after checking that every row is of the business in scope."""
        rows = list(objs)
        for row in rows:
            _check_row(row)
        return super().bulk_create(rows, *args, **kwargs)

    def update(self, **values: Any) -> int:  # noqa: ANN401 -- passes Django's own values on
        """Update as Django does; a row cannot be handed to another business."""
        for name in ("business", "business_id"):
            if name in values:
                value = values[name]
                _check_business(self.model, value.pk if isinstance(value, models.Model) else value)
        return super().update(**values)


class ScopedManager(models.Manager[_Row]):
    """The manager of a tenant table: it filters by the scope in force, and raises `NoScope` without one.

    A model may declare `tenant_lookup` (default `"business_id"`) and, to be readable in an account's scope,
    `account_lookup`: a path such as `"client__account"`, or None when any account may read every row.
    """

    _queryset_class = ScopedQuerySet

    def get_queryset(self) -> ScopedQuerySet[_Row]:
        """Return the rows that the scope in force may see."""
        scope = _current.get()
        if scope is None:
            message = f"{self.model.__name__} was asked without a scope: enter business_scope, account_scope or system_scope"
            raise NoScope(message)
        rows = cast("ScopedQuerySet[_Row]", super().get_queryset())
        if scope.kind == "system":
            return rows
        if scope.kind == "business":
            return _of_business(rows, scope.id)
        lookup = getattr(self.model, "account_lookup", _UNDECLARED)
        if lookup is _UNDECLARED:
            message = f"{self.model.__name__} declares no account_lookup: it cannot be read in an account's scope"
            raise NoScope(message)
        return rows if lookup is None else rows.filter(**{str(lookup): scope.id})


def _of_business(rows: ScopedQuerySet[_Row], business_id: UUID | None) -> ScopedQuerySet[_Row]:
    """Return the rows of a business: what `rows.filter(business_id=…)` says.

    Every query of the program begins here, and to resolve the same name each time was most of its cost: where the
    column is the table's own, the condition is written down at once.
    """
    column = _own_column(rows.model)
    if column is None:
        return rows.filter(**{getattr(rows.model, "tenant_lookup", "business_id"): business_id})
    of_table = column.get_col(rows.query.get_initial_alias(), column.target_field)
    rows.query.where.add(Exact(of_table, business_id), AND)
    return rows


@cache
def _own_column(model: type[models.Model]) -> models.ForeignKey[Any, Any] | None:
    """Return the key to its business that stands in the table of the model itself; None if it is elsewhere."""
    name = getattr(model, "tenant_lookup", "business_id")
    found = next((one for one in model._meta.local_concrete_fields if one.attname == name), None)
    return found if isinstance(found, models.ForeignKey) else None


def _check_row(row: models.Model) -> None:
    lookup = getattr(type(row), "tenant_lookup", "business_id")
    _check_business(type(row), getattr(row, lookup, None))


def _check_business(model: type[models.Model], business_id: object) -> None:
    """Raise unless the scope in force may write rows of this business. Without a scope nothing may be written."""
    scope = _current.get()
    if scope is None:
        message = f"{model.__name__} was written without a scope"
        raise NoScope(message)
    if scope.kind == "business" and str(business_id) != str(scope.id):
        message = f"{model.__name__} of another business was written in the scope of {scope.id}"
        raise ForeignTenant(message)


def _before_save(instance: models.Model, *, raw: bool = False, **_: object) -> None:
    if not raw:
        _check_row(instance)


def _watch_saves(sender: type[models.Model], **_: object) -> None:
    """Put the check before every save of a class that has a scoped manager, inherited ones included."""
    if not sender._meta.abstract and any(
        isinstance(found, ScopedManager) for found in sender._meta.managers
    ):
        pre_save.connect(_before_save, sender=sender, dispatch_uid=f"tenancy:{sender._meta.label}")


class_prepared.connect(_watch_saves, dispatch_uid="clientela.tenancy")
