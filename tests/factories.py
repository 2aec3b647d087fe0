"""Builders: the two partnerships every test starts from, and one function per thing a test arranges.

A builder runs inside a unit of work (`with everything():` or `with act(actor):`) and returns the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from coordination.db import Scope, db, unit_of_work
from coordination.domain.actors import Actor, Role
from coordination.domain.attendance import MarkStatus
from coordination.domain.availability import UnavailabilityKind
from coordination.domain.candidates import DanishExam, DanishTrack, Scheme, Sex
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.evaluations import EvaluationState, QuestionKind
from coordination.domain.follow_ups import FollowUpState, Step, Trigger
from coordination.domain.improvements import ChangeSource, ChangeState
from coordination.domain.legal_bases import Basis, LegalBasis, usual_end
from coordination.domain.nominations import NominationState
from coordination.domain.pooling.instances import as_instance
from coordination.domain.pooling.problem import Candidate as PooledPerson
from coordination.domain.pooling.problem import Policy, Problem, Run, Seat, Wish
from coordination.domain.pooling.scoring import score
from coordination.domain.proposals import ProposalState
from coordination.domain.tracks import TeachingKind
from coordination.domain.transfers import TransferState
from coordination.models import (
    Candidate,
    CourseRun,
    CourseSession,
    Enrolment,
    Evaluation,
    FollowUp,
    HoursElsewhere,
    Mark,
    Municipality,
    Nomination,
    NominationWish,
    Partnership,
    Proposal,
    ProposedChange,
    ProposedPlace,
    Question,
    QuestionSet,
    ReservedSeats,
    School,
    Sector,
    Track,
    TrackModule,
    Transfer,
    Unavailability,
    User,
)
from coordination.queries.accounts import actor_of

_numbers = count(1)
CREATED = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """Ids and people of the two partnerships: `other_…` is of the same one, `far_…` of the second."""

    partnership: int
    far_partnership: int
    municipality: int
    other_municipality: int
    far_municipality: int
    school: int
    other_school: int
    far_school: int
    kitchen: int  # sector
    care: int  # sector
    far_sector: int
    track: int  # kitchen
    care_track: int
    far_track: int
    questions: int  # question set
    far_questions: int
    coordinator: Actor
    far_coordinator: Actor
    caseworker: Actor
    other_caseworker: Actor
    far_caseworker: Actor
    teacher: Actor
    other_teacher: Actor
    far_teacher: Actor
    leader: Actor
    admin: Actor


def make_world(password: str) -> World:
    """The rows every test starts from, committed; `password` is the hash of everyone's password."""
    with unit_of_work(Scope("system:test", everything=True)):
        near = _partnership("Syd", ("510", "Haderslev"), ("580", "Aabenraa"), ("EUC Syd", "SOSU Syd"))
        far = _partnership("Nord", ("810", "Brønderslev"), ("860", "Hjørring"), ("EUC Nord", "SOSU Nord"))
        people = {
            "coordinator": make_user(
                password, Role.COORDINATOR, "Karen Koordinator", appointments=[near["row"]]
            ),
            "far_coordinator": make_user(
                password, Role.COORDINATOR, "Fjern Koordinator", appointments=[far["row"]]
            ),
            "caseworker": make_user(
                password, Role.JOBCENTER, "Jens Jobcenter", jobcenter_id=near["municipality"]
            ),
            "other_caseworker": make_user(
                password, Role.JOBCENTER, "Anne Anden", jobcenter_id=near["other_municipality"]
            ),
            "far_caseworker": make_user(
                password, Role.JOBCENTER, "Fjern Jobcenter", jobcenter_id=far["municipality"]
            ),
            "teacher": make_user(password, Role.SCHOOL, "Lise Lærer", school_id=near["school"]),
            "other_teacher": make_user(
                password, Role.SCHOOL, "Ole Anden Skole", school_id=near["other_school"]
            ),
            "far_teacher": make_user(password, Role.SCHOOL, "Fjern Lærer", school_id=far["school"]),
            "leader": make_user(password, Role.LEADER, "Lea Leder", jobcenter_id=near["municipality"]),
            "admin": make_user(password, Role.ADMIN, "Adam Admin"),
        }
        ids = {name: user.id for name, user in people.items()}
    return World(
        partnership=near["partnership"],
        far_partnership=far["partnership"],
        **{name: near[name] for name in ("municipality", "other_municipality", "school", "other_school")},
        **{name: near[name] for name in ("kitchen", "care", "track", "care_track", "questions")},
        far_municipality=far["municipality"],
        far_school=far["school"],
        far_sector=far["kitchen"],
        far_track=far["track"],
        far_questions=far["questions"],
        **{name: _actor(user_id) for name, user_id in ids.items()},
    )


