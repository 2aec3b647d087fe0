"""Files being imported, what their rows did, and which headings a jobcenter uses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from coordination.db import Base, OwnedByMunicipality
from coordination.domain.candidate_imports import ImportState
from coordination.domain.legal_bases import LegalBasis


class CandidateImport(OwnedByMunicipality, Base):
    """An uploaded file from its dry run to its undoing; without a decision it is forgotten within a day."""

    __tablename__ = "candidate_imports"
    __table_args__ = (Index("uq_candidate_imports_municipality_id_id", "municipality_id", "id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    filename: Mapped[str] = mapped_column(String(200), comment="name of the file as uploaded")
    content_sealed: Mapped[str] = mapped_column(Text, comment="the file, encrypted")
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), comment="who")
    uploaded_at: Mapped[datetime] = mapped_column(index=True, comment="when")
    mapping: Mapped[dict[str, str]] = mapped_column(
        JSON, default=dict, server_default="{}", comment="heading of the file: fact it holds"
    )
    state: Mapped[ImportState] = mapped_column(
        default=ImportState.UPLOADED, server_default="uploaded", index=True, comment="where it stands"
    )
    basis: Mapped[LegalBasis | None] = mapped_column(comment="why the people nominated may be shared")
    informed_on: Mapped[date | None] = mapped_column(comment="day the people nominated were informed")
    basis_until: Mapped[date | None] = mapped_column(comment="last day they may be shared")
    started_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id"), comment="who said yes to the import"
    )
    claimed_at: Mapped[datetime | None] = mapped_column(comment="last sign of life of the clock")
    rows_total: Mapped[int | None] = mapped_column(comment="rows to import")
    rows_done: Mapped[int] = mapped_column(default=0, server_default="0", comment="rows worked through")
    problem: Mapped[str] = mapped_column(
        String(80), default="", server_default="", comment="code of why it failed"
    )
    imported_at: Mapped[datetime | None] = mapped_column(comment="when its rows became candidates")
    imported_rows: Mapped[int | None] = mapped_column(comment="how many candidates came of it")
    undone_at: Mapped[datetime | None] = mapped_column(comment="when the whole import was taken back")


class ImportedRow(OwnedByMunicipality, Base):
    """What one row of a file did, so that the whole import can be taken back."""

    __tablename__ = "imported_rows"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "import_id"],
            ["candidate_imports.municipality_id", "candidate_imports.id"],
        ),
        UniqueConstraint("import_id", "candidate_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    import_id: Mapped[int] = mapped_column(index=True, comment="the import")
    candidate_id: Mapped[int] = mapped_column(index=True, comment="who; kept as a bare number once removed")
    nomination_id: Mapped[int | None] = mapped_column(comment="the nomination it made, if any")
    before: Mapped[dict[str, Any] | None] = mapped_column(
        JSON, comment="changed facts as they stood; empty for a new person"
    )
    candidate_version: Mapped[int] = mapped_column(comment="version right after the import")


class ImportMapping(OwnedByMunicipality, Base):
    """Which heading of a jobcenter's own files holds which fact, remembered from the last import."""

    __tablename__ = "import_mappings"
    __table_args__ = (UniqueConstraint("municipality_id", "heading"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    heading: Mapped[str] = mapped_column(String(120), comment="heading in small letters, single spaces")
    fact: Mapped[str] = mapped_column(String(40), comment="field of the template; empty means ignore")
