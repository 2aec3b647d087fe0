"""The tables: columns, constraints and relations; nothing here decides."""

from coordination.domain.letters import LetterState
from coordination.models.accounts import Appointment, User
from coordination.models.attendance import Mark, MarkChange
from coordination.models.availability import Unavailability
from coordination.models.calendar import CalendarFeed
from coordination.models.candidates import Candidate, CandidateChange, PersonView
from coordination.models.course_runs import CourseRun, CourseSession, ReservedSeats
from coordination.models.enrolments import Enrolment, StartCheck
from coordination.models.evaluations import Answer, Evaluation, Question, QuestionSet
from coordination.models.exchange import CandidateImport, ImportedRow, ImportMapping
from coordination.models.follow_ups import ContactAttempt, FollowUp, FollowUpMove
from coordination.models.hours import HourFactor, HoursElsewhere
from coordination.models.improvements import ProposedChange
from coordination.models.nominations import Nomination, NominationMove, NominationWish
from coordination.models.places import (
    ClosingDay,
    Employer,
    Municipality,
    Partnership,
    School,
    SchoolAgreement,
    SchoolFee,
    Sector,
    TravelTime,
)
from coordination.models.pooling import Proposal, ProposedPlace
from coordination.models.reasons import Reason
from coordination.models.records import AuditEntry, Chase, JobRun, Letter, RateHit
from coordination.models.rules import EligibilityNotice, IguRule, Rate
from coordination.models.saved_views import SavedView
from coordination.models.threads import Mention, ThreadMessage
from coordination.models.tracks import Track, TrackModule
from coordination.models.transfers import Transfer

__all__ = [
    "Answer",
    "Appointment",
    "AuditEntry",
    "CalendarFeed",
    "Candidate",
    "CandidateChange",
    "CandidateImport",
    "Chase",
    "ClosingDay",
    "ContactAttempt",
    "CourseRun",
    "CourseSession",
    "EligibilityNotice",
    "Employer",
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
    "Proposal",
    "ProposedChange",
    "ProposedPlace",
    "Question",
    "QuestionSet",
    "Rate",
    "RateHit",
    "Reason",
    "ReservedSeats",
    "SavedView",
    "School",
    "SchoolAgreement",
    "SchoolFee",
    "Sector",
    "StartCheck",
    "ThreadMessage",
    "Track",
    "TrackModule",
    "Transfer",
    "TravelTime",
    "Unavailability",
    "User",
]
