"""School hours: the account of one person, who is behind, and hours outside the runs of this tool."""

from coordination.queries.hours.account import AccountPage, ElsewhereRow, account_page
from coordination.queries.hours.behind import BehindPage, BehindRow, behind_count, behind_page
from coordination.queries.hours.elsewhere import RemovalPage, entry, removal_page

account_of = account_page

__all__ = [
    "AccountPage",
    "BehindPage",
    "BehindRow",
    "ElsewhereRow",
    "RemovalPage",
    "account_of",
    "account_page",
    "behind_count",
    "behind_page",
    "entry",
    "removal_page",
]
