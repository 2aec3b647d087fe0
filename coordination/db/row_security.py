"""PostgreSQL's second wall: row-level security in the same words as the guard, written by migrations."""

from __future__ import annotations

from enum import StrEnum

EVERYTHING = "current_setting('app.everything', true) = 'on'"
IDS = "ANY (string_to_array(nullif(current_setting('app.{}', true), ''), ',')::int[])"
MUNICIPALITY = f"municipality_id = {IDS.format('municipalities')}"
PARTNERSHIP = f"partnership_id = {IDS.format('partnerships')}"
SCHOOL = "nullif(current_setting('app.school', true), '')::int"
TODAY = "nullif(current_setting('app.today', true), '')::date"
AT_NO_SCHOOL = f"{SCHOOL} IS NULL"
OWN = f"{AT_NO_SCHOOL} AND {MUNICIPALITY}"
NAMED_TO_SCHOOL = (  # constants of this module only
    "(SELECT e.{key} FROM enrolments e JOIN course_runs r ON r.id = e.course_run_id"  # noqa: S608
    f" WHERE e.school_id = {SCHOOL} AND e.state IN ('accepted', 'confirmed', 'dropped_out')"
    f" AND r.school_access_until >= {TODAY})"
)


FIRST = {
    "candidates": f"({OWN}) OR id IN {NAMED_TO_SCHOOL.format(key='candidate_id')}",
    "nominations": f"({OWN}) OR id IN {NAMED_TO_SCHOOL.format(key='nomination_id')}",
    "nomination_moves": (
        f"({OWN}) OR (nomination_id IN {NAMED_TO_SCHOOL.format(key='nomination_id')} AND note = '')"
    ),
}
"""What the first migration wrote where a later one says more."""

COORDINATOR = "current_setting('app.coordinator', true) = 'on'"
NO_COORDINATOR = "current_setting('app.coordinator', true) IS DISTINCT FROM 'on'"
OPEN = f"basis_until >= {TODAY} AND basis_withdrawn_at IS NULL"
SENT = f"(SELECT {{key}} FROM nominations WHERE submitted_at IS NOT NULL AND {OPEN})"  # noqa: S608
SHARED_WITH_SCHOOL = (
    "(SELECT e.{key} FROM enrolments e JOIN course_runs r ON r.id = e.course_run_id"  # noqa: S608
    " JOIN nominations n ON n.id = e.nomination_id"
    f" WHERE e.school_id = {SCHOOL} AND e.state IN ('accepted', 'confirmed', 'dropped_out')"
    f" AND r.school_access_until >= {TODAY} AND n.basis_until >= {TODAY} AND n.basis_withdrawn_at IS NULL)"
)
OF_SENT_PERSON = f"{OWN} AND ({NO_COORDINATOR} OR candidate_id IN {SENT.format(key='candidate_id')})"
OF_SENT_NOMINATION = f"{OWN} AND ({NO_COORDINATOR} OR nomination_id IN {SENT.format(key='id')})"
SENT_ITSELF = f"{NO_COORDINATOR} OR (submitted_at IS NOT NULL AND {OPEN})"
FOLLOWED = f"{OWN} AND follow_up_id IN (SELECT id FROM follow_ups)"  # noqa: S608
WRITTEN = f"{OWN} AND message_id IN (SELECT id FROM thread_messages)"  # noqa: S608
BETWEEN = f"{AT_NO_SCHOOL} AND (from_{MUNICIPALITY} OR to_{MUNICIPALITY})"


class Reach(StrEnum):
    """Who reaches a row of a table; the mixins of coordination.db.base say the same in Python.

    A coordinator reaches what names a person or a nomination only while the jobcenter shares it. The policy
    of nominations may not ask nominations again: there the row's own basis is looked at.
    """

    OWNED = OWN
    TAUGHT = f"({OWN}) OR school_id = {SCHOOL}"
    SHARED = PARTNERSHIP
    RUN = f"{PARTNERSHIP} AND ({AT_NO_SCHOOL} OR school_id = {SCHOOL})"
    CANDIDATE = (
        f"({OWN} AND ({NO_COORDINATOR} OR id IN {SENT.format(key='candidate_id')}))"
        f" OR id IN {SHARED_WITH_SCHOOL.format(key='candidate_id')}"
    )
    NOMINATION = (
        f"({OWN} AND ({SENT_ITSELF})) OR (id IN {NAMED_TO_SCHOOL.format(key='nomination_id')} AND {OPEN})"
    )
    NOMINATION_MOVE = (
        f"({OF_SENT_NOMINATION})"
        f" OR (nomination_id IN {SHARED_WITH_SCHOOL.format(key='nomination_id')} AND note = '')"
    )
    OF_PERSON = OF_SENT_PERSON
    OF_NOMINATION = OF_SENT_NOMINATION
    FOLLOW_UP = f"({OF_SENT_PERSON}) OR school_id = {SCHOOL}"
    OF_FOLLOW_UP = FOLLOWED
    FOLLOW_UP_MOVE = f"({FOLLOWED}) OR school_id = {SCHOOL}"
    THREAD = f"({OF_SENT_PERSON}) AND ({NO_COORDINATOR} OR NOT private)"
    OF_MESSAGE = WRITTEN
    COORDINATED = f"{PARTNERSHIP} AND {COORDINATOR}"
    PROPOSED_PLACE = f"({OF_SENT_NOMINATION}) AND (published OR {COORDINATOR})"
    TRANSFER = f"{BETWEEN} AND ({NO_COORDINATOR} OR candidate_id IN {SENT.format(key='candidate_id')})"


def enable(table: str, reach: str) -> list[str]:
    """The statements that put the wall around a table, for its owner too."""
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        _policy(table, reach),
    ]


def rebuild(table: str, reach: str) -> list[str]:
    """The statements that give a table with a wall another reach."""
    return [f"DROP POLICY reach ON {table}", _policy(table, reach)]


def _policy(table: str, reach: str) -> str:
    within = f"{EVERYTHING} OR {reach}"
    return f"CREATE POLICY reach ON {table} USING ({within}) WITH CHECK ({within})"
