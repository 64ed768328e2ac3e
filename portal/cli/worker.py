"""`worker`: does the queue's jobs until it is told to stop."""

import signal
import threading

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.foundation.database import transaction
from portal.jobs.queue import enqueue_periodic, note_seen, run_once
from portal.notices.channels import Console, mail_channel
from portal.notices.mailbox import Mailbox
from portal.notices.sending import Sender, send_next
from portal.schedule import PERIODIC, UPTIME, handlers
from portal.web.frame.database import db
from portal.web.frame.installed import installed

IDLE_SECONDS = 1.0


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now and stop.")
@with_appcontext
def worker(once: bool) -> None:
    """Does jobs as they become due: notices, erasures, closing. TERM and INT stop it after the present job."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    sender = make_sender()
    while not stop.is_set():
        busy = one_round(sender)
        if once and not busy:
            return
        if not busy:
            stop.wait(IDLE_SECONDS)


def make_sender() -> Sender:
    """What sending needs, for as long as this worker lives."""
    parts, config = installed(), current_app.config
    mail = mail_channel(config["PORTAL_MAIL_URL"], config["PORTAL_MAIL_FROM"])
    # A page for trying out shows what phones would be told, too.
    return Sender(parts.key_store, parts.secrets, mail, mail if isinstance(mail, Mailbox) else Console())


def one_round(sender: Sender) -> bool:
    """Says that a worker is here, queues what the clock brings, sends one notice, does one job; says whether there
    was anything. Notices first: a contact is erased by a job.
    """
    session, health = db.session(), current_app.config["PORTAL_HEALTH_URL"]
    note_seen(session)
    session.rollback()
    with transaction(session):
        for periodic in (*PERIODIC, *([UPTIME] if health else [])):
            enqueue_periodic(session, periodic)
    sent = send_next(session, sender)
    busy = run_once(session, handlers(health), sender)
    db.session.remove()
    return sent or busy
