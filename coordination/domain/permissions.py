"""Who may do what: one table, read by the doors, by the tests and by the page that shows it."""

from __future__ import annotations

from enum import StrEnum

from coordination.domain.actors import Role


class Permission(StrEnum):
    """Every deed and every kind of page in the product; `access.md` is the source."""

    SEE_START_PAGE = "see_start_page"
    MANAGE_OWN_ACCOUNT = "manage_own_account"
    SEE_PERMISSIONS = "see_permissions"
    SEE_CANDIDATE = "see_candidate"
    EDIT_CANDIDATE = "edit_candidate"
    REGISTER_CANDIDATE = "register_candidate"
    REVEAL_CPR = "reveal_cpr"
    CHECK_DUPLICATE = "check_duplicate"
    IMPORT_CANDIDATES = "import_candidates"
    EXPORT_CANDIDATES = "export_candidates"
    SEE_NOMINATION = "see_nomination"
    NOMINATE = "nominate"
    SETTLE_BASIS = "settle_basis"
    SEE_TRANSFER = "see_transfer"
    OFFER_TRANSFER = "offer_transfer"
    ANSWER_TRANSFER = "answer_transfer"
    USE_THREAD = "use_thread"
    SAVE_VIEW = "save_view"
    SEARCH = "search"
    SEE_POOL = "see_pool"
    PROPOSE_ALLOCATION = "propose_allocation"
    SET_PRIORITY = "set_priority"
    SEE_CALENDAR = "see_calendar"
    SEE_EMPLOYER = "see_employer"
    MANAGE_EMPLOYERS = "manage_employers"
    PLAN_TRAVEL = "plan_travel"
    CONFIRM_START = "confirm_start"
    SEE_TRACK = "see_track"
    PLAN_TRACK = "plan_track"
    SEE_COURSE_RUN = "see_course_run"
    PLAN_COURSE_RUN = "plan_course_run"
    OFFER_SEAT = "offer_seat"
    ANSWER_OFFER = "answer_offer"
    ANSWER_PARTICIPANT = "answer_participant"
    SEE_REGISTER = "see_register"
    TAKE_REGISTER = "take_register"
    UNLOCK_REGISTER = "unlock_register"
    SEE_FOLLOW_UP = "see_follow_up"
    WORK_FOLLOW_UP = "work_follow_up"
    SEE_EVALUATION = "see_evaluation"
    FILE_EVALUATION = "file_evaluation"
    REVIEW_EVALUATION = "review_evaluation"
    SEE_PROPOSED_CHANGE = "see_proposed_change"
    DECIDE_PROPOSED_CHANGE = "decide_proposed_change"
    MANAGE_USERS = "manage_users"
    MANAGE_PARTNERSHIPS = "manage_partnerships"
    MANAGE_RULES = "manage_rules"
    SEE_LETTERS = "see_letters"
    MANAGE_REASONS = "manage_reasons"
    SEE_AUDIT_LOG = "see_audit_log"


EVERYONE = frozenset(Role)
_COORDINATOR = frozenset({Role.COORDINATOR})
_JOBCENTER = frozenset({Role.JOBCENTER})
_SCHOOL = frozenset({Role.SCHOOL})
_ADMIN = frozenset({Role.ADMIN})

ALLOWED: dict[Permission, frozenset[Role]] = {
    Permission.SEE_START_PAGE: EVERYONE,
    Permission.MANAGE_OWN_ACCOUNT: EVERYONE,
    Permission.SEE_PERMISSIONS: EVERYONE,
    Permission.SEE_CANDIDATE: _COORDINATOR | _JOBCENTER,
    Permission.EDIT_CANDIDATE: _COORDINATOR | _JOBCENTER,
    Permission.REGISTER_CANDIDATE: _JOBCENTER,
    Permission.REVEAL_CPR: _JOBCENTER,
    Permission.CHECK_DUPLICATE: _COORDINATOR | _JOBCENTER,
    Permission.IMPORT_CANDIDATES: _JOBCENTER,
    Permission.EXPORT_CANDIDATES: _COORDINATOR | _JOBCENTER,
    Permission.SEE_NOMINATION: _COORDINATOR | _JOBCENTER,
    Permission.NOMINATE: _COORDINATOR | _JOBCENTER,
    Permission.SETTLE_BASIS: _JOBCENTER,
    Permission.SEE_TRANSFER: _COORDINATOR | _JOBCENTER,
    Permission.OFFER_TRANSFER: _COORDINATOR | _JOBCENTER,
    Permission.ANSWER_TRANSFER: _JOBCENTER,
    Permission.USE_THREAD: _COORDINATOR | _JOBCENTER,
    Permission.SAVE_VIEW: _COORDINATOR | _JOBCENTER,
    Permission.SEARCH: _COORDINATOR | _JOBCENTER | _SCHOOL,
    Permission.SEE_POOL: _COORDINATOR | _JOBCENTER,
    Permission.PROPOSE_ALLOCATION: _COORDINATOR,
    Permission.SET_PRIORITY: _COORDINATOR,
    Permission.SEE_CALENDAR: _COORDINATOR | _JOBCENTER | _SCHOOL,
    Permission.SEE_EMPLOYER: _COORDINATOR | _JOBCENTER,
    Permission.MANAGE_EMPLOYERS: _COORDINATOR,
    Permission.PLAN_TRAVEL: _COORDINATOR,
    Permission.CONFIRM_START: _COORDINATOR | _JOBCENTER,
    Permission.SEE_TRACK: _COORDINATOR,
    Permission.PLAN_TRACK: _COORDINATOR,
    Permission.SEE_COURSE_RUN: _COORDINATOR | _JOBCENTER | _SCHOOL,
    Permission.PLAN_COURSE_RUN: _COORDINATOR,
    Permission.OFFER_SEAT: _COORDINATOR,
    Permission.ANSWER_OFFER: _JOBCENTER,
    Permission.ANSWER_PARTICIPANT: _SCHOOL,
    Permission.SEE_REGISTER: _COORDINATOR | _SCHOOL,
    Permission.TAKE_REGISTER: _COORDINATOR | _SCHOOL,
    Permission.UNLOCK_REGISTER: _COORDINATOR,
    Permission.SEE_FOLLOW_UP: _COORDINATOR | _JOBCENTER,
    Permission.WORK_FOLLOW_UP: _COORDINATOR | _JOBCENTER,
    Permission.SEE_EVALUATION: _COORDINATOR | _SCHOOL,
    Permission.FILE_EVALUATION: _SCHOOL,
    Permission.REVIEW_EVALUATION: _COORDINATOR,
    Permission.SEE_PROPOSED_CHANGE: _COORDINATOR | _SCHOOL,
    Permission.DECIDE_PROPOSED_CHANGE: _COORDINATOR,
    Permission.MANAGE_USERS: _ADMIN,
    Permission.MANAGE_PARTNERSHIPS: _ADMIN,
    Permission.MANAGE_RULES: _ADMIN,
    Permission.SEE_LETTERS: _ADMIN,
    Permission.MANAGE_REASONS: _ADMIN,
    Permission.SEE_AUDIT_LOG: _ADMIN,
}


def allowed(role: Role, permission: Permission) -> bool:
    """True if the role may do the deed; a permission without a line in the table is refused."""
    return role in ALLOWED.get(permission, frozenset())
