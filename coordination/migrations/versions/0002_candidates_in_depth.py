"""candidates in depth."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

import coordination.db
from coordination.db.row_security import FIRST, Reach, enable, rebuild

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REACH = {
    "eligibility_notices": Reach.OF_PERSON,
    "hours_elsewhere": Reach.OF_PERSON,
    "import_mappings": Reach.OWNED,
    "imported_rows": Reach.OF_PERSON,
    "mentions": Reach.OF_MESSAGE,
    "thread_messages": Reach.THREAD,
    "transfers": Reach.TRANSFER,
    "unavailabilities": Reach.OF_PERSON,
}
REACH_NOW = {
    "candidate_changes": Reach.OF_PERSON,
    "candidates": Reach.CANDIDATE,
    "contact_attempts": Reach.OF_FOLLOW_UP,
    "follow_up_moves": Reach.FOLLOW_UP_MOVE,
    "follow_ups": Reach.FOLLOW_UP,
    "nomination_moves": Reach.NOMINATION_MOVE,
    "nomination_wishes": Reach.OF_NOMINATION,
    "nominations": Reach.NOMINATION,
    "person_views": Reach.OF_PERSON,
}
"""Reached by others only while the jobcenter shares the person; see docs/adr/0011."""
REACH_BEFORE = {
    "candidate_changes": Reach.OWNED,
    "contact_attempts": Reach.OWNED,
    "follow_up_moves": Reach.TAUGHT,
    "follow_ups": Reach.TAUGHT,
    "nomination_wishes": Reach.OWNED,
    "person_views": Reach.OWNED,
    **FIRST,
}
LIVE = "state IN ('draft', 'submitted', 'parked', 'offered', 'accepted')"
LIVE_BEFORE = "state IN ('draft', 'submitted', 'offered', 'accepted')"

OPEN_BASIS_SQLITE = """UPDATE nominations SET basis = 'informed', basis_given_on = date(created_at),
basis_until = date(created_at, '+2 years') WHERE basis IS NULL"""
OPEN_BASIS_POSTGRESQL = """UPDATE nominations SET basis = 'informed', basis_given_on = created_at::date,
basis_until = (created_at + interval '2 years')::date WHERE basis IS NULL"""

FIRST = date(2016, 7, 1)
SECOND = date(2021, 5, 1)
THIRD = date(2024, 1, 1)
L_202 = "Lov om integrationsgrunduddannelse, L 202 (2020-21)"
L_82 = "Lov om integrationsgrunduddannelse, L 82 (2023-24)"
ORDER = "Bekendtgørelse om integrationsgrunduddannelse, § 6"
IGU_ACT = "Lov om integrationsgrunduddannelse"
IGU_RULES = (
    # kind, number, day, for starts from, until, effect, source
    ("target_group", None, None, FIRST, None, "cannot", IGU_ACT),
    ("age_from", 18, None, FIRST, None, "cannot", IGU_ACT),
    ("age_under", 40, None, FIRST, date(2023, 12, 31), "cannot", IGU_ACT),
    ("age_under", 50, None, THIRD, None, "cannot", L_82),
    ("residence_under", 5, None, FIRST, date(2021, 4, 30), "cannot", IGU_ACT),
    ("residence_under", 10, None, SECOND, date(2023, 12, 31), "cannot", L_202),
    ("residence_up_to", 20, None, THIRD, None, "cannot", L_82),
    ("start_from", None, FIRST, FIRST, None, "cannot", IGU_ACT),
    ("start_until", None, date(2027, 12, 31), THIRD, None, "cannot", L_82),
    ("school_weeks", 20, None, FIRST, date(2021, 4, 30), "check", IGU_ACT),
    ("school_weeks", 23, None, SECOND, None, "check", L_202),
    ("amu_weeks_after_exam", 8, None, SECOND, None, "check", ORDER),
)
ASSUMED = "Ældre vejledning fra ministeriet; antaget, indtil det er afklaret"
HOUR_FACTORS = (
    ("amu", 100),
    ("fvu", 200),
    ("avu", 200),
    ("hf", 200),
    ("fgu", 100),
    ("danish", 200),
    ("other", 100),
)
BONUS = "uim.dk, bonus til private virksomheder med elever på IGU"
RATES = ("bonus_after_6_months", "bonus_after_24_months")
BONUS_ORE = 2_000_000
REASONS = {
    "decline": (
        ("wrong_time", "tidspunktet passer ikke", "the time does not suit"),
        ("too_far", "for langt væk", "too far away"),
        ("childcare", "børnepasning", "childcare"),
        ("health_or_leave", "sygdom eller orlov", "illness or leave"),
        ("got_job", "har fået arbejde", "has found a job"),
        ("other", "anden årsag", "another reason"),
    ),
    "reject": (
        ("language_too_low", "dansk er ikke tilstrækkeligt", "Danish is not sufficient"),
        ("module_taken_before", "har taget modulet før", "has taken the module before"),
        ("safety_requirement", "sikkerhedskrav kan ikke opfyldes", "safety requirement cannot be met"),
        ("other", "anden årsag", "another reason"),
    ),
    "withdraw": (
        ("got_job", "har fået arbejde", "has found a job"),
        ("moved_away", "flyttet", "moved away"),
        ("illness_or_leave", "sygdom eller orlov", "illness or leave"),
        ("not_motivated", "ønsker det ikke", "does not want to"),
        ("other_offer", "har fået et andet tilbud", "has another offer"),
        ("mistake", "indstillet ved en fejl", "nominated by mistake"),
        ("other", "anden årsag", "another reason"),
    ),
    "drop_out": (
        ("got_job", "har fået arbejde", "has found a job"),
        ("illness_or_leave", "sygdom eller orlov", "illness or leave"),
        ("moved_away", "flyttet", "moved away"),
        ("stayed_away", "er holdt op med at komme", "stopped coming"),
        ("other", "anden årsag", "another reason"),
    ),
    "park": (
        ("waiting_for_danish", "skal længere i dansk først", "needs more Danish first"),
        ("practice_first", "praktikken skal falde på plads først", "the practice must settle first"),
        ("childcare", "mangler børnepasning", "lacks childcare"),
        ("illness_or_leave", "sygdom eller orlov", "illness or leave"),
        ("other", "anden årsag", "another reason"),
    ),
}
PRIVATE = {"childcare", "health_or_leave", "illness_or_leave"}


def upgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "hour_factors",
        sa.Column("id", sa.Integer(), nullable=False, comment="key"),
        sa.Column(
            "kind",
            sa.Enum(
                "amu",
                "fvu",
                "avu",
                "hf",
                "fgu",
                "danish",
                "other",
                name="teachingkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
            comment="teaching kind",
        ),
        sa.Column(
            "percent", sa.Integer(), nullable=False, comment="counted hours for a hundred delivered ones"
        ),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="from this day until the next one begins"),
        sa.Column(
            "source",
            sa.String(length=200),
            nullable=False,
            comment="where it stands; says so if it is assumed",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_factors")),
        sa.UniqueConstraint("kind", "valid_from", name=op.f("uq_hour_factors_kind_valid_from")),
    )
    op.create_table(
        "igu_rules",
        sa.Column("id", sa.Integer(), nullable=False, comment="key"),
        sa.Column(
            "kind",
            sa.Enum(
                "target_group",
                "age_from",
                "age_under",
                "residence_under",
                "residence_up_to",
                "start_from",
                "start_until",
                "exam_at_least",
                "school_weeks",
                "amu_weeks_after_exam",
                "ask",
                name="igurulekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
            comment="what it asks",
        ),
        sa.Column("number", sa.Integer(), nullable=True, comment="years or weeks it names"),
        sa.Column("day", sa.Date(), nullable=True, comment="day it names"),
        sa.Column("starts_from", sa.Date(), nullable=False, comment="for an IGU begun from this day"),
        sa.Column("starts_until", sa.Date(), nullable=True, comment="and until this day; empty means still"),
        sa.Column(
            "effect",
            sa.Enum("cannot", "check", name="effect", native_enum=False, length=40),
            nullable=False,
            comment="cannot, or check this",
        ),
        sa.Column("wording", sa.String(length=300), nullable=False, comment="own words, Danish"),
        sa.Column("wording_en", sa.String(length=300), nullable=False, comment="own words, English"),
        sa.Column("source", sa.String(length=200), nullable=False, comment="where the rule stands"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_igu_rules")),
    )
    with op.batch_alter_table("igu_rules", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_igu_rules_kind"), ["kind"], unique=False)

    op.create_table(
        "rates",
        sa.Column("id", sa.Integer(), nullable=False, comment="key"),
        sa.Column(
            "kind",
            sa.Enum(
                "bonus_after_6_months", "bonus_after_24_months", name="ratekind", native_enum=False, length=40
            ),
            nullable=False,
            comment="what is paid",
        ),
        sa.Column("amount_ore", sa.Integer(), nullable=False, comment="amount in øre"),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="from this day until the next one begins"),
        sa.Column("source", sa.String(length=200), nullable=False, comment="where the rate stands"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rates")),
        sa.UniqueConstraint("kind", "valid_from", name=op.f("uq_rates_kind_valid_from")),
    )
    op.create_table(
        "reasons",
        sa.Column("id", sa.Integer(), nullable=False, comment="key"),
        sa.Column(
            "kind",
            sa.Enum(
                "decline",
                "reject",
                "withdraw",
                "drop_out",
                "park",
                name="reasonkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
            comment="the deed it is a reason for",
        ),
        sa.Column("code", sa.String(length=40), nullable=False, comment="what moves keep"),
        sa.Column("name", sa.String(length=120), nullable=False, comment="Danish words"),
        sa.Column("name_en", sa.String(length=120), nullable=False, comment="English words"),
        sa.Column("position", sa.Integer(), nullable=False, comment="order in the list"),
        sa.Column("active", sa.Boolean(), nullable=False, comment="may be chosen"),
        sa.Column(
            "private",
            sa.Boolean(),
            nullable=False,
            comment="touches on health or home: others are told another reason",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reasons")),
        sa.UniqueConstraint("kind", "code", name=op.f("uq_reasons_kind_code")),
    )
    op.create_table(
        "import_mappings",
        sa.Column("id", sa.Integer(), nullable=False, comment="key"),
        sa.Column(
            "heading",
            sa.String(length=120),
            nullable=False,
            comment="heading in small letters, single spaces",
        ),
        sa.Column(
            "fact", sa.String(length=40), nullable=False, comment="field of the template; empty means ignore"
        ),
        sa.Column("municipality_id", sa.Integer(), nullable=False, comment="owner of the row"),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_import_mappings_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mappings")),
        sa.UniqueConstraint(
            "municipality_id", "heading", name=op.f("uq_import_mappings_municipality_id_heading")
        ),
    )
    with op.batch_alter_table("import_mappings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_import_mappings_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False, comment="key"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="whose"),
        sa.Column("page", sa.String(length=60), nullable=False, comment="endpoint of the list"),
        sa.Column("name", sa.String(length=60), nullable=False, comment="as its owner calls it"),
        sa.Column(
            "query", sa.String(length=500), nullable=False, comment="the filter as it stands in the address"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_saved_views_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("user_id", "page", "name", name=op.f("uq_saved_views_user_id_page_name")),
    )
    with op.batch_alter_table("saved_views", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_views_user_id"), ["user_id"], unique=False)

    op.create_table(
        "eligibility_notices",
        sa.Column("id", sa.Integer(), nullable=False, comment="key"),
        sa.Column("candidate_id", sa.Integer(), nullable=False, comment="the candidate"),
        sa.Column("what", sa.String(length=60), nullable=False, comment="the rule or deadline"),
        sa.Column("day", sa.Date(), nullable=False, comment="the day from which it no longer holds"),
        sa.Column("told_at", coordination.db.UtcDateTime(), nullable=False, comment="when"),
        sa.Column("municipality_id", sa.Integer(), nullable=False, comment="owner of the row"),
        sa.ForeignKeyConstraint(
            ["municipality_id", "candidate_id"],
            ["candidates.municipality_id", "candidates.id"],
            name=op.f("fk_eligibility_notices_municipality_id_candidate_id"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_eligibility_notices_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_notices")),
        sa.UniqueConstraint(
            "candidate_id", "what", "day", name=op.f("uq_eligibility_notices_candidate_id_what_day")
        ),
    )
    with op.batch_alter_table("eligibility_notices", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_eligibility_notices_candidate_id"), ["candidate_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_eligibility_notices_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "hours_elsewhere",
        sa.Column("id", sa.Integer(), nullable=False, comment="key"),
        sa.Column("candidate_id", sa.Integer(), nullable=False, comment="the candidate"),
        sa.Column(
            "kind",
            sa.Enum(
                "amu",
                "fvu",
                "avu",
                "hf",
                "fgu",
                "danish",
                "other",
                name="teachingkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
            comment="teaching kind, which has a factor",
        ),
        sa.Column("place", sa.String(length=120), nullable=False, comment="school or course"),
        sa.Column("from_day", sa.Date(), nullable=False, comment="first day"),
        sa.Column("until_day", sa.Date(), nullable=False, comment="last day; the factor of this day counts"),
        sa.Column("minutes", sa.Integer(), nullable=False, comment="attended teaching, in minutes"),
        sa.Column("by_id", sa.Integer(), nullable=False, comment="who wrote it"),
        sa.Column("at", coordination.db.UtcDateTime(), nullable=False, comment="when"),
        sa.Column("municipality_id", sa.Integer(), nullable=False, comment="owner of the row"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_hours_elsewhere_by_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "candidate_id"],
            ["candidates.municipality_id", "candidates.id"],
            name=op.f("fk_hours_elsewhere_municipality_id_candidate_id"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_hours_elsewhere_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_elsewhere")),
    )
    with op.batch_alter_table("hours_elsewhere", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hours_elsewhere_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hours_elsewhere_municipality_id"), ["municipality_id"], unique=False
        )

    with op.batch_alter_table("candidate_imports", schema=None) as batch_op:
        batch_op.create_index(
            "uq_candidate_imports_municipality_id_id", ["municipality_id", "id"], unique=True
        )

    op.create_table(
        "imported_rows",
        sa.Column("id", sa.Integer(), nullable=False, comment="key"),
        sa.Column("import_id", sa.Integer(), nullable=False, comment="the import"),
        sa.Column(
            "candidate_id", sa.Integer(), nullable=False, comment="who; kept as a bare number once removed"
        ),
        sa.Column("nomination_id", sa.Integer(), nullable=True, comment="the nomination it made, if any"),
        sa.Column(
            "before", sa.JSON(), nullable=True, comment="changed facts as they stood; empty for a new person"
        ),
        sa.Column(
            "candidate_version", sa.Integer(), nullable=False, comment="version right after the import"
        ),
        sa.Column("municipality_id", sa.Integer(), nullable=False, comment="owner of the row"),
        sa.ForeignKeyConstraint(
            ["municipality_id", "import_id"],
            ["candidate_imports.municipality_id", "candidate_imports.id"],
            name=op.f("fk_imported_rows_municipality_id_import_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_imported_rows_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_rows")),
        sa.UniqueConstraint(
            "import_id", "candidate_id", name=op.f("uq_imported_rows_import_id_candidate_id")
        ),
    )
    with op.batch_alter_table("imported_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_rows_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_imported_rows_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_imported_rows_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "thread_messages",
        sa.Column("id", sa.Integer(), nullable=False, comment="key"),
        sa.Column("candidate_id", sa.Integer(), nullable=False, comment="whom it is about"),
        sa.Column("text", sa.Text(), nullable=False, comment="what was written; never shown to schools"),
        sa.Column("private", sa.Boolean(), nullable=False, comment="only for the own jobcenter"),
        sa.Column("by_id", sa.Integer(), nullable=False, comment="who wrote it"),
        sa.Column("at", coordination.db.UtcDateTime(), nullable=False, comment="when"),
        sa.Column("handed_to_id", sa.Integer(), nullable=True, comment="who is asked to act"),
        sa.Column("due_on", sa.Date(), nullable=True, comment="by this day"),
        sa.Column("done_at", coordination.db.UtcDateTime(), nullable=True, comment="when it was done"),
        sa.Column("done_by_id", sa.Integer(), nullable=True, comment="by whom"),
        sa.Column("reminded_on", sa.Date(), nullable=True, comment="last told that the day has passed"),
        sa.Column("municipality_id", sa.Integer(), nullable=False, comment="owner of the row"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_thread_messages_by_id")),
        sa.ForeignKeyConstraint(["done_by_id"], ["users.id"], name=op.f("fk_thread_messages_done_by_id")),
        sa.ForeignKeyConstraint(["handed_to_id"], ["users.id"], name=op.f("fk_thread_messages_handed_to_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "candidate_id"],
            ["candidates.municipality_id", "candidates.id"],
            name=op.f("fk_thread_messages_municipality_id_candidate_id"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_thread_messages_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_messages")),
        sa.UniqueConstraint("municipality_id", "id", name=op.f("uq_thread_messages_municipality_id_id")),
    )
    with op.batch_alter_table("thread_messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thread_messages_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_thread_messages_handed_to_id"), ["handed_to_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_thread_messages_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "transfers",
        sa.Column("id", sa.Integer(), nullable=False, comment="key"),
        sa.Column("candidate_id", sa.Integer(), nullable=False, comment="who moves"),
        sa.Column("from_municipality_id", sa.Integer(), nullable=False, comment="the giver"),
        sa.Column("to_municipality_id", sa.Integer(), nullable=False, comment="the receiver"),
        sa.Column(
            "code", sa.String(length=12), nullable=False, comment="pool code or key, shown until accepted"
        ),
        sa.Column(
            "state",
            sa.Enum(
                "offered",
                "accepted",
                "declined",
                "cancelled",
                "done",
                name="transferstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
            comment="where it stands",
        ),
        sa.Column("effective_on", sa.Date(), nullable=False, comment="first day at the receiver"),
        sa.Column("note", sa.String(length=500), nullable=False, comment="words of the giver"),
        sa.Column("offered_by_id", sa.Integer(), nullable=False, comment="who offered"),
        sa.Column("offered_at", coordination.db.UtcDateTime(), nullable=False, comment="when"),
        sa.Column("answered_by_id", sa.Integer(), nullable=True, comment="who answered"),
        sa.Column("answered_at", coordination.db.UtcDateTime(), nullable=True, comment="when"),
        sa.Column("answer_note", sa.String(length=500), nullable=False, comment="words of the receiver"),
        sa.Column("caseworker_id", sa.Integer(), nullable=True, comment="named caseworker at the receiver"),
        sa.Column(
            "done_at", coordination.db.UtcDateTime(), nullable=True, comment="when the rows changed owner"
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="rises with each change"),
        sa.Column("municipality_id", sa.Integer(), nullable=False, comment="owner of the row"),
        sa.ForeignKeyConstraint(["answered_by_id"], ["users.id"], name=op.f("fk_transfers_answered_by_id")),
        sa.ForeignKeyConstraint(["caseworker_id"], ["users.id"], name=op.f("fk_transfers_caseworker_id")),
        sa.ForeignKeyConstraint(
            ["from_municipality_id"], ["municipalities.id"], name=op.f("fk_transfers_from_municipality_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "candidate_id"],
            ["candidates.municipality_id", "candidates.id"],
            name=op.f("fk_transfers_municipality_id_candidate_id"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_transfers_municipality_id")
        ),
        sa.ForeignKeyConstraint(["offered_by_id"], ["users.id"], name=op.f("fk_transfers_offered_by_id")),
        sa.ForeignKeyConstraint(
            ["to_municipality_id"], ["municipalities.id"], name=op.f("fk_transfers_to_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers")),
    )
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfers_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfers_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfers_state"), ["state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_transfers_to_municipality_id"), ["to_municipality_id"], unique=False
        )
        batch_op.create_index(
            "uq_transfers_open",
            ["candidate_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('offered', 'accepted')"),
            postgresql_where=sa.text("state IN ('offered', 'accepted')"),
        )

    op.create_table(
        "unavailabilities",
        sa.Column("id", sa.Integer(), nullable=False, comment="key"),
        sa.Column("candidate_id", sa.Integer(), nullable=False, comment="the candidate"),
        sa.Column("from_day", sa.Date(), nullable=False, comment="first day"),
        sa.Column("until_day", sa.Date(), nullable=False, comment="last day"),
        sa.Column(
            "kind",
            sa.Enum(
                "holiday",
                "leave",
                "practice",
                "other_course",
                "appointment",
                "other",
                name="unavailabilitykind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
            comment="why, from a list; never a diagnosis",
        ),
        sa.Column("by_id", sa.Integer(), nullable=False, comment="who wrote it"),
        sa.Column("at", coordination.db.UtcDateTime(), nullable=False, comment="when"),
        sa.Column("municipality_id", sa.Integer(), nullable=False, comment="owner of the row"),
        sa.CheckConstraint("from_day <= until_day", name=op.f("ck_unavailabilities_days")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_unavailabilities_by_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "candidate_id"],
            ["candidates.municipality_id", "candidates.id"],
            name=op.f("fk_unavailabilities_municipality_id_candidate_id"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_unavailabilities_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unavailabilities")),
    )
    with op.batch_alter_table("unavailabilities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unavailabilities_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_unavailabilities_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "mentions",
        sa.Column("id", sa.Integer(), nullable=False, comment="key"),
        sa.Column("message_id", sa.Integer(), nullable=False, comment="the message"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="who is mentioned"),
        sa.Column("seen_at", coordination.db.UtcDateTime(), nullable=True, comment="thread opened since"),
        sa.Column("municipality_id", sa.Integer(), nullable=False, comment="owner of the row"),
        sa.ForeignKeyConstraint(
            ["municipality_id", "message_id"],
            ["thread_messages.municipality_id", "thread_messages.id"],
            name=op.f("fk_mentions_municipality_id_message_id"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_mentions_municipality_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_mentions_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
        sa.UniqueConstraint("message_id", "user_id", name=op.f("uq_mentions_message_id_user_id")),
    )
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentions_message_id"), ["message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentions_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentions_user_id"), ["user_id"], unique=False)

    with op.batch_alter_table("candidate_imports", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "mapping",
                sa.JSON(),
                server_default="{}",
                nullable=False,
                comment="heading of the file: fact it holds",
            )
        )
        batch_op.add_column(
            sa.Column(
                "state",
                sa.Enum(
                    "uploaded",
                    "waiting",
                    "running",
                    "done",
                    "failed",
                    "undone",
                    name="importstate",
                    native_enum=False,
                    length=40,
                ),
                server_default="uploaded",
                nullable=False,
                comment="where it stands",
            )
        )
        batch_op.add_column(
            sa.Column(
                "basis",
                sa.Enum("informed", "consent", name="legalbasis", native_enum=False, length=40),
                nullable=True,
                comment="why the people nominated may be shared",
            )
        )
        batch_op.add_column(
            sa.Column(
                "informed_on", sa.Date(), nullable=True, comment="day the people nominated were informed"
            )
        )
        batch_op.add_column(
            sa.Column("basis_until", sa.Date(), nullable=True, comment="last day they may be shared")
        )
        batch_op.add_column(
            sa.Column("started_by_id", sa.Integer(), nullable=True, comment="who said yes to the import")
        )
        batch_op.add_column(
            sa.Column(
                "claimed_at",
                coordination.db.UtcDateTime(),
                nullable=True,
                comment="last sign of life of the clock",
            )
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_candidate_imports_started_by_id"), "users", ["started_by_id"], ["id"]
        )
        batch_op.add_column(sa.Column("rows_total", sa.Integer(), nullable=True, comment="rows to import"))
        batch_op.add_column(
            sa.Column(
                "rows_done", sa.Integer(), server_default="0", nullable=False, comment="rows worked through"
            )
        )
        batch_op.add_column(
            sa.Column(
                "problem",
                sa.String(length=80),
                server_default="",
                nullable=False,
                comment="code of why it failed",
            )
        )
        batch_op.add_column(
            sa.Column(
                "undone_at",
                coordination.db.UtcDateTime(),
                nullable=True,
                comment="when the whole import was taken back",
            )
        )
        batch_op.create_index(batch_op.f("ix_candidate_imports_state"), ["state"], unique=False)

    with op.batch_alter_table("candidates", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "igu_extended_until", sa.Date(), nullable=True, comment="last day, where the IGU was extended"
            )
        )
        batch_op.add_column(
            sa.Column(
                "igu_extension_reason",
                sa.Enum(
                    "school_impossible",
                    "leave",
                    "long_illness",
                    name="extensionreason",
                    native_enum=False,
                    length=40,
                ),
                nullable=True,
                comment="why the IGU was extended",
            )
        )
        batch_op.add_column(
            sa.Column(
                "employer_private", sa.Boolean(), nullable=True, comment="private employers get a bonus"
            )
        )
        batch_op.add_column(
            sa.Column("agreement_signed_on", sa.Date(), nullable=True, comment="IGU agreement signed")
        )
        batch_op.add_column(
            sa.Column(
                "agreement_in_vitas_on", sa.Date(), nullable=True, comment="agreement reported in VITAS"
            )
        )
        batch_op.add_column(
            sa.Column("plan_ready_on", sa.Date(), nullable=True, comment="teaching plan reported in VITAS")
        )
        batch_op.add_column(
            sa.Column(
                "vitas_reference",
                sa.String(length=40),
                server_default="",
                nullable=False,
                comment="reference of the agreement in VITAS",
            )
        )
        batch_op.add_column(
            sa.Column(
                "residence_since", sa.Date(), nullable=True, comment="first day of residence in Denmark"
            )
        )
        batch_op.add_column(
            sa.Column(
                "target_group",
                sa.Enum(
                    "refugee",
                    "family_reunified",
                    "afghanistan_act",
                    "ukraine_act",
                    "none_of_these",
                    name="targetgroup",
                    native_enum=False,
                    length=40,
                ),
                nullable=True,
                comment="why the person may begin an IGU",
            )
        )
        batch_op.add_column(
            sa.Column(
                "practice_days",
                sa.JSON(),
                server_default="[]",
                nullable=False,
                comment="weekdays at the employer, 0 is Monday",
            )
        )
        batch_op.add_column(
            sa.Column(
                "contact_name",
                sa.String(length=120),
                server_default="",
                nullable=False,
                comment="mentor or volunteer who helps the person",
            )
        )
        batch_op.add_column(
            sa.Column(
                "contact_phone",
                sa.String(length=40),
                server_default="",
                nullable=False,
                comment="that person's phone number",
            )
        )
        batch_op.add_column(
            sa.Column(
                "contact_role",
                sa.Enum(
                    "mentor",
                    "volunteer",
                    "relative",
                    "other",
                    name="contactrole",
                    native_enum=False,
                    length=40,
                ),
                nullable=True,
                comment="mentor, volunteer ...",
            )
        )

    with op.batch_alter_table("nominations", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("parked_until", sa.Date(), nullable=True, comment="back in the pool on this day")
        )
        batch_op.add_column(
            sa.Column(
                "park_reason",
                sa.String(length=40),
                server_default="",
                nullable=False,
                comment="why it is parked, from the list of reasons",
            )
        )
        batch_op.add_column(
            sa.Column(
                "basis",
                sa.Enum("informed", "consent", name="legalbasis", native_enum=False, length=40),
                nullable=True,
                comment="why the person may be shared",
            )
        )
        batch_op.add_column(
            sa.Column("basis_given_on", sa.Date(), nullable=True, comment="informed, or consent given, on")
        )
        batch_op.add_column(
            sa.Column("basis_until", sa.Date(), nullable=True, comment="last day the person may be shared")
        )
        batch_op.add_column(
            sa.Column(
                "basis_withdrawn_at",
                coordination.db.UtcDateTime(),
                nullable=True,
                comment="sharing closed before that",
            )
        )
        batch_op.add_column(
            sa.Column(
                "basis_warned_on", sa.Date(), nullable=True, comment="caseworker told that it ends soon"
            )
        )
        batch_op.create_index(batch_op.f("ix_nominations_basis_until"), ["basis_until"], unique=False)
        batch_op.create_index(batch_op.f("ix_nominations_parked_until"), ["parked_until"], unique=False)
        batch_op.create_index(
            "ix_nominations_shared",
            ["candidate_id", "basis_until", "basis_withdrawn_at", "submitted_at", "municipality_id"],
            unique=False,
        )

    with op.batch_alter_table("nomination_moves", schema=None) as batch_op:
        batch_op.add_column(sa.Column("until", sa.Date(), nullable=True, comment="until when, for a pause"))

    # ### end Alembic commands ###
    _live_index(LIVE)
    _open_basis_of_old_nominations()
    _first_rows()
    _second_wall()


def _live_index(live: str) -> None:
    """At most one live nomination per person; a parked one is alive."""
    op.drop_index("uq_nominations_live", table_name="nominations")
    where = sa.text(live)
    op.create_index(
        "uq_nominations_live",
        "nominations",
        ["candidate_id"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )


def _open_basis_of_old_nominations() -> None:
    """Whoever was in the pool stays shared for as long as the basis lasts by default: two years."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(OPEN_BASIS_POSTGRESQL if postgresql else OPEN_BASIS_SQLITE)


