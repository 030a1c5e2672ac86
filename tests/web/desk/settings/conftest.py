"""Browsers of the staff, in the settings of the business."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.cast import Person

SETTINGS = "/desk/fisio-retiro/settings/"


def browser_of(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person.account)
    return client


@pytest.fixture
def as_owner(owner: Person) -> Client:
    return browser_of(owner)


@pytest.fixture
def as_desk(desk: Person) -> Client:
    return browser_of(desk)


@pytest.fixture
def as_professional(professional_member: Person) -> Client:
    return browser_of(professional_member)


@pytest.fixture
def as_outsider(outsider: Person) -> Client:
    return browser_of(outsider)