def _actor(user_id: int) -> Actor:
    actor = actor_of(user_id)
    assert actor is not None
    return actor


def save(row):
    """Add a row and give it its key, which the next row's foreign key needs."""
    db.session.add(row)
    db.session.flush()
    return row


def _partnership(
    name: str, first: tuple[str, str], second: tuple[str, str], schools: tuple[str, str]
) -> dict:
    row = save(Partnership(name=name))
    own, other = (
        save(Municipality(code=code, name=place, partnership_id=row.id)) for code, place in (first, second)
    )
    school, other_school = (save(School(name=school, partnerships=[row])) for school in schools)
    kitchen = save(
        Sector(partnership_id=row.id, code="kokken", name=f"Køkken og rengøring {name}", name_en="Kitchen")
    )
    care = save(
        Sector(partnership_id=row.id, code="social", name=f"Social og sundhed {name}", name_en="Care")
    )
    track = save(
        Track(partnership_id=row.id, title=f"Køkken {name}", sector_id=kitchen.id, minimum=2, capacity=4)
    )
    care_track = save(
        Track(partnership_id=row.id, title=f"Omsorg {name}", sector_id=care.id, minimum=2, capacity=4)
    )
    save(
        TrackModule(
            partnership_id=row.id,
            track_id=track.id,
            position=1,
            code="D0001",
            title="Hygiejne",
            kind=TeachingKind.AMU,
            half_days=4,
            minutes=880,
        )
    )
    questions = save(QuestionSet(partnership_id=row.id, title="Skolens evaluering"))
    for position, (kind, topic) in enumerate(
        (
            (QuestionKind.SCORE, "Niveau"),
            (QuestionKind.SCORE, "Samarbejde"),
            (QuestionKind.TEXT, "Næste gang"),
        ),
        1,
    ):
        save(
            Question(
                partnership_id=row.id,
                question_set_id=questions.id,
                position=position,
                kind=kind,
                threshold=2 if kind is QuestionKind.SCORE else None,
                required=kind is QuestionKind.SCORE,
                topic=topic,
                topic_en=topic,
                text=f"Hvordan gik det med {topic.lower()}?",
                text_en=f"How did {topic} go?",
            )
        )
    return {
        "row": row,
        "partnership": row.id,
        "municipality": own.id,
        "other_municipality": other.id,
        "school": school.id,
        "other_school": other_school.id,
        "kitchen": kitchen.id,
        "care": care.id,
        "track": track.id,
        "care_track": care_track.id,
        "questions": questions.id,
    }


def make_user(password: str, role: Role, name: str, **place: object) -> User:
    """An account with that (hashed) password, user<id>@example.org."""
    number = next(_numbers)
    user = save(
        User(
            email=f"new{number}@example.org",
            name=name,
            role=role,
            password=password,
            active=True,
            fs_uniquifier=f"uniquifier-{number}",
            **place,
        )
    )
    user.email = f"user{user.id}@example.org"
    return user


def make_candidate(municipality: int, caseworker: Actor, *, name: str = "", **more: object) -> Candidate:
    """A candidate of a municipality, on IGU, with a plainly fictitious CPR number."""
    number = next(_numbers)
    return save(
        Candidate(
            **{
                "municipality_id": municipality,
                "name": name or f"Kandidat {number}",
                "phone": "20 00 00 00",
                "email": f"kandidat{number}@example.org",
                "address": "Prøvevej 1",
                "postcode": "6200",
                "town": "Aabenraa",
                "cpr_sealed": "forseglet",
                "cpr_hash": f"{number:064d}",
                "birth_date": date(1990, 1, 1),
                "sex": Sex.FEMALE,
                "scheme": Scheme.IGU,
                "igu_start": date(2026, 8, 1),
                "employer": "Prøvekøkkenet",
                "danish_track": DanishTrack.DU2,
                "danish_module": 3,
                "danish_exam": DanishExam.PD1,
                "needs": [],
                "caseworker_id": caseworker.user_id,
                "created_at": CREATED,
                **more,
            }
        )
    )


def basis_from(day: date) -> Basis:
    """The usual basis of a nomination: informed on that day, for two years."""
    return Basis(LegalBasis.INFORMED, day, usual_end(day))


def make_nomination(
    candidate: Candidate,
    sectors: tuple[int, ...],
    *,
    state: NominationState = NominationState.SUBMITTED,
    **more: object,
) -> Nomination:
    """A nomination in the pool with its wishes in order."""
    number = next(_numbers)
    row = save(
        Nomination(
            **{
                "municipality_id": candidate.municipality_id,
                "candidate_id": candidate.id,
                "code": f"T-{number}",
                "state": state,
                "caseworker_id": candidate.caseworker_id,
                "submitted_at": CREATED + timedelta(minutes=number),
                "created_at": CREATED,
                "basis": LegalBasis.INFORMED,
                "basis_given_on": CREATED.date(),
                "basis_until": date(2028, 10, 1),
                **more,
            }
        )
    )
    for rank, sector in enumerate(sectors, 1):
        save(
            NominationWish(
                municipality_id=row.municipality_id, nomination_id=row.id, rank=rank, sector_id=sector
            )
        )
    return row


