"""The form of an entry in a list of reasons."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField

from coordination.domain.reasons import ReasonKind
from coordination.web.forms.base import Form
from coordination.web.forms.fields import needed
from coordination.web.labels import choices


class ReasonForm(Form):
    """What the reason is called; an entry that schools are told of may be kept from them."""

    name = StringField(_l("Årsag"), [needed()], description=_l("Med få ord og lille begyndelsesbogstav."))
    name_en = StringField(
        _l("På engelsk"), description=_l("Kan udelades. Så læser engelske brugere den danske tekst.")
    )
    private = BooleanField(
        _l("Skoler læser »anden årsag« i stedet"),
        description=_l("Sæt kryds, hvis årsagen handler om helbred, børn eller andet privat."),
    )

    def __init__(self, *, told_to_schools: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not told_to_schools:
            del self.private

    def values(self) -> dict[str, Any]:
        """What the deed needs."""
        private = self.private.data if "private" in self else False
        return {"name": self.name.data or "", "name_en": self.name_en.data or "", "private": private}


class NewReasonForm(ReasonForm):
    """A new entry, and the list it goes to."""

    kind = SelectField(_l("Bruges, når"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(told_to_schools=True, **kwargs)
        self.kind.choices = choices(ReasonKind)
        self.private.description = _l("Gælder kun årsager til, at en deltager stopper: dem læser skolen.")
