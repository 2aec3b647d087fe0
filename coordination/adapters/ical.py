"""Calendar files as calendar programs read them (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta

from icalendar import Calendar, Event

from coordination.domain.calendar_feeds import Entry

MAKER = "-//Brancheforloeb//Kalender//DA"
ASK_AGAIN = timedelta(hours=1)


def calendar_file(name: str, entries: Iterable[Entry]) -> bytes:
    """The entries as one file; the same entries make the same bytes, so that a fetch can be answered short.

    Moments stand in UTC, which needs no table of summer times and is shown in the reader's own time.
    """
    file = Calendar()
    file.add("prodid", MAKER)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("name", name)
    file.add("x-wr-calname", name)
    file.add("x-wr-timezone", "Europe/Copenhagen")
    file.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", "PT1H")
    for entry in entries:
        file.add_component(_event(entry))
    return file.to_ical()


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("status", _status(entry))
    event.add("dtstart", entry.starts.astimezone(UTC))
    event.add("dtend", entry.ends.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("description", entry.note)
    event.add("url", entry.url)
    event.add("transp", "TRANSPARENT")  # whoever follows a run is not away from the desk
    return event


def _status(entry: Entry) -> str:
    if entry.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.tentative else "CONFIRMED"
