"""The search in the frame."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SearchField

from coordination.web.forms.base import Form


class SearchForm(Form):
    """What to look for; the words are sealed before they stand in an address."""

    words = SearchField(_l("Søg"))
