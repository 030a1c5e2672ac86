from __future__ import annotations

import pytest

from tests.factories import at, book, make_session, make_service

pytestmark = pytest.mark.django_db


def test_every_page_opens(at_desk, business, service, client_card, home, professional):
    one = book(service, at("2026-11-24 10:00")).appointment
    group = make_service(business, "Grupo", professionals=(professional,), capacity=4)
    session = make_session(group, at("2026-11-24 16:00"))
    for path in [
        home, home + "?view=week", home + "?view=list", home + "?day=2026-11-24", home + "book/",
        home + f"book/?service={service.pk}", home + f"book/?service={service.pk}&client={client_card.pk}&start=20261124T1000Z",
        home + "book/find/?q=ana",
        home + f"appointments/{one.pk}/", home + f"appointments/{one.pk}/move/", home + f"appointments/{one.pk}/cancel/",
        home + "clients/", home + "clients/?q=an", home + "clients/new/", home + f"clients/{client_card.pk}/",
        home + "sessions/new/", home + f"sessions/{session.pk}/", home + f"sessions/{session.pk}/cancel/", "/desk/",
    ]:
        answer = at_desk.get(path)
        assert answer.status_code in (200, 302), path
        print(path, answer.status_code, len(answer.content))
