"""A process that has loaded the program already, and forks a process of its own for each command of a test.

    python -m tests.platform.warm     reads one job a line; answers with the process's id, and then how it ended

Loading takes longer than most commands do. A command's process reads everything anew that hangs on its environment
(settings, and with them databases, caches and storage; failpoints) before its module runs as ``python -m`` runs it.
It is as real as any other: it has its own connections, and ends as it ends.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import django
from asgiref.local import Local

django.setup()

from django.conf import settings  # noqa: E402 -- after the set-up
from django.core.signals import setting_changed  # noqa: E402 -- likewise
from django.db import connections  # noqa: E402 -- likewise
from django.test import signals  # noqa: E402 -- likewise
from django.utils.functional import empty  # noqa: E402 -- likewise

from clientela.platform import failpoints  # noqa: E402 -- likewise

assert signals.storages_changed  # its receivers read anew what is made of the settings


def main() -> None:
    """Do one job after the other until there are no more."""
    gc.collect()
    gc.freeze()  # no child looks through what it never made
    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if not child:
            run(job)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def run(job: dict[str, Any]) -> NoReturn:
    """Become the process that the job describes; its module decides how it ends."""
    for number, (name, mode) in enumerate([("in", "r"), ("out", "w"), ("err", "w")]):
        with Path(job[name]).open(mode) as file:
            os.dup2(file.fileno(), number)
    sys.stdin = os.fdopen(os.dup(0), encoding="utf-8")  # the old one may have read ahead
    os.environ.clear()
    os.environ.update(job["environment"])
    read_anew()
    sys.argv = ["", *job["words"]]
    code = ended_with(lambda: runpy.run_module(job["module"], run_name="__main__", alter_sys=True))
    # As a process ends, but for taking every module apart, which takes longer than most jobs.
    threading._shutdown()  # type: ignore[attr-defined]  # what the interpreter calls
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def ended_with(act: Callable[[], object]) -> int:
    """Return the code with which a program that does this ends; its errors are printed."""
    try:
        act()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code, file=sys.stderr)
        return 1
    except BaseException:  # noqa: BLE001 -- as the interpreter does
        traceback.print_exc()
        return 1
    return 0


def read_anew() -> None:
    """Read the settings from the environment as it is now, and let go of whatever was made of the old ones."""
    before = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    for name in [one for one in sys.modules if f"{one}.".startswith("clientela.settings.")]:
        del sys.modules[name]
    settings.__dict__.clear()
    settings._wrapped = empty
    open_ones = [
        one for one in connections.all(initialized_only=True) if one.connection is not None
    ]
    assert open_ones == [], "no fork may inherit one"
    connections._settings = None
    connections.__dict__.pop("settings", None)
    connections._connections = Local(connections.thread_critical)
    for name in dir(settings):
        if name.isupper() and name != "DATABASES" and before.get(name) != getattr(settings, name):
            value = getattr(settings, name)
            setting_changed.send(sender=None, setting=name, value=value, enter=True)
    failpoints.arm(os.environ.get(failpoints.VARIABLE, ""))


if __name__ == "__main__":
    main()
