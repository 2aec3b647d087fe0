"""The one field of the check for a nomination elsewhere."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from coordination.web.forms.base import Form
from coordination.web.forms.fields import needed


class DuplicateForm(Form):
    """A CPR number, kept nowhere."""

    cpr = StringField(_l("CPR-nummer"), [needed()], description=_l("Ti cifre, fx 150390-0001."))
