"""What business/ forgets of a person whose log-in ends."""

from __future__ import annotations

from clientela.accounts.erasers import erases_account
from clientela.business.actions.forget_invited import forget_invited

erases_account(forget_invited)
