"""Accounts: the actor behind a login, the people a letter goes to, and the administrator's pages."""

from coordination.queries.accounts.overview import AccountFilter, OverviewPage, overview_page
from coordination.queries.accounts.pages import (
    DetailPage,
    FormPage,
    Place,
    WelcomePage,
    closing_page,
    detail_page,
    edit_page,
    new_page,
    permissions_page,
    welcome_page,
)
from coordination.queries.accounts.people import (
    actor_of,
    caseworkers,
    coordinators,
    login_account,
    place_of,
    teachers,
)

__all__ = [
    "AccountFilter",
    "DetailPage",
    "FormPage",
    "OverviewPage",
    "Place",
    "WelcomePage",
    "actor_of",
    "caseworkers",
    "closing_page",
    "coordinators",
    "detail_page",
    "edit_page",
    "login_account",
    "new_page",
    "overview_page",
    "permissions_page",
    "place_of",
    "teachers",
    "welcome_page",
]
