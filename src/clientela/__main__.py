"""The ``clientela`` command: every verb there is, and nothing else.

A verb lives where its work lives; here it only gets a name. Verbs of other storeys:
``clientela.commands`` holds one module per verb, found by folder.
"""

from __future__ import annotations

import importlib
import os
import pkgutil

import click

from clientela import commands


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="clientela", prog_name="clientela")
def main() -> None:
    """Appointment booking in which one person is one client record."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clientela.settings")


for _module in pkgutil.iter_modules(commands.__path__):
    main.add_command(importlib.import_module(f"clientela.commands.{_module.name}").command)

if __name__ == "__main__":
    main()
