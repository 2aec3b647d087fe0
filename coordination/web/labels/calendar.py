"""Words and sentences of the calendar, its feeds and the changes of sessions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from coordination.domain.told_changes import News

WORDS = {
    News.MOVED: _l("flyttet"),
    News.CANCELLED: _l("aflyst"),
    News.RESTORED: _l("gennemføres alligevel"),
    News.ADDED: _l("ny"),
}

SENTENCES = {
    "calendar_feed.too_many": _l(
        "Du kan højst have %(most)s kalenderabonnementer. Luk et, du ikke bruger, før du laver et nyt."
    ),
}
