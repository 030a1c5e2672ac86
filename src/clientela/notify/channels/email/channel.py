"""The e-mail channel: composes mails and chooses who carries them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime

from django.conf import settings

from clientela.notify.channels import Ambiguity, Unlimited
from clientela.notify.channels.email import parcel, provider, simulator, smtp
from clientela.notify.channels.email.parcel import Parcel
from clientela.notify.models import Message
from clientela.notify.queries.client_policy import ClientPolicy


class EmailChannel(Unlimited):
    """E-mail: by SMTP, by the API of a provider or, in a demo or a test, by the simulator.

    What strangers may cause to one address is counted by ``mail_budget``, before the channel is asked.
    """

    name = "email"
    ambiguity: Ambiguity = "resend-once"

    def compose(
        self, message: Message, *, policy: ClientPolicy | None = None, now: datetime
    ) -> Parcel:
        """Return the mail as it is to leave now."""
        return parcel.compose(message, policy=policy, now=now)

    def session(
        self,
    ) -> AbstractContextManager[smtp.Session | provider.Session | simulator.Session]:
        """Return a connection to the carrier that the settings name."""
        match settings.MAIL_CHANNEL:
            case "simulator":
                return simulator.Session()
            case "provider":
                return provider.Session()
            case _:
                return smtp.Session()


CHANNEL = EmailChannel()
