"""PostgreSQL's second wall: row-level security in the same words as the guard, written by migrations."""

from __future__ import annotations

from enum import StrEnum

EVERYTHING = "current_setting('app.everything', true) = 'on'"
MUNICIPALITY = "municipality_id = ANY (string_to_array(nullif(current_setting('app.municipalities', true), ''), ',')::int[])"
PARTNERSHIP = "partnership_id = ANY (string_to_array(nullif(current_setting('app.partnerships', true), ''), ',')::int[])"
SCHOOL = "nullif(current_setting('app.school', true), '')::int"
TODAY = "nullif(current_setting('app.today', true), '')::date"
AT_NO_SCHOOL = f"{SCHOOL} IS NULL"


class Reach(StrEnum):
    """Who reaches a row of a table; the mixins of coordination.db.base say the same in Python."""

    OWNED = f"{AT_NO_SCHOOL} AND {MUNICIPALITY}"
    TAUGHT = f"({AT_NO_SCHOOL} AND {MUNICIPALITY}) OR school_id = {SCHOOL}"
    SHARED = PARTNERSHIP
    RUN = f"{PARTNERSHIP} AND ({AT_NO_SCHOOL} OR school_id = {SCHOOL})"
    CANDIDATE = (
        f"({AT_NO_SCHOOL} AND {MUNICIPALITY}) OR id IN (SELECT e.candidate_id FROM enrolments e"
        " JOIN course_runs r ON r.id = e.course_run_id"
        f" WHERE e.school_id = {SCHOOL} AND e.state IN ('accepted', 'confirmed', 'dropped_out')"
        f" AND r.school_access_until >= {TODAY})"
    )


def enable(table: str, reach: Reach) -> list[str]:
    """The statements that put the wall around a table, for its owner too."""
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY reach ON {table} USING ({EVERYTHING} OR {reach}) WITH CHECK ({EVERYTHING} OR {reach})",
    ]