def _first_rows() -> None:
    """The rules, factors, rates and reasons everyone starts with; an administrator changes them."""
    keys = ("kind", "number", "day", "starts_from", "starts_until", "effect", "source")
    _insert(
        "igu_rules",
        [dict(zip(keys, row, strict=True)) | {"wording": "", "wording_en": ""} for row in IGU_RULES],
    )
    _insert(
        "hour_factors",
        [
            {"kind": kind, "percent": percent, "valid_from": FIRST, "source": ASSUMED}
            for kind, percent in HOUR_FACTORS
        ],
    )
    _insert(
        "rates",
        [{"kind": kind, "amount_ore": BONUS_ORE, "valid_from": FIRST, "source": BONUS} for kind in RATES],
    )
    _insert(
        "reasons",
        [
            {
                "kind": kind,
                "code": code,
                "name": name,
                "name_en": name_en,
                "position": position,
                "active": True,
                "private": code in PRIVATE,
            }
            for kind, listed in REASONS.items()
            for position, (code, name, name_en) in enumerate(listed, start=1)
        ],
    )


def _insert(table: str, rows: list[dict[str, object]]) -> None:
    types = {"starts_from": sa.Date(), "starts_until": sa.Date(), "day": sa.Date(), "valid_from": sa.Date()}
    columns = (sa.column(name, types.get(name)) for name in rows[0])
    op.bulk_insert(sa.table(table, *columns), rows)


