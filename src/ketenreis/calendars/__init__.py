"""When an organisation works, and when its promises run out.

A `Calendar` is a frozen value: opening hours, public and school holidays, days that differ. What it says is applied
to facts afterwards, so an edited holiday needs no re-import. The clock that stops and resumes stands in
`ketenreis.calendars.clock`, the tables that SQL joins in `ketenreis.calendars.tables`.
"""

from ketenreis.calendars.calendar import Calendar
from ketenreis.calendars.clock import gross, net, running, stopped, term
from ketenreis.calendars.tables import deadlines, legal_deadlines, quarters

__all__ = [
    "Calendar",
    "deadlines",
    "gross",
    "legal_deadlines",
    "net",
    "quarters",
    "running",
    "stopped",
    "term",
]
