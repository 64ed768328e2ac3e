"""When mail of new work leaves: at the quarters of an office's hours. Pure."""

from datetime import datetime, timedelta

from portal.catalogue.working_days import OFFICE_OPENS, Calendar, is_office_hour

QUARTER = timedelta(minutes=15)


def next_quarter(local: datetime, calendar: Calendar) -> datetime:
    """The first quarter of an office's hour after a local moment. What happens until then is told by one mail."""
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight + ((local - midnight) // QUARTER + 1) * QUARTER
    if is_office_hour(moment, calendar):
        return moment
    day = moment.date()
    if moment.time() >= OFFICE_OPENS:
        day += timedelta(days=1)
    return datetime.combine(calendar.next_working(day), OFFICE_OPENS, local.tzinfo)
