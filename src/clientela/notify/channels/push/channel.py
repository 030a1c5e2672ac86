"""The push channel: composes notices for a client's devices and chooses who carries them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime

from clientela.notify.channels import Ambiguity, Unlimited
from clientela.notify.channels.push import parcel, simulator, web_push
from clientela.notify.channels.push.parcel import Parcel
from clientela.notify.models import Message
from clientela.notify.queries.client_policy import ClientPolicy
from clientela.notify.queries.push_devices import push_is_simulated


class PushChannel(Unlimited):
    """Notices on devices, by the browsers' push services or, in a demo or a test, by the simulator."""

    name = "push"
    # The copy bears the same tag, so that it takes the first one's place: a second one harms nobody.
    ambiguity: Ambiguity = "resend-at-once"

    def compose(
        self, message: Message, *, policy: ClientPolicy | None = None, now: datetime
    ) -> Parcel:
        """Return the push as it is to leave now."""
        return parcel.compose(message, policy=policy, now=now)

    def session(self) -> AbstractContextManager[web_push.Session | simulator.Session]:
        """Return a way to the carrier that the settings name."""
        return simulator.Session() if push_is_simulated() else web_push.Session()


CHANNEL = PushChannel()
