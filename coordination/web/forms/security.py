"""The forms of the login library in our words: no "remember me", labels and errors like everywhere else."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_security import forms

from coordination.web.forms.base import Form

EMAIL = _l("E-mailadresse")
NEW = _l("Ny adgangskode")
AGAIN = _l("Den nye adgangskode igen")


class Worded:
    """Gives the library's fields our labels."""

    LABELS: ClassVar[dict[str, Any]] = {}

    class Meta(Form.Meta):
        pass

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.LABELS.items():
            self[name].label.text = label  # type: ignore[index]  # a mixin of forms


class LoginForm(Worded, forms.LoginForm):
    """Address and password; a browser is never remembered beyond the session."""

    LABELS: ClassVar[dict[str, Any]] = {"email": EMAIL, "password": _l("Adgangskode")}
    remember = None


class ForgotPasswordForm(Worded, forms.ForgotPasswordForm):
    """The address a link is sent to."""

    LABELS: ClassVar[dict[str, Any]] = {"email": EMAIL}


class NewPasswordForm(Worded, forms.ResetPasswordForm):
    """A new password, twice; for a forgotten one and for an invitation."""

    LABELS: ClassVar[dict[str, Any]] = {"password": NEW, "password_confirm": AGAIN}
    user = None


class ChangePasswordForm(Worded, forms.ChangePasswordForm):
    """The password as it is, and the new one twice."""

    LABELS: ClassVar[dict[str, Any]] = {
        "password": _l("Din nuværende adgangskode"),
        "new_password": NEW,
        "new_password_confirm": AGAIN,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.flags.required = True  # asked for by the form, not by a validator