def make_run(
    world: World, *, school: int | None = None, state: RunState = RunState.OPEN, **more: object
) -> CourseRun:
    """A course run of the kitchen track with three Monday sessions, 9 to 14 with half an hour's break."""
    start: date = more.pop("starts_on", date(2026, 11, 23))  # type: ignore[assignment]
    weeks: int = more.pop("weeks", 3)  # type: ignore[assignment]
    days = [start + timedelta(days=7 * week) for week in range(weeks)]
    run = save(
        CourseRun(
            **{
                "partnership_id": world.partnership,
                "school_id": school or world.school,
                "track_id": world.track,
                "title": f"Køkkenhold {next(_numbers)}",
                "state": state,
                "minimum": 2,
                "capacity": 4,
                "starts_on": days[0],
                "ends_on": days[-1],
                "school_access_until": days[-1] + timedelta(days=90),
                "question_set_id": world.questions,
                **more,
            }
        )
    )
    for day in days:
        make_session(run, day)
    return run


def make_reserved(run: CourseRun, municipality: int, seats: int, **more: object) -> ReservedSeats:
    """Seats of a run kept for one municipality."""
    return save(
        ReservedSeats(
            partnership_id=run.partnership_id,
            school_id=run.school_id,
            course_run_id=run.id,
            for_municipality_id=municipality,
            seats=seats,
            **more,
        )
    )


def make_session(run: CourseRun, day: date, **more: object) -> CourseSession:
    """One session of a run: 270 minutes of teaching."""
    return save(
        CourseSession(
            **{
                "partnership_id": run.partnership_id,
                "school_id": run.school_id,
                "course_run_id": run.id,
                "day": day,
                "starts_at": time(9),
                "ends_at": time(14),
                "minutes": 270,
                **more,
            }
        )
    )


def make_enrolment(
    nomination: Nomination,
    run: CourseRun,
    *,
    state: EnrolmentState = EnrolmentState.CONFIRMED,
    **more: object,
) -> Enrolment:
    """A seat for a nomination."""
    return save(
        Enrolment(
            **{
                "municipality_id": nomination.municipality_id,
                "school_id": run.school_id,
                "course_run_id": run.id,
                "nomination_id": nomination.id,
                "candidate_id": nomination.candidate_id,
                "code": nomination.code,
                "state": state,
                "waiting_since": nomination.submitted_at or CREATED,
                "offered_at": CREATED,
                "answer_until": datetime(2026, 11, 30, 15, tzinfo=UTC),
                **more,
            }
        )
    )


def make_participant(
    world: World, run: CourseRun, actor: Actor, municipality: int, **more: object
) -> Enrolment:
    """A candidate of that municipality with a confirmed seat: candidate, nomination and enrolment."""
    candidate = make_candidate(municipality, actor, name=str(more.pop("name", "")))
    state = more.pop("state", EnrolmentState.CONFIRMED)
    nomination = make_nomination(candidate, (world.kitchen,), state=NominationState.ACCEPTED)
    return make_enrolment(nomination, run, state=state, **more)  # type: ignore[arg-type]


def make_mark(
    enrolment: Enrolment, session: CourseSession, actor: Actor, *, status: MarkStatus, **more: object
) -> Mark:
    """A mark of one participant in one session."""
    return save(
        Mark(
            **{
                "municipality_id": enrolment.municipality_id,
                "school_id": enrolment.school_id,
                "course_run_id": enrolment.course_run_id,
                "session_id": session.id,
                "enrolment_id": enrolment.id,
                "status": status,
                "minutes_missed": session.minutes if status is MarkStatus.ABSENT else 0,
                "by_id": actor.user_id,
                "at": CREATED,
                **more,
            }
        )
    )


def make_transfer(candidate: Candidate, to_municipality: int, actor: Actor, **more: object) -> Transfer:
    """An offer to move a candidate to another municipality from the first of December on."""
    return save(
        Transfer(
            **{
                "municipality_id": candidate.municipality_id,
                "candidate_id": candidate.id,
                "from_municipality_id": candidate.municipality_id,
                "to_municipality_id": to_municipality,
                "code": f"F-{candidate.id}",
                "state": TransferState.OFFERED,
                "effective_on": date(2026, 12, 1),
                "offered_by_id": actor.user_id,
                "offered_at": CREATED,
                **more,
            }
        )
    )


