"""Follow-ups: a no-show opens one, contact attempts move it on, people close and reopen it."""

from coordination.services.follow_ups.no_shows import NoShow, close_mistaken, follow_no_shows, plan_no_shows
from coordination.services.follow_ups.work import close, log_contact, reopen

__all__ = [
    "NoShow",
    "close",
    "close_mistaken",
    "follow_no_shows",
    "log_contact",
    "plan_no_shows",
    "reopen",
]
