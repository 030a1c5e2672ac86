"""Requests follow what they rest on: once, and nowhere where it is forgotten."""

from __future__ import annotations

from uuid import UUID

import pytest
from tests.accounts.people import MINUTE, proved
from tests.factories import NOW

from clientela.platform.actor import Actor
from clientela.platform.models import AuditEvent
from clientela.support.actions.end_request import end_request
from clientela.support.actions.follow_invitation import follow_invitation
from clientela.support.actions.follow_join import follow_join
from clientela.support.actions.follow_marker import follow_answer, follow_marker
from clientela.support.actions.note_request import note_request
from clientela.support.models import Request, RequestState

pytestmark = pytest.mark.django_db
GONE = UUID(int=1)


def test_what_is_forgotten_is_followed_nowhere(scope: None) -> None:
    assert follow_join(join_id=GONE, now=NOW) is None
    assert follow_invitation(invitation_id=GONE, now=NOW) is None
    assert follow_marker(appointment_id=GONE, now=NOW) is None
    assert follow_answer(reclassify_id=GONE, now=NOW) is None
    assert not Request.objects.exists()


def test_a_request_ends_once_and_its_addresses_with_it() -> None:
    ana = proved()
    request = note_request(account=ana, emails=[ana.email, "b@x.example"], asked_at=NOW, now=NOW)
    by, later = Actor.system("support"), NOW + MINUTE
    for state in (RequestState.WITHDRAWN, RequestState.EXPIRED):
        end_request(request=request, state=state, outcome="withdrawn", by=by, now=later)
    request.refresh_from_db()
    assert (request.state, request.emails, request.ended_at) == ("withdrawn", [], later)
    assert AuditEvent.objects.filter(action="request-ended").count() == 1
