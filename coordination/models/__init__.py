"""The tables: columns, constraints and relations; nothing here decides."""

from coordination.domain.letters import LetterState
from coordination.models.accounts import Appointment, User
from coordination.models.attendance import Mark, MarkChange
from coordination.models.availability import Unavailability
from coordination.models.candidates import Candidate, CandidateChange, PersonView
from coordination.models.course_runs import CourseRun, CourseSession
from coordination.models.enrolments import Enrolment
from coordination.models.evaluations import Answer, Evaluation, Question, QuestionSet
from coordination.models.exchange import CandidateImport, ImportedRow, ImportMapping
from coordination.models.follow_ups import ContactAttempt, FollowUp, FollowUpMove
from coordination.models.hours import HourFactor, HoursElsewhere
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
from coordination.models.reasons import Reason
from coordination.models.records import AuditEntry, JobRun, Letter, RateHit
from coordination.models.rules import EligibilityNotice, IguRule, Rate
from coordination.models.saved_views import SavedView
from coordination.models.threads import Mention, ThreadMessage
from coordination.models.tracks import Track, TrackModule
from coordination.models.transfers import Transfer

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
    "EligibilityNotice",
    "Enrolment",
    "Evaluation",
    "FollowUp",
    "FollowUpMove",
    "HourFactor",
    "HoursElsewhere",
    "IguRule",
    "ImportMapping",
    "ImportedRow",
    "JobRun",
    "Letter",
    "LetterState",
    "Mark",
    "MarkChange",
    "Mention",
    "Municipality",
    "Nomination",
    "NominationMove",
    "NominationWish",
    "Partnership",
    "PersonView",
    "ProposedChange",
    "Question",
    "QuestionSet",
    "Rate",
    "RateHit",
    "Reason",
    "SavedView",
    "School",
    "SchoolAgreement",
    "Sector",
    "ThreadMessage",
    "Track",
    "TrackModule",
    "Transfer",
    "Unavailability",
    "User",
]
