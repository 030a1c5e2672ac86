"""``clientela worker``: the process that hears events, sends messages and does recurring work."""

from __future__ import annotations

import signal
import threading

import click


@click.command("worker")
def command() -> None:
    """Work until SIGTERM or Ctrl-C.

    It may be killed at any moment: what it was doing is found and finished by the next one. On
    PostgreSQL any number of workers may run, on any number of machines.
    """
    import django

    django.setup()
    from clientela.platform.worker import run_forever

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run_forever(stop)
