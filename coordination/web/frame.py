"""The frame around every page: who is logged in, for whom, what waits, where to go."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import generate_csrf

from coordination.domain.actors import Actor, Language, Role
from coordination.domain.permissions import Permission, allowed
from coordination.queries.accounts import place_of
from coordination.queries.today import waiting_count
from coordination.web.doors import identify, today
from coordination.web.forms.base import current_language
from coordination.web.labels import sentence, word

NAVIGATION = (
    (_l("I dag"), "today.start", Permission.SEE_START_PAGE),
    (_l("Kandidater"), "candidates.overview", Permission.SEE_CANDIDATE),
    (_l("Indstillinger"), "nominations.overview", Permission.SEE_NOMINATION),
    (_l("Flytninger"), "transfers.overview", Permission.SEE_TRANSFER),
    (_l("Pulje"), "pooling.pool", Permission.SEE_POOL),
    (_l("Fordeling"), "proposals.overview", Permission.PROPOSE_ALLOCATION),
    (_l("Brancheforløb"), "tracks.overview", Permission.SEE_TRACK),
    (_l("Hold"), "course_runs.overview", Permission.SEE_COURSE_RUN),
    (_l("Kalender"), "calendar.month", Permission.SEE_CALENDAR),
    (_l("Opfølgning"), "follow_ups.overview", Permission.SEE_FOLLOW_UP),
    (_l("Evalueringer"), "evaluations.overview", Permission.SEE_EVALUATION),
    (_l("Forbedringsforslag"), "improvements.overview", Permission.SEE_PROPOSED_CHANGE),
    (_l("Brugere"), "accounts.overview", Permission.MANAGE_USERS),
    (_l("Samarbejder"), "partnerships.overview", Permission.MANAGE_PARTNERSHIPS),
    (_l("Regler"), "rules.overview", Permission.MANAGE_RULES),
    (_l("Årsager"), "reasons.overview", Permission.MANAGE_REASONS),
    (_l("Breve"), "letters.overview", Permission.SEE_LETTERS),
    (_l("Log"), "audit_log.overview", Permission.SEE_AUDIT_LOG),
)
LIES_UNDER = {
    "bulk": "candidates",
    "attendance": "course_runs",
    "availability": "candidates",
    "enrolments": "course_runs",
    "enrolments.answer": "nominations",
    "evaluations.of_run": "course_runs",
    "duplicates": "candidates",
    "exchange": "candidates",
    "employers": "candidates",
    "fees": "partnerships",
    "hour_factors": "rules",
    "rates": "rules",
    "hours": "candidates",
    "improvements.new": "evaluations",
    "improvements.of_run": "course_runs",
    "nominations.new": "candidates",
    "start_checks": "course_runs",
    "threads": "candidates",
    "transfers.new": "candidates",
    "travel": "pooling",
}
"""Where a page stands in the menu when its breadcrumb begins under another entry than its subject's."""
VERSION = "0.1.0"


class Frame:
    """What the layout asks for; nothing is looked up until a page shows it."""

    languages = tuple(
        (language.value, name)
        for language, name in ((Language.DANISH, "Dansk"), (Language.ENGLISH, "English"))
    )
    version = VERSION

    @property
    def actor(self) -> Actor | None:
        """Who is logged in; None on an open page."""
        return identify()

    @property
    def language(self) -> str:
        """The language of the page: da or en."""
        return current_language()

    @property
    def role_label(self) -> str:
        """The role in words."""
        return word(self.actor.role).capitalize() if self.actor else ""

    @cached_property
    def place(self) -> str:
        """Jobcenter, school or partnership."""
        return place_of(self.actor) if self.actor else ""

    @cached_property
    def waiting(self) -> int:
        """What waits for this person; leaders and administrators have no worklist."""
        if not self.actor or self.actor.role in {Role.LEADER, Role.ADMIN} or "refused" in g:
            return 0
        return waiting_count(self.actor, today())

    @property
    def waiting_url(self) -> str:
        """Where the waiting things are listed."""
        return url_for("today.start") if self.actor else ""

    @property
    def navigation(self) -> list[tuple[str, str, bool]]:
        """The main menu of this role."""
        if not self.actor:
            return []
        endpoint_now = request.endpoint or ""
        subject = LIES_UNDER.get(endpoint_now) or LIES_UNDER.get(str(request.blueprint), request.blueprint)
        return [
            (str(label), url_for(endpoint), endpoint.partition(".")[0] == subject)
            for label, endpoint, permission in NAVIGATION
            if allowed(self.actor.role, permission)
        ]

    @property
    def search_url(self) -> str:
        """Where the search is sent; empty for those who may not search."""
        may = self.actor is not None and allowed(self.actor.role, Permission.SEARCH)
        return url_for("search.find") if may else ""

    @property
    def language_url(self) -> str:
        """Where the choice of language is sent."""
        return url_for("accounts.choose_language")

    @property
    def accessibility_url(self) -> str:
        """The accessibility statement."""
        return url_for("house.accessibility")


def init_app(app: Flask) -> None:
    """Give every template its frame and words."""

    @app.context_processor
    def _frame() -> dict[str, Any]:
        if "frame" not in g:
            g.frame = Frame()
        return {"frame": g.frame}

    app.jinja_env.globals.update(word=word, sentence=sentence, csrf_token=generate_csrf)
