"""The clock's edge: reads the time, opens units of work, knows the settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Flask

from coordination.adapters.cpr_vault import CprVault, vault_from
from coordination.adapters.leadership import Leadership, leadership_of
from coordination.adapters.mail import Post
from coordination.db import Scope, db, unit_of_work
from coordination.db.engine import reading
from coordination.domain.actors import Actor

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True)
class Edge:
    """What a job may ask of the world around it."""

    app: Flask

    def now(self) -> datetime:
        """This moment, aware UTC."""
        clock = self.app.config.get("CLOCK")
        moment: datetime = clock() if clock else datetime.now(UTC)
        return moment

    def unit(self) -> AbstractContextManager[object]:
        """One transaction of system work; a clock has no actor."""
        return unit_of_work(
            Scope("system:clock", today=self.now().astimezone(COPENHAGEN).date(), everything=True)
        )

    def unit_of(self, actor: Actor) -> AbstractContextManager[object]:
        """One transaction of what is done in a person's name, with that person's reach."""
        return unit_of_work(Scope.of(actor, self.now().astimezone(COPENHAGEN).date()))

    @contextmanager
    def reading_unit_of(self, actor: Actor) -> Iterator[None]:
        """The same for long reading: nobody waits for it, because it takes no write lock."""
        token = reading.set(True)
        try:
            with self.unit_of(actor):
                yield
        finally:
            reading.reset(token)

    @property
    def vault(self) -> CprVault:
        """The vault for CPR numbers, with this installation's keys."""
        settings = self.app.config["SETTINGS"]
        return vault_from(settings.cpr_keys, settings.cpr_hash_key)

    @property
    def post(self) -> Post:
        """Where letters go."""
        settings = self.app.config["SETTINGS"]
        return Post(settings.smtp_url, settings.mail_from, settings.mail_folder)

    @property
    def base_url(self) -> str:
        """What links in letters begin with."""
        return str(self.app.config["SETTINGS"].base_url)

    def leadership(self) -> Leadership:
        """The lock that makes one clock the leader."""
        with self.app.app_context():
            return leadership_of(db.engine)
