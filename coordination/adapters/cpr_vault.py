"""CPR numbers at rest: encrypted with a key from the environment, found again by a keyed hash."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

MARK = ":"  # between the name of the key and what it sealed; no seal contains it


class VaultError(RuntimeError):
    """A key is unusable or none of the keys opens the seal."""


@dataclass(frozen=True)
class CprVault:
    """Seals with the first key, opens with any; `hash_key` finds a number without opening anything."""

    keys: tuple[str, ...]
    hash_key: str

    @property
    def newest(self) -> str:
        """The name of the key that seals from now on."""
        return _name(self.keys[0])

    def seal(self, text: str) -> str:
        """Encrypt, with the name of the key in front; the same text gives a different seal each time."""
        return f"{self.newest}{MARK}{_fernet(self.keys[0]).encrypt(text.encode()).decode()}"

    def open(self, sealed: str) -> str:
        """Decrypt with the key the seal names, else with whichever fits; VaultError when none does."""
        name, _, token = sealed.rpartition(MARK)
        named = self._by_name().get(name)
        try:
            opener = _fernet(named) if named else MultiFernet([_fernet(key) for key in self.keys])
            return opener.decrypt(token.encode()).decode()
        except InvalidToken as error:
            raise VaultError("no key opens this seal") from error

    def is_newest(self, sealed: str) -> bool:
        """True if the seal was made with the key that seals now."""
        return sealed.rpartition(MARK)[0] == self.newest

    def fingerprint(self, number: str) -> str:
        """Keyed hash (HMAC-SHA-256, hex) of a CPR number, for look-up and uniqueness."""
        return hmac.new(self.hash_key.encode(), number.encode(), "sha256").hexdigest()

    def _by_name(self) -> Mapping[str, str]:
        return {_name(key): key for key in self.keys if _name(key)}


def _name(key: str) -> str:
    return key.rpartition(MARK)[0]


@cache
def _fernet(key: str) -> Fernet:
    return Fernet(_fernet_key(key))


def _fernet_key(key: str) -> bytes:
    """The 32 bytes of an `id:base64` key, in the alphabet Fernet wants."""
    raw = base64.b64decode(key.rpartition(MARK)[2] + "==", altchars=b"-_" if set(key) & set("-_") else None)
    if len(raw) != 32:  # noqa: PLR2004 (Fernet's key length)
        raise VaultError("a CPR key must hold 32 bytes in base64")
    return base64.urlsafe_b64encode(raw)


def vault_from(keys: Sequence[str], hash_key: str) -> CprVault:
    """The vault of this installation."""
    return CprVault(tuple(keys), hash_key)
