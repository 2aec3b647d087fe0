"""The tables: columns, constraints and relations; nothing here decides."""

from coordination.domain.letters import LetterState
from coordination.models.accounts import Appointment, User
from coordination.models.attendance import Mark, MarkChange
from coordination.models.candidates import Candidate, CandidateChange, CandidateImport, PersonView
from coordination.models.course_runs import CourseRun, CourseSession
from coordination.models.enrolments import Enrolment
from coordination.models.evaluations import Answer, Evaluation, Question, QuestionSet
from coordination.models.follow_ups import ContactAttempt, FollowUp, FollowUpMove
from coordination.models.improvements import ProposedChange
from coordination.models.nominations import Nomination, NominationMove, NominationWish
from coordination.models.places import (
    ClosingDay,
    Municipality,
    Partnership,
    School,
    SchoolAgreement,
    Sector,
)
from coordination.models.records import AuditEntry, JobRun, Letter, RateHit
from coordination.models.tracks import Track, TrackModule

__all__ = [
    "Answer",
    "Appointment",
    "AuditEntry",
    "Candidate",
    "CandidateChange",
    "CandidateImport",
    "ClosingDay",
    "ContactAttempt",
    "CourseRun",
    "CourseSession",
    "Enrolment",
    "Evaluation",
    "FollowUp",
    "FollowUpMove",
    "JobRun",
    "Letter",
    "LetterState",
    "Mark",
    "MarkChange",
    "Municipality",
    "Nomination",
    "NominationMove",
    "NominationWish",
    "Partnership",
    "PersonView",
    "ProposedChange",
    "Question",
    "QuestionSet",
    "RateHit",
    "School",
    "SchoolAgreement",
    "Sector",
    "Track",
    "TrackModule",
    "User",
]