def _second_wall() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, reach in REACH.items():
            for statement in enable(table, reach):
                op.execute(statement)
        for table, reach in REACH_NOW.items():
            for statement in rebuild(table, reach):
                op.execute(statement)


def _first_wall() -> None:
    """As it was: the columns that the walls ask for are about to go."""
    if op.get_bind().dialect.name == "postgresql":
        for table in REACH:
            op.execute(f"DROP POLICY reach ON {table}")
        for table, reach in REACH_BEFORE.items():
            for statement in rebuild(table, reach):
                op.execute(statement)


def downgrade() -> None:
    _first_wall()
    _live_index(LIVE_BEFORE)
    # ### commands auto generated by Alembic - please adjust! ###
    with op.batch_alter_table("nomination_moves", schema=None) as batch_op:
        batch_op.drop_column("until")

    with op.batch_alter_table("nominations", schema=None) as batch_op:
        batch_op.drop_index("ix_nominations_shared")
        batch_op.drop_index(batch_op.f("ix_nominations_parked_until"))
        batch_op.drop_index(batch_op.f("ix_nominations_basis_until"))
        batch_op.drop_column("basis_warned_on")
        batch_op.drop_column("basis_withdrawn_at")
        batch_op.drop_column("basis_until")
        batch_op.drop_column("basis_given_on")
        batch_op.drop_column("basis")
        batch_op.drop_column("park_reason")
        batch_op.drop_column("parked_until")

    with op.batch_alter_table("candidates", schema=None) as batch_op:
        batch_op.drop_column("contact_role")
        batch_op.drop_column("contact_phone")
        batch_op.drop_column("contact_name")
        batch_op.drop_column("practice_days")
        batch_op.drop_column("target_group")
        batch_op.drop_column("residence_since")
        batch_op.drop_column("vitas_reference")
        batch_op.drop_column("plan_ready_on")
        batch_op.drop_column("agreement_in_vitas_on")
        batch_op.drop_column("agreement_signed_on")
        batch_op.drop_column("employer_private")
        batch_op.drop_column("igu_extension_reason")
        batch_op.drop_column("igu_extended_until")

    with op.batch_alter_table("candidate_imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_imports_state"))
        batch_op.drop_constraint(batch_op.f("fk_candidate_imports_started_by_id"), type_="foreignkey")
        for name in ("claimed_at", "started_by_id", "basis_until", "basis"):
            batch_op.drop_column(name)
        batch_op.drop_column("undone_at")
        batch_op.drop_column("problem")
        batch_op.drop_column("rows_done")
        batch_op.drop_column("rows_total")
        batch_op.drop_column("informed_on")
        batch_op.drop_column("state")
        batch_op.drop_column("mapping")

    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentions_user_id"))
        batch_op.drop_index(batch_op.f("ix_mentions_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_mentions_message_id"))

    op.drop_table("mentions")
    with op.batch_alter_table("unavailabilities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unavailabilities_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_unavailabilities_candidate_id"))

    op.drop_table("unavailabilities")
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_transfers_open",
            sqlite_where=sa.text("state IN ('offered', 'accepted')"),
            postgresql_where=sa.text("state IN ('offered', 'accepted')"),
        )
        batch_op.drop_index(batch_op.f("ix_transfers_to_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_transfers_state"))
        batch_op.drop_index(batch_op.f("ix_transfers_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_transfers_candidate_id"))

    op.drop_table("transfers")
    with op.batch_alter_table("thread_messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thread_messages_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_thread_messages_handed_to_id"))
        batch_op.drop_index(batch_op.f("ix_thread_messages_candidate_id"))

    op.drop_table("thread_messages")
    with op.batch_alter_table("imported_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_rows_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_imported_rows_import_id"))
        batch_op.drop_index(batch_op.f("ix_imported_rows_candidate_id"))

    op.drop_table("imported_rows")
    with op.batch_alter_table("candidate_imports", schema=None) as batch_op:
        batch_op.drop_index("uq_candidate_imports_municipality_id_id")

    with op.batch_alter_table("hours_elsewhere", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hours_elsewhere_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_hours_elsewhere_candidate_id"))

    op.drop_table("hours_elsewhere")
    with op.batch_alter_table("eligibility_notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_eligibility_notices_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_eligibility_notices_candidate_id"))

    op.drop_table("eligibility_notices")
    with op.batch_alter_table("saved_views", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_views_user_id"))

    op.drop_table("saved_views")
    with op.batch_alter_table("import_mappings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_mappings_municipality_id"))

    op.drop_table("import_mappings")
    op.drop_table("reasons")
    op.drop_table("rates")
    with op.batch_alter_table("igu_rules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_igu_rules_kind"))

    op.drop_table("igu_rules")
    op.drop_table("hour_factors")
    # ### end Alembic commands ###
