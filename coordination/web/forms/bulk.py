"""Forms of deeds done to several people at once: the fields of the deed, once for all of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField

from coordination.web.forms.base import Form
from coordination.web.forms.nominations import NominationForm, ParkingForm, WithdrawalForm


class ChosenFields(Form):
    """The list one came from, and whether to go on without those who cannot be taken along."""

    list = HiddenField()
    leave_out = BooleanField(_l("Fortsæt uden dem"))


class BulkNominationForm(NominationForm, ChosenFields):
    """Wishes and basis for everybody."""


class BulkParkingForm(ParkingForm, ChosenFields):
    """The day and the reason for everybody."""


class BulkWithdrawalForm(WithdrawalForm, ChosenFields):
    """The reason for everybody."""
