"""What WTForms says about a field, in our words: it ships no Danish, and its English is for programmers."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

_CHOOSE = _l("Vælg en af mulighederne.")

SAID: dict[str, Any] = {
    "This field is required.": _l("Skal udfyldes."),
    "Invalid input.": _l("Det kan ikke bruges her. Ret det."),
    "Not a valid choice.": _CHOOSE,
    "Invalid Choice: could not coerce.": _CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _CHOOSE,
    "'%(value)s' is not a valid choice for this field.": _CHOOSE,
    "Not a valid integer value.": _l("Skriv et helt tal."),
    "Not a valid decimal value.": _l("Skriv et tal."),
    "Not a valid float value.": _l("Skriv et tal."),
    "Not a valid date value.": _l("Skriv en dato, der findes, for eksempel 24-12-2026."),
    "Not a valid time value.": _l("Skriv et klokkeslæt, for eksempel 09:30."),
    "Not a valid datetime value.": _l("Skriv dato og klokkeslæt, for eksempel 2026-12-24 09:30."),
    "Invalid email address.": _l("Skriv en e-mailadresse, for eksempel navn@eksempel.dk."),
    "Field must be at least %(min)d character long.": _l("Skriv mindst %(min)d tegn."),
    "Field cannot be longer than %(max)d character.": _l("Skriv højst %(max)d tegn."),
    "Field must be exactly %(max)d character long.": _l("Skriv præcis %(max)d tegn."),
    "Field must be between %(min)d and %(max)d characters long.": _l("Skriv mellem %(min)d og %(max)d tegn."),
    "Number must be at least %(min)s.": _l("Tallet skal være mindst %(min)s."),
    "Number must be at most %(max)s.": _l("Tallet må højst være %(max)s."),
    "Number must be between %(min)s and %(max)s.": _l("Tallet skal være mellem %(min)s og %(max)s."),
    "Date must be at least %(min)s.": _l("Datoen må tidligst være %(min)s."),
    "Date must be at most %(max)s.": _l("Datoen må senest være %(max)s."),
    "Date must be between %(min)s and %(max)s.": _l("Datoen skal ligge mellem %(min)s og %(max)s."),
}


class Translations:
    """What WTForms asks for a sentence; one that is already ours comes back as it is."""

    def gettext(self, text: str) -> str:
        """The sentence in the language of this request."""
        return str(SAID.get(text, text))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The same; our sentences do not bend with the number."""
        ours = SAID.get(singular)
        return str(ours) if ours is not None else singular if n == 1 else plural
