"""Commands, one file each."""

from flask import Flask

from portal.cli.accounts import accounts
from portal.cli.catalogue import catalogue
from portal.cli.demo import demo
from portal.cli.docs import docs
from portal.cli.ledger import ledger
from portal.cli.prepare import prepare, upgrade
from portal.cli.reorganise import reorganise_command
from portal.cli.statistics import statistics
from portal.cli.vault import vault
from portal.cli.worker import worker

catalogue.add_command(reorganise_command)
COMMANDS = (accounts, catalogue, demo, docs, ledger, prepare, statistics, upgrade, vault, worker)


def install(app: Flask) -> None:
    """Adds every command to `flask --app wsgi`."""
    for command in COMMANDS:
        app.cli.add_command(command)
