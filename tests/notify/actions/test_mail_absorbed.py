"""The mails about an absorbed log-in go only where one was absorbed; the pages' tests read what they say."""

from __future__ import annotations

import pytest
from tests.factories import NOW, make_client
from tests.people.actions.test_unmerge_clients import merged, parted
from tests.people.persons import person

from clientela.business.models import Business
from clientela.notify.actions.mail_absorbed import mail_absorbed, mail_parted
from clientela.notify.models import AccountMail


@pytest.mark.parametrize("has_log_in", [False, True])
def test_the_old_mailbox_is_told_where_there_was_a_log_in(
    business: Business, scope: None, has_log_in: bool
) -> None:
    gone = make_client(business, "Ana Old", "old@example.com")
    stays = make_client(business, "Ana New", "new@example.com")
    if has_log_in:
        gone.account = person("old@example.com", "Ana Old")
        gone.save()
    merge = merged(gone, stays, evidence="She showed her card")
    mail_absorbed(merge_id=merge.pk, now=NOW)
    told = list(AccountMail.objects.values_list("address", flat=True))
    assert told == (["old@example.com"] if has_log_in else [])
    parted(merge)
    mail_parted(merge_id=merge.pk, now=NOW)
    assert AccountMail.objects.filter(kind="cards_parted").exists() is has_log_in