def make_follow_up(enrolment: Enrolment, session: CourseSession, **more: object) -> FollowUp:
    """An open follow-up of a no-show."""
    return save(
        FollowUp(
            **{
                "municipality_id": enrolment.municipality_id,
                "school_id": enrolment.school_id,
                "course_run_id": enrolment.course_run_id,
                "session_id": session.id,
                "enrolment_id": enrolment.id,
                "candidate_id": enrolment.candidate_id,
                "trigger": Trigger.NO_SHOW,
                "step": Step.CALL_CANDIDATE,
                "state": FollowUpState.OPEN,
                "opened_at": CREATED,
                "due_on": date(2026, 11, 25),
                **more,
            }
        )
    )


def make_unavailability(candidate: Candidate, actor: Actor, **more: object) -> Unavailability:
    """A week of holiday before Christmas in which a candidate cannot come."""
    return save(
        Unavailability(
            **{
                "municipality_id": candidate.municipality_id,
                "candidate_id": candidate.id,
                "from_day": date(2026, 12, 14),
                "until_day": date(2026, 12, 20),
                "kind": UnavailabilityKind.HOLIDAY,
                "by_id": actor.user_id,
                "at": CREATED,
                **more,
            }
        )
    )


def make_hours_elsewhere(candidate: Candidate, actor: Actor, **more: object) -> HoursElsewhere:
    """Ten hours of Danish classes in September, which count twice."""
    return save(
        HoursElsewhere(
            **{
                "municipality_id": candidate.municipality_id,
                "candidate_id": candidate.id,
                "kind": TeachingKind.DANISH,
                "place": "Sprogcenter Syd",
                "from_day": date(2026, 9, 1),
                "until_day": date(2026, 9, 30),
                "minutes": 600,
                "by_id": actor.user_id,
                "at": CREATED,
                **more,
            }
        )
    )


def make_evaluation(
    run: CourseRun, *, state: EvaluationState = EvaluationState.OPEN, **more: object
) -> Evaluation:
    """The school's evaluation of a run."""
    return save(
        Evaluation(
            **{
                "partnership_id": run.partnership_id,
                "school_id": run.school_id,
                "course_run_id": run.id,
                "question_set_id": run.question_set_id,
                "state": state,
                "due_on": date(2026, 12, 21),
                **more,
            }
        )
    )


def make_proposed_change(run: CourseRun, **more: object) -> ProposedChange:
    """A proposed change that came of a run."""
    return save(
        ProposedChange(
            **{
                "partnership_id": run.partnership_id,
                "school_id": run.school_id,
                "course_run_id": run.id,
                "source": ChangeSource.LOW_SCORE,
                "title": "Niveau",
                "wording": "Mere tid til fagord",
                "evidence": "Score 2 af 5",
                "state": ChangeState.PROPOSED,
                "created_at": CREATED,
                **more,
            }
        )
    )


def make_proposal(
    world: World,
    places: dict[Nomination, CourseRun | None],
    *,
    runs: tuple[CourseRun, ...] = (),
    **more: object,
) -> Proposal:
    """A proposal that is ready, with everybody's first wish for every run, and a place for each person."""
    asked = {run.id: run for run in (*runs, *places.values()) if run}
    question = Problem(
        name="pool",
        policy=Policy(),
        jobcenters=tuple(sorted({str(row.municipality_id) for row in places})),
        employers=(),
        runs=tuple(
            Run(
                id=str(run.id),
                sector=str(run.track_id),
                course=str(run.id),
                school=str(run.school_id),
                sessions=((0, 1),),
                maximum=run.capacity,
                minimum=run.minimum,
                committed=run.state is not RunState.OPEN,
            )
            for run in asked.values()
        ),
        candidates=tuple(
            PooledPerson(
                id=str(row.id),
                jobcenter=str(row.municipality_id),
                wishes=tuple(Wish(1, run=str(run)) for run in asked),
            )
            for row in places
        ),
    )
    plan = frozenset(Seat(str(row.id), str(run.id)) for row, run in places.items() if run)
    levels = {goal: {"value": n, "bound": n, "proved": True} for goal, n in score(question, plan).items()}
    proposal = save(
        Proposal(
            **{
                "partnership_id": world.partnership,
                "state": ProposalState.READY,
                "created_by_id": world.coordinator.user_id,
                "created_at": CREATED,
                "time_limit": 60,
                "inputs": as_instance(question),
                "answer": {"levels": levels, "seconds": 0.2, "closed": {}},
                "scores": {goal: level["value"] for goal, level in levels.items()},
                **more,
            }
        )
    )
    for row, run in places.items():
        save(
            ProposedPlace(
                municipality_id=row.municipality_id,
                proposal_id=proposal.id,
                nomination_id=row.id,
                candidate_id=row.candidate_id,
                code=row.code,
                course_run_id=run.id if run else None,
                solver_run_id=run.id if run else None,
            )
        )
    return proposal
