"""Accounts: invite, edit, close and reopen; the invited person's first password; the own language."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa

from coordination import access, audit, outbox
from coordination.adapters.invitations import InvitationLinks
from coordination.db import db
from coordination.domain.accounts import (
    Account,
    account_state,
    check_closing,
    check_invitation,
    check_new_role,
    check_reopening,
    check_resending,
    invitation_ends,
)
from coordination.domain.actors import Actor, Language
from coordination.domain.errors import Invalid, Refused
from coordination.models import Appointment, Municipality, Partnership, School, User
from coordination.queries.accounts import actor_of, login_account


def invite(actor: Actor, account: Account, *, links: InvitationLinks, now: datetime) -> int:
    """Open an account and send its owner a link to choose a password; returns its id.

    Invalid when the address has an account.
    """
    return _open(actor, account, links, now).id


def create_admin(account: Account, *, links: InvitationLinks, now: datetime) -> str:
    """The first administrator of an installation, made at its terminal; returns the invitation link."""
    return links.link(_open(None, account, links, now).fs_uniquifier)


def _open(actor: Actor | None, account: Account, links: InvitationLinks, now: datetime) -> User:
    _check_email(account.email, own_id=None)
    user = User(fs_uniquifier=_new_uniquifier(), invited_at=now, active=True)
    _store(user, account)
    db.session.add(user)
    db.session.flush()  # the appointments and the letter need its key
    _appoint(user, account)
    _send_invitation(user, links, now)
    audit.record(actor, "accounts.invite", "user", user.id, now=now, role=account.role)
    return user


def save(actor: Actor, user_id: int, account: Account, *, now: datetime) -> None:
    """Change name, address, role, place of work or language; a new role or place ends open sessions."""
    user = access.one(User, user_id, lock=True)
    _check_email(account.email, own_id=user.id)
    check_new_role(user.role, account.role, own=user.id == actor.user_id)
    before = (user.role, user.jobcenter_id, user.school_id)
    _store(user, account)
    _appoint(user, account)
    if before != (user.role, user.jobcenter_id, user.school_id):
        user.fs_uniquifier = _new_uniquifier()
    audit.record(actor, "accounts.save", "user", user.id, now=now, role=account.role)


def resend_invitation(actor: Actor, user_id: int, *, links: InvitationLinks, now: datetime) -> None:
    """Send a new link; the earlier one stops working."""
    user = access.one(User, user_id, lock=True)
    check_resending(account_state(active=user.active, has_password=user.password is not None))
    user.invited_at = now
    user.fs_uniquifier = _new_uniquifier()
    _send_invitation(user, links, now)
    audit.record(actor, "accounts.resend_invitation", "user", user.id, now=now)


def close(actor: Actor, user_id: int, *, now: datetime) -> None:
    """Close an account: it cannot log in, its open sessions end at once, and it gets no letters."""
    user = access.one(User, user_id, lock=True)
    state = account_state(active=user.active, has_password=user.password is not None)
    check_closing(state, own=user.id == actor.user_id)
    user.active = False
    user.closed_at = now
    user.fs_uniquifier = _new_uniquifier()
    audit.record(actor, "accounts.close", "user", user.id, now=now)


def reopen(actor: Actor, user_id: int, *, now: datetime) -> None:
    """Open a closed account again, with the password it had."""
    user = access.one(User, user_id, lock=True)
    check_reopening(account_state(active=user.active, has_password=user.password is not None))
    user.active = True
    user.closed_at = None
    audit.record(actor, "accounts.reopen", "user", user.id, now=now)


def accept_invitation(uniquifier: str | None, password_hash: str, *, now: datetime) -> None:
    """The invited person's first password; Refused when the invitation was used, replaced or is too old."""
    user = login_account("fs_uniquifier", uniquifier) if uniquifier else None
    if user is None:
        raise Refused("invitation.ended")
    state = account_state(active=user.active, has_password=user.password is not None)
    check_invitation(state, user.invited_at, now)
    user.password = password_hash
    user.fs_uniquifier = _new_uniquifier()
    audit.record(actor_of(user.id), "accounts.accept_invitation", "user", user.id, now=now)


def choose_language(actor: Actor, language: Language) -> None:
    """The language of the person's pages and letters from now on."""
    access.one(User, actor.user_id).language = language


def _store(user: User, account: Account) -> None:
    _check_place(account)
    user.name = account.name
    user.email = account.email
    user.role = account.role
    user.language = account.language
    user.jobcenter_id = account.jobcenter_id
    user.school_id = account.school_id


def _check_place(account: Account) -> None:
    """A place that is not there any more, or never was, is said beside its field."""
    chosen = (
        ("jobcenter_id", Municipality.id, {account.jobcenter_id} - {None}),
        ("school_id", School.id, {account.school_id} - {None}),
        ("partnership_ids", Partnership.id, account.partnership_ids),
    )
    for field, key, wanted in chosen:
        if wanted and set(db.session.scalars(sa.select(key).where(key.in_(wanted)))) != wanted:
            raise Invalid({field: "account.place_missing"})


def _appoint(user: User, account: Account) -> None:
    held = set(
        db.session.scalars(sa.select(Appointment.partnership_id).where(Appointment.user_id == user.id))
    )
    ended = Appointment.partnership_id.in_(held - account.partnership_ids)
    db.session.execute(sa.delete(Appointment).where(Appointment.user_id == user.id, ended))
    for partnership_id in sorted(account.partnership_ids - held):
        db.session.add(Appointment(user_id=user.id, partnership_id=partnership_id))


def _check_email(email: str, *, own_id: int | None) -> None:
    other = login_account("email", email)
    if other is not None and other.id != own_id:
        raise Invalid({"email": "account.email_taken"})


def _send_invitation(user: User, links: InvitationLinks, now: datetime) -> None:
    ends = invitation_ends(now).date().isoformat()
    outbox.queue("invitation", [user], now=now, secret_link=links.link(user.fs_uniquifier), ends_on=ends)


def _new_uniquifier() -> str:
    """Sessions and links carry it, so a new one ends them all."""
    return uuid4().hex
