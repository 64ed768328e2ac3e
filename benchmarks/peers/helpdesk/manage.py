"""`migrate`, `queue` (a queue that takes public tickets; prints its id) and `count` (how many tickets there are)."""

import sys

import django
from django.core.management import call_command

django.setup()

from helpdesk.models import Queue, Ticket

match sys.argv[1]:
    case "migrate":
        call_command("migrate", verbosity=0)
    case "queue":
        queue = Queue.objects.create(
            title="Thủ tục hành chính", slug="tthc", allow_public_submission=True, email_address="tthc@example.vn"
        )
        print(queue.pk)
    case "count":
        print(Ticket.objects.count())
