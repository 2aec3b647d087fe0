"""The link in an invitation: signed, so nobody makes one up, and useless once the account has changed."""

from __future__ import annotations

from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer

SALT = "invitation"


@dataclass(frozen=True)
class InvitationLinks:
    """Makes and reads links; `base_url` is what this installation's addresses begin with."""

    secret_key: str
    base_url: str

    def link(self, uniquifier: str) -> str:
        """The address an invited person opens; it carries the account's uniquifier and nothing else."""
        return f"{self.base_url}/invitations/{self._serializer().dumps(uniquifier)}"

    def uniquifier(self, token: str) -> str | None:
        """What the last part of such an address carries; None if we did not sign it."""
        try:
            read = self._serializer().loads(token)
        except BadSignature:
            return None
        return read if isinstance(read, str) else None

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret_key, salt=SALT)
