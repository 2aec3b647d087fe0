"""The form that names a saved view."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from coordination.web.forms.base import Form
from coordination.web.forms.fields import needed


class SavedViewForm(Form):
    """The name of a view, and the list with the filters it keeps."""

    name = StringField(
        _l("Navn"),
        [needed()],
        description=_l("For eksempel »Mine uden indstilling«. Skriv ikke en borgers navn."),
    )
    of = HiddenField()
    filters = HiddenField()
