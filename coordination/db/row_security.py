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


class Reach(StrEnum):
    """Who reaches a row of a table; the mixins of coordination.db.base say the same in Python."""

    OWNED = OWN
    TAUGHT = f"({OWN}) OR school_id = {SCHOOL}"
    SHARED = PARTNERSHIP
    RUN = f"{PARTNERSHIP} AND ({AT_NO_SCHOOL} OR school_id = {SCHOOL})"
    CANDIDATE = f"({OWN}) OR id IN {NAMED_TO_SCHOOL.format(key='candidate_id')}"
    NOMINATION = f"({OWN}) OR id IN {NAMED_TO_SCHOOL.format(key='nomination_id')}"
    TRANSFER = f"{AT_NO_SCHOOL} AND ({MUNICIPALITY} OR to_{MUNICIPALITY})"
    NOMINATION_MOVE = (
        f"({OWN}) OR (nomination_id IN {NAMED_TO_SCHOOL.format(key='nomination_id')} AND note = '')"
    )


def enable(table: str, reach: Reach) -> list[str]:
    """The statements that put the wall around a table, for its owner too."""
    within = f"{EVERYTHING} OR {reach}"
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY reach ON {table} USING ({within}) WITH CHECK ({within})",
    ]
