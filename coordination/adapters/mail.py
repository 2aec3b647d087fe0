"""Mail: hands a letter to an SMTP server, or writes it to a folder where none is configured."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from coordination.adapters.letters import LetterText

TIMEOUT_SECONDS = 20


class MailError(RuntimeError):
    """The server could not be reached or did not take the letter; `final` when trying again is no use."""

    def __init__(self, message: str, *, final: bool = False) -> None:
        super().__init__(message)
        self.final = final


@dataclass(frozen=True)
class Post:
    """Where letters go: `smtp_url` such as smtp://user:password@host:587?starttls=1, or else a folder."""

    smtp_url: str
    mail_from: str
    folder: Path

    @property
    def by_smtp(self) -> bool:
        """Whether a server is configured."""
        return bool(self.smtp_url)

    def deliver(self, recipient: str, text: LetterText, *, message_id: str, now: datetime) -> None:
        """Send or write one letter; raises MailError. Each try has the same Message-ID."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.mail_from, recipient, text.subject
        message["Date"], message["Message-ID"] = format_datetime(now), message_id
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text.body)
        if self.by_smtp:
            self._send(message)
        else:
            self._write(message, message_id)

    def _write(self, message: EmailMessage, message_id: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = "".join(sign for sign in message_id.partition("@")[0] if sign.isalnum() or sign == "-")
        (self.folder / f"{name}.eml").write_bytes(message.as_bytes())

    def _send(self, message: EmailMessage) -> None:
        try:
            with self._connect() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, reason = next(iter(error.recipients.values()))
            raise MailError(f"{code} {_words(reason)}", final=code >= PERMANENT) from error
        except smtplib.SMTPResponseException as error:
            raise MailError(f"{error.smtp_code} {_words(error.smtp_error)}", final=False) from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(f"{type(error).__name__}: {error}") from error

    def _connect(self) -> smtplib.SMTP:
        url = urlsplit(self.smtp_url)
        context = ssl.create_default_context()
        host, options = url.hostname or "", parse_qs(url.query)
        if url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, url.port or 465, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(host, url.port or 25, timeout=TIMEOUT_SECONDS)
        if options.get("starttls") == ["1"]:
            server.starttls(context=context)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        return server


PERMANENT = 500


def _words(reason: bytes | str) -> str:
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
