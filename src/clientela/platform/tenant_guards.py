"""The guards that follow from the tables themselves: parent and child belong to one business.

For every tenant table: its business never changes; each foreign key to another tenant table stays inside the
business; so does each many-to-many link. Nobody has to remember to ask for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from django.apps import apps
from django.db import models

from clientela.platform.guard import Guard
from clientela.platform.guard_forms import frozen, same_tenant, same_tenant_link

if TYPE_CHECKING:
    from collections.abc import Iterator


def derived() -> tuple[Guard, ...]:
    """Return the guards of all tenant tables of the installation."""
    return tuple(_derive())


def _derive() -> Iterator[Guard]:
    for model in apps.get_models():
        if not _is_tenant(model) or model._meta.proxy or not model._meta.managed:
            continue
        table = model._meta.db_table
        yield frozen(table, "business_id")
        for field in model._meta.local_concrete_fields:
            parent = field.related_model
            if (
                isinstance(field, models.ForeignKey)
                and isinstance(parent, type)
                and _is_tenant(parent)
            ):
                yield same_tenant(table, field.column, parent._meta.db_table)
        for link in model._meta.local_many_to_many:
            through = link.remote_field.through
            other = link.related_model
            if through is not None and through._meta.auto_created and _is_tenant(other):
                yield same_tenant_link(
                    table=through._meta.db_table,
                    left_column=link.m2m_column_name(),
                    left_table=table,
                    right_column=link.m2m_reverse_name(),
                    right_table=other._meta.db_table,
                )


def _is_tenant(model: object) -> TypeGuard[type[models.Model]]:
    """Whether this is a model whose own table carries `business_id` beside an `id`."""
    if not isinstance(model, type) or not issubclass(model, models.Model):
        return False
    columns = {field.column for field in model._meta.local_concrete_fields}
    return getattr(model, "tenancy", "") == "tenant" and {"id", "business_id"} <= columns
