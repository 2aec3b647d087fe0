"""Forms about accounts: filters, an account by its role, and passwords."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, RadioField, SearchField, SelectField, StringField
from wtforms.validators import DataRequired

from coordination.domain.accounts import AT_JOBCENTER, Account, AccountState, settle_account
from coordination.domain.actors import Language, Role
from coordination.web.forms.base import Form
from coordination.web.forms.fields import TickBoxes
from coordination.web.labels import choices

ANY = ("", _l("Alle"))
WHERE = _l("Vælg, hvor personen arbejder.")


def key(text: Any) -> int | None:
    """The id in a select, or None for its empty line; ValueError for anything else."""
    return int(text) if text not in {None, "", "None"} else None


class AccountFilterForm(Form):
    """What the list of accounts is narrowed to; lives in the address."""

    class Meta:
        csrf = False

    q = SearchField(_l("Navn eller e-mail"))
    role = SelectField(_l("Rolle"))
    partnership = SelectField(_l("Samarbejde"))
    state = SelectField(_l("Status"))

    def __init__(self, partnerships: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.role.choices = [ANY, *choices(Role)]
        self.partnership.choices = [ANY, *((str(row_id), name) for row_id, name in partnerships)]
        self.state.choices = [ANY, *choices(AccountState)]


class AccountForm(Form):
    """One account of one role: only the place of work that the role has is asked for."""

    role = HiddenField()
    name = StringField(_l("Navn"), [DataRequired()], description=_l("Som kollegerne kender personen."))
    email = EmailField(
        _l("E-mailadresse"),
        [DataRequired()],
        description=_l("Bruges til at logge ind og til breve. Brug den personlige arbejdsadresse."),
    )
    jobcenter_id = SelectField(_l("Jobcenter"), [DataRequired(WHERE)], coerce=key)
    school_id = SelectField(_l("Skole"), [DataRequired(WHERE)], coerce=key)
    partnership_ids = TickBoxes(_l("Koordinator for"), [DataRequired(WHERE)], coerce=int)
    language = RadioField(_l("Sprog på sider og i breve"), default=Language.DANISH.value)

    def __init__(self, chosen_role: Role, page: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.chosen_role = chosen_role
        self.role.data = chosen_role.value
        self.language.choices = choices(Language)
        empty = (None, _l("Vælg"))
        self.jobcenter_id.choices = [empty, *((place.id, place.name) for place in page.jobcenters)]
        self.school_id.choices = [empty, *((place.id, place.name) for place in page.schools)]
        self.partnership_ids.choices = [(place.id, place.name) for place in page.partnerships]
        self._keep_the_place_of(chosen_role)

    def _keep_the_place_of(self, role: Role) -> None:
        for name, needed in (
            ("jobcenter_id", role in AT_JOBCENTER),
            ("school_id", role is Role.SCHOOL),
            ("partnership_ids", role is Role.COORDINATOR),
        ):
            if not needed:
                delattr(self, name)

    def account(self) -> Account:
        """What was typed, in the words of the domain; Invalid when a rule says no."""
        return settle_account(
            name=self.name.data or "",
            email=self.email.data or "",
            role=self.chosen_role,
            language=Language(self.language.data),
            jobcenter_id=self.jobcenter_id.data if self.jobcenter_id else None,
            school_id=self.school_id.data if self.school_id else None,
            partnership_ids=self.partnership_ids.data or () if self.partnership_ids else (),
        )
