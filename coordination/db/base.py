"""Declarative base, naming convention, and the mixins that say who owns a row."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry

from coordination.db.sharing import sent_of
from coordination.db.types import UtcDateTime, stored_values

if TYPE_CHECKING:
    from coordination.db.scope import Scope

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table; enums are stored by value, moments in UTC."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: UtcDateTime(),
            enum.Enum: sa.Enum(
                enum.Enum, native_enum=False, length=40, values_callable=stored_values, validate_strings=True
            ),
        },
    )


class Session(FlaskSession):
    """The session of this product; the guard listens to this class and to nothing else."""


db = SQLAlchemy(
    model_class=Base,
    disable_autonaming=True,
    session_options={"class_": Session, "expire_on_commit": False},
)


class OwnedByMunicipality:
    """A row about a person: belongs to one municipality; only its own people and the coordinator reach it.

    A coordinator reaches what names a person or a nomination only while the jobcenter shares the person.
    """

    @declared_attr
    def municipality_id(cls) -> Mapped[int]:
        """The owner."""
        return mapped_column(sa.ForeignKey("municipalities.id"), index=True, comment="owner of the row")

    @classmethod
    def within(cls, scope: Scope) -> sa.ColumnElement[bool]:
        """SQL: the rows this scope reaches."""
        if scope.school_id is not None:
            return cls.within_school(scope)
        own = cls.municipality_id.in_(scope.municipalities)
        return sa.and_(own, cls.within_sharing(scope)) if scope.coordinator else own

    @classmethod
    def within_sharing(cls, scope: Scope) -> sa.ColumnElement[bool]:
        """SQL: what is left of them for a coordinator; by the person, or else the nomination, a row names."""
        for named, key in (("candidate_id", "candidate_id"), ("nomination_id", "id")):
            column: Mapped[int] | None = getattr(cls, named, None)
            if column is not None:
                return column.in_(sent_of(Base.metadata, key, scope))
        return sa.true()

    @classmethod
    def within_school(cls, scope: Scope) -> sa.ColumnElement[bool]:  # noqa: ARG003 (others read it)
        """SQL: a school reaches none, unless the table says otherwise."""
        return sa.false()

    def inside(self, scope: Scope) -> bool:
        """The same question for a row about to be written."""
        return scope.school_id is None and self.municipality_id in scope.municipalities


class TaughtAtSchool(OwnedByMunicipality):
    """A person's row that the school of the course run works with too: seat, mark, follow-up."""

    @declared_attr
    def school_id(cls) -> Mapped[int]:
        """The school that runs the course."""
        return mapped_column(sa.ForeignKey("schools.id"), index=True, comment="school of the course run")

    @classmethod
    def within_school(cls, scope: Scope) -> sa.ColumnElement[bool]:
        """SQL: rows of the school's own runs."""
        return cls.school_id == scope.school_id

    def inside(self, scope: Scope) -> bool:
        """A school writes rows of its own runs, a municipality its own."""
        return self.school_id == scope.school_id if scope.school_id is not None else super().inside(scope)


class SharedInPartnership:
    """A row without persons that the jobcenters of one partnership share: sector, track, question set."""

    @declared_attr
    def partnership_id(cls) -> Mapped[int]:
        """The partnership."""
        return mapped_column(
            sa.ForeignKey("partnerships.id"), index=True, comment="partnership that shares the row"
        )

    @classmethod
    def within(cls, scope: Scope) -> sa.ColumnElement[bool]:
        """SQL: the rows of the scope's partnerships."""
        return cls.partnership_id.in_(scope.partnerships)

    def inside(self, scope: Scope) -> bool:
        """The same question for a row about to be written."""
        return self.partnership_id in scope.partnerships


class RunBySchool(SharedInPartnership):
    """A shared row that one school runs: course run, session, evaluation, proposed change."""

    @declared_attr
    def school_id(cls) -> Mapped[int]:
        """The school that runs it."""
        return mapped_column(sa.ForeignKey("schools.id"), index=True, comment="school that runs it")

    @classmethod
    def within(cls, scope: Scope) -> sa.ColumnElement[bool]:
        """SQL: a school reaches its own, the others their partnership's."""
        if scope.school_id is not None:
            return sa.and_(cls.school_id == scope.school_id, super().within(scope))
        return super().within(scope)

    def inside(self, scope: Scope) -> bool:
        """The same question for a row about to be written."""
        return super().inside(scope) and scope.school_id in {None, self.school_id}
