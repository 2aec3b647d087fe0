"""A table of candidates read into a plan: what would be registered, and what is wrong where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from coordination.domain.candidates import (
    CandidateFacts,
    Cpr,
    DanishExam,
    DanishLevel,
    DanishTrack,
    Scheme,
    parse_cpr,
    settle_facts,
)
from coordination.domain.errors import Facts, Invalid, Refused
from coordination.domain.nominations import settle_wishes


@dataclass(frozen=True)
class Column:
    """A column of the template: its Danish heading, the fact it holds, and an example."""

    heading: str
    field: str
    required: bool
    example: str


COLUMNS = (
    Column("cpr", "cpr", True, "010180-0003"),
    Column("navn", "name", True, "Eksempel Kandidat"),
    Column("telefon", "phone", False, "+45 00 00 00 00"),
    Column("e-mail", "email", False, "kandidat@example.org"),
    Column("adresse", "address", False, "Eksempelvej 1"),
    Column("postnummer", "postcode", False, "6200"),
    Column("by", "town", False, "Aabenraa"),
    Column("ordning", "scheme", True, "IGU"),
    Column("igu-start", "igu_start", False, "01-08-2026"),
    Column("arbejdsgiver", "employer", False, "Eksempel A/S"),
    Column("danskuddannelse", "track", False, "DU2"),
    Column("modul", "module", False, "3"),
    Column("prøve", "exam", False, "PD2"),
    Column("brancher", "wishes", False, "køkken og rengøring | social og sundhed"),
)
