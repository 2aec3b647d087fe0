"""CPR numbers at rest: encrypted with a key from the environment, found again by a keyed hash."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class VaultError(RuntimeError):
    """A key is unusable or none of the keys opens the seal."""


@dataclass(frozen=True)
class CprVault:
    """Seals with the first key, opens with any; `hash_key` finds a number without opening anything."""

    keys: tuple[str, ...]
    hash_key: str

    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(_fernet_key(key)) for key in self.keys])

    def seal(self, text: str) -> str:
        """Encrypt; the same text gives a different seal each time."""
        return self._fernet().encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Decrypt with whichever key fits; VaultError when none does."""
        try:
            return self._fernet().decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise VaultError("no key opens this seal") from error

    def fingerprint(self, number: str) -> str:
        """Keyed hash (HMAC-SHA-256, hex) of a CPR number, for look-up and uniqueness."""
        return hmac.new(self.hash_key.encode(), number.encode(), "sha256").hexdigest()


def _fernet_key(key: str) -> bytes:
    """The 32 bytes of an `id:base64` key, in the alphabet Fernet wants."""
    raw = base64.b64decode(key.rpartition(":")[2] + "==", altchars=b"-_" if set(key) & set("-_") else None)
    if len(raw) != 32:  # noqa: PLR2004 (Fernet's key length)
        raise VaultError("a CPR key must hold 32 bytes in base64")
    return base64.urlsafe_b64encode(raw)


def vault_from(keys: Sequence[str], hash_key: str) -> CprVault:
    """The vault of this installation."""
    return CprVault(tuple(keys), hash_key)
