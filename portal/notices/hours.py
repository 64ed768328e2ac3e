"""When mail to an office may leave: on working days, in its hours, at the quarters of an hour. Pure."""

from datetime import datetime, time, timedelta

from portal.catalogue.working_days import OFFICE_CLOSES, Calendar

OFFICE_OPENS = time(8)
QUARTER = timedelta(minutes=15)


def is_office_time(local: datetime, calendar: Calendar) -> bool:
    """Whether offices work at a local moment: from eight until before five, on a working day."""
    return calendar.is_working(local.date()) and OFFICE_OPENS <= local.time() < OFFICE_CLOSES


def next_quarter(local: datetime, calendar: Calendar) -> datetime:
    """The first quarter of an office's hour after a local moment. What happens until then is told by one mail."""
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight + ((local - midnight) // QUARTER + 1) * QUARTER
    if is_office_time(moment, calendar):
        return moment
    day = moment.date()
    if moment.time() >= OFFICE_OPENS:
        day += timedelta(days=1)
    return datetime.combine(calendar.next_working(day), OFFICE_OPENS, local.tzinfo)
