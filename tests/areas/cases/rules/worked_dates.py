"""Due dates worked by hand, with a wall calendar beside `portal/catalogue/data/calendar.csv`.

How: the weekday of the start is looked up, then fingers count one for each day that is worked (Monday to
Friday less the days off, plus the make-up Saturdays); a limit in calendar days is added on the wall calendar
and its last day moved on (an amount before a date: back) while it is a day off. The remark is the count as it
was written down: `16=1` says that the 16th was counted as the first day, `(8–14)` that these days are off.
None was made by the code.
"""

from dataclasses import dataclass
from datetime import date

from portal.catalogue.words import Unit

W, C = Unit.WORKING_DAYS, Unit.CALENDAR_DAYS


@dataclass(frozen=True)
class Worked:
    """From this day, so many days of that unit: due on that day."""

    start: date
    amount: int
    unit: Unit
    due_on: date
    count: str


def _row(start: str, amount: int, unit: Unit, due_on: str, count: str) -> Worked:
    return Worked(date.fromisoformat(start), amount, unit, date.fromisoformat(due_on), count)


WORKED = (
    # 2022: Tết 31 January to 4 February, Hùng Kings Monday 11 April, 30 April with 2 and 3 May, 1 and 2 September
    _row("2022-01-28", 1, W, "2022-02-07", "Fri 28; (31–4); Mon 7=1"),
    _row("2022-04-08", 1, W, "2022-04-12", "Fri 8; (Mon 11); Tue 12=1"),
    _row("2022-04-29", 1, W, "2022-05-04", "Fri 29; (30, 1, Mon 2, Tue 3); Wed 4=1"),
    _row("2022-08-31", 2, W, "2022-09-06", "Wed 31; (Thu 1, Fri 2); Mon 5=1, Tue 6=2"),
    _row("2022-11-17", 2, W, "2022-11-21", "Thu 17; Fri 18=1; weekend; Mon 21=2"),
    _row("2022-12-30", 1, W, "2023-01-03", "Fri 30; New Year is a Sunday, (Mon 2); Tue 3=1"),
    # 2023: Tết Friday 20 to Thursday 26 January
    _row("2023-01-19", 1, W, "2023-01-27", "Thu 19; (20–26); Fri 27=1"),
    _row("2023-01-19", 5, W, "2023-02-02", "Fri 27=1, Mon 30=2, 31=3, Wed 1=4, Thu 2=5"),
    _row("2023-01-13", 5, W, "2023-01-27", "Fri 13; 16=1 17=2 18=3 19=4; (20–26); 27=5"),
    _row("2023-01-18", 15, W, "2023-02-15", "19=1; 27=2; 30–3 is 3–7; 6–10 is 8–12; 13=13 14=14 15=15"),
    # 2023: 29 April to Wednesday 3 May, Friday 1 to Monday 4 September
    _row("2023-04-28", 1, W, "2023-05-04", "Fri 28; (Sat 29 – Wed 3); Thu 4=1"),
    _row("2023-04-27", 5, W, "2023-05-09", "28=1; (29–3); Thu 4=2, Fri 5=3, Mon 8=4, Tue 9=5"),
    _row("2023-08-31", 1, W, "2023-09-05", "Thu 31; (Fri 1, Sat 2, Sun 3, Mon 4); Tue 5=1"),
    _row("2023-08-30", 2, W, "2023-09-05", "Thu 31=1; (1–4); Tue 5=2"),
    # 2024: Tết Thursday 8 to Wednesday 14 February, Hùng Kings Thursday 18 April
    _row("2024-02-07", 1, W, "2024-02-15", "Wed 7; (8–14); Thu 15=1"),
    _row("2024-02-05", 5, W, "2024-02-19", "6=1 7=2; (8–14); 15=3 16=4; Mon 19=5"),
    _row("2024-02-01", 10, W, "2024-02-22", "2=1; 5=2 6=3 7=4; (8–14); 15=5 16=6; 19=7 20=8 21=9 22=10"),
    _row("2024-04-17", 1, W, "2024-04-19", "Wed 17; (Thu 18); Fri 19=1"),
    # 2024: Monday 29 April off, worked on Saturday 4 May instead
    _row("2024-04-26", 1, W, "2024-05-02", "Fri 26; (Mon 29, Tue 30, Wed 1); Thu 2=1"),
    _row("2024-04-26", 3, W, "2024-05-04", "Thu 2=1, Fri 3=2, Sat 4=3 (make-up)"),
    _row("2024-04-26", 4, W, "2024-05-06", "Thu 2=1, Fri 3=2, Sat 4=3, Mon 6=4"),
    _row("2024-05-03", 1, W, "2024-05-04", "Fri 3; Sat 4=1 (make-up)"),
    _row("2024-08-30", 1, W, "2024-09-04", "Fri 30; (Mon 2, Tue 3); Wed 4=1"),
    _row("2024-08-28", 5, W, "2024-09-06", "29=1 30=2; (2, 3); Wed 4=3 5=4 6=5"),
    # 2025: Tết Monday 27 to Friday 31 January, Hùng Kings Monday 7 April
    _row("2025-01-24", 1, W, "2025-02-03", "Fri 24; (27–31); Mon 3=1"),
    _row("2025-01-22", 5, W, "2025-02-05", "23=1 24=2; (27–31); 3=3 4=4 5=5"),
    _row("2025-01-20", 15, W, "2025-02-17", "21–24 is 1–4; (27–31); 3–7 is 5–9; 10–14 is 10–14; 17=15"),
    _row("2025-04-04", 1, W, "2025-04-08", "Fri 4; (Mon 7); Tue 8=1"),
    # 2025: Friday 2 May off, worked on Saturday 26 April instead
    _row("2025-04-25", 1, W, "2025-04-26", "Fri 25; Sat 26=1 (make-up)"),
    _row("2025-04-25", 2, W, "2025-04-28", "Sat 26=1, Mon 28=2"),
    _row("2025-04-24", 5, W, "2025-05-05", "25=1, Sat 26=2, 28=3, 29=4; (Wed 30, Thu 1, Fri 2); Mon 5=5"),
    _row("2025-04-29", 1, W, "2025-05-05", "Tue 29; (30, 1, 2); Mon 5=1"),
    _row("2025-08-29", 1, W, "2025-09-03", "Fri 29; (Mon 1, Tue 2); Wed 3=1"),
    # 2026: Friday 2 January off, worked on Saturday 10 January instead
    _row("2025-12-31", 1, W, "2026-01-05", "Wed 31; (Thu 1, Fri 2); Mon 5=1"),
    _row("2025-12-31", 6, W, "2026-01-10", "5=1 6=2 7=3 8=4 9=5, Sat 10=6 (make-up)"),
    _row("2026-01-09", 2, W, "2026-01-12", "Sat 10=1, Mon 12=2"),
    # 2026: Tết Monday 16 to Friday 20 February, Monday 27 April for Hùng Kings, Thursday 30 April, Friday 1 May
    _row("2026-02-13", 1, W, "2026-02-23", "Fri 13; (16–20); Mon 23=1"),
    _row("2026-02-11", 5, W, "2026-02-25", "12=1 13=2; (16–20); 23=3 24=4 25=5"),
    _row("2026-04-24", 3, W, "2026-05-04", "Fri 24; (Mon 27); 28=1 29=2; (30, 1); Mon 4=3"),
    # 2026: Monday 31 August off, worked on Saturday 22 August instead; Tuesday 24 November
    _row("2026-08-21", 1, W, "2026-08-22", "Fri 21; Sat 22=1 (make-up)"),
    _row("2026-08-21", 6, W, "2026-08-28", "Sat 22=1, 24=2 25=3 26=4 27=5 28=6"),
    _row("2026-08-28", 1, W, "2026-09-03", "Fri 28; (Mon 31, 1, 2); Thu 3=1"),
    _row("2026-11-23", 1, W, "2026-11-25", "Mon 23; (Tue 24); Wed 25=1"),
    _row("2026-11-20", 2, W, "2026-11-25", "Fri 20; Mon 23=1; (24); Wed 25=2"),
    # from a day off
    _row("2026-11-24", 1, W, "2026-11-25", "the 24th is off; Wed 25=1"),
    _row("2026-11-21", 2, W, "2026-11-25", "Sat 21; Mon 23=1; (24); Wed 25=2"),
    # 2027 as projected: Tết Friday 5 to Thursday 11 February
    _row("2027-02-03", 3, W, "2027-02-15", "Wed 3; 4=1; (5–11); Fri 12=2; Mon 15=3"),
    # calendar days
    _row("2024-01-10", 30, C, "2024-02-15", "Friday 9 February is Tết (8–14): Thu 15"),
    _row("2024-03-31", 30, C, "2024-05-02", "Tue 30 April, (30, 1): Thu 2"),
    _row("2024-04-04", 30, C, "2024-05-04", "Sat 4 May is worked: it stays"),
    _row("2025-04-02", 30, C, "2025-05-05", "Fri 2 May is off, Sat 3, Sun 4: Mon 5"),
    _row("2025-01-15", 15, C, "2025-02-03", "Thu 30 January is Tết, (30, 31), 1, 2: Mon 3"),
    _row("2026-01-11", 90, C, "2026-04-13", "20 to 31 January, 48 to 28 February, 79 to 31 March: Sat 11: Mon 13"),
    _row("2026-10-25", 30, C, "2026-11-25", "Tue 24 November is off: Wed 25"),
    _row("2023-08-03", 30, C, "2023-09-05", "Sat 2 September, Sun 3, (Mon 4): Tue 5"),
    _row("2026-06-01", 10, C, "2026-06-11", "Thu 11, worked"),
    # before a date: a day off moves it back
    _row("2024-05-02", -1, C, "2024-04-26", "Wed 1 is off, (30, 29), Sun 28, Sat 27: Fri 26"),
    _row("2025-02-03", -1, C, "2025-01-24", "Sun 2, Sat 1, (31–27), Sun 26, Sat 25: Fri 24"),
    _row("2026-11-25", -1, C, "2026-11-23", "Tue 24 is off: Mon 23"),
    _row("2026-06-12", -1, C, "2026-06-11", "Thu 11, worked"),
    _row("2026-11-26", -3, W, "2026-11-20", "Wed 25=1; (24); Mon 23=2; Fri 20=3"),
    _row("2024-05-06", -1, W, "2024-05-04", "Sat 4=1 (make-up)"),
    _row("2026-02-24", -2, W, "2026-02-13", "Mon 23=1; (20–16); Fri 13=2"),
)
