"""Every table says whose rows it holds, and a tenant's table does not answer without a scope."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from clientela.platform.ids import uuid7
from clientela.platform.tenancy import NoScope, ScopedManager, business_scope

OURS = [model for model in apps.get_models() if model.__module__.startswith("clientela.")]
TENANTS = [model for model in OURS if getattr(model, "tenancy", "") == "tenant"]


def named(model: type[models.Model]) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", OURS, ids=named)
def test_every_table_declares_its_tenancy(model: type[models.Model]) -> None:
    assert getattr(model, "tenancy", None) in {"global", "tenant", "bridge", "platform"}


@pytest.mark.parametrize("model", TENANTS, ids=named)
def test_a_tenants_table_carries_its_business(model: type[models.Model]) -> None:
    assert "business_id" in {getattr(field, "attname", "") for field in model._meta.get_fields()}


@pytest.mark.parametrize("model", TENANTS, ids=named)
def test_a_tenants_table_raises_without_a_scope(model: type[models.Model]) -> None:
    with pytest.raises(NoScope):
        model._default_manager.all()


@pytest.mark.parametrize("model", TENANTS, ids=named)
def test_a_query_in_a_businesss_scope_names_that_business(model: type[models.Model]) -> None:
    business = uuid7()
    with business_scope(business):
        asked = str(model._default_manager.all().query)
    assert business.hex in asked.replace("-", "")


def test_only_tenant_tables_have_a_scoped_manager_and_all_of_them_do() -> None:
    scoped = {
        model for model in OURS if any(isinstance(m, ScopedManager) for m in model._meta.managers)
    }
    assert set(TENANTS) <= scoped
    assert {model for model in scoped if model.tenancy not in {"tenant", "bridge"}} == set()
