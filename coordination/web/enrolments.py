"""Seats: the people of a run, and the deeds of coordinator, jobcenter and school on a seat."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from coordination.domain.permissions import Permission
from coordination.domain.reasons import ReasonKind
from coordination.queries import enrolments as queries
from coordination.services import enrolments as services
from coordination.web.dates import long_moment
from coordination.web.doors import now, requires, today
from coordination.web.forms.enrolments import ChoiceForm, DeclineForm, DropOutForm, PlainForm, RejectForm
from coordination.web.pages import actor, show
from coordination.web.pooling import show_pool
from coordination.web.why import reasons_for

bp = Blueprint("enrolments", __name__)


@bp.get("/course-runs/<int:course_run_id>/seats")
@requires(Permission.SEE_COURSE_RUN)
def seats(course_run_id: int) -> str:
    """Who has a seat, who is offered one, who waits."""
    return _show_seats(course_run_id, PlainForm())


@bp.post("/course-runs/<int:course_run_id>/seats")
@requires(Permission.OFFER_SEAT)
def offer_seat(course_run_id: int) -> Any:
    """Offer a seat to everyone ticked, or to nobody."""
    form = ChoiceForm()
    if form.validate_on_submit():
        with form.refusals():
            offered = services.offer_seat(actor(), course_run_id, form.chosen(), now=now())
            _tell_offered(offered)
            return _back(course_run_id)
    return _again(course_run_id, form), 422


@bp.post("/course-runs/<int:course_run_id>/waiting-list")
@requires(Permission.OFFER_SEAT)
def put_in_line(course_run_id: int) -> Any:
    """Put everyone ticked on the waiting list."""
    form = ChoiceForm()
    if form.validate_on_submit():
        with form.refusals():
            count = services.put_in_line(actor(), course_run_id, form.chosen(), now=now())
            flash(
                ngettext(
                    "%(num)s er sat på ventelisten. En ledig plads tilbydes af sig selv den næste i køen.",
                    "%(num)s er sat på ventelisten. En ledig plads tilbydes af sig selv den næste i køen.",
                    count,
                ),
                "success",
            )
            return _back(course_run_id)
    return _again(course_run_id, form), 422


@bp.get("/enrolments/<int:enrolment_id>/withdrawal")
@requires(Permission.OFFER_SEAT)
def withdrawal(enrolment_id: int) -> str:
    """Ask before a seat is taken back."""
    page = queries.withdrawal_page(actor(), enrolment_id, today())
    return show("enrolments/withdrawal", page, form=PlainForm())


@bp.post("/enrolments/<int:enrolment_id>/withdrawal")
@requires(Permission.OFFER_SEAT)
def withdraw_offer(enrolment_id: int) -> Any:
    """Take a seat or a place in line back."""
    form = PlainForm()
    page = queries.withdrawal_page(actor(), enrolment_id, today())
    if form.validate_on_submit():
        with form.refusals():
            services.withdraw_offer(actor(), enrolment_id, now=now())
            flash(
                _("Pladsen er trukket tilbage. Kandidaten står i puljen med sin plads i køen."),
                "success",
            )
            return redirect(url_for("enrolments.seats", course_run_id=page.course_run_id))
    page = queries.withdrawal_page(actor(), enrolment_id, today())
    return show("enrolments/withdrawal", page, form=form), 422


@bp.get("/enrolments/<int:enrolment_id>/answer")
@requires(Permission.ANSWER_OFFER)
def answer(enrolment_id: int) -> str:
    """The offer, with everything a jobcenter needs to answer it."""
    return _show_answer(enrolment_id, DeclineForm(reasons_for(ReasonKind.DECLINE), formdata=None))


@bp.post("/enrolments/<int:enrolment_id>/accept")
@requires(Permission.ANSWER_OFFER)
def accept_seat(enrolment_id: int) -> Any:
    """Say yes for the candidate."""
    form = DeclineForm(reasons_for(ReasonKind.DECLINE), formdata=None)
    with form.refusals():
        services.accept_seat(actor(), enrolment_id, now=now())
        flash(_("Pladsen er taget imod. Nu venter den på skolens svar."), "success")
        return redirect(url_for("enrolments.answer", enrolment_id=enrolment_id))
    return _show_answer(enrolment_id, form), 422


@bp.post("/enrolments/<int:enrolment_id>/decline")
@requires(Permission.ANSWER_OFFER)
def decline_seat(enrolment_id: int) -> Any:
    """Say no for a reason, and stay in the pool or leave it."""
    form = DeclineForm(reasons_for(ReasonKind.DECLINE))
    if form.validate_on_submit():
        with form.refusals():
            values = form.values()
            services.decline_seat(actor(), enrolment_id, **values, now=now())
            flash(
                _("Pladsen er afslået. Kandidaten bliver i puljen.")
                if values["keep"]
                else _("Pladsen er afslået, og kandidaten er taget ud af puljen."),
                "success",
            )
            return redirect(url_for("enrolments.answer", enrolment_id=enrolment_id))
    return _show_answer(enrolment_id, form), 422


@bp.get("/enrolments/<int:enrolment_id>")
@requires(Permission.ANSWER_PARTICIPANT)
def participant(enrolment_id: int) -> str:
    """A participant of the school, before and after its answer."""
    return _show_participant(enrolment_id, RejectForm(reasons_for(ReasonKind.REJECT), formdata=None))


@bp.post("/enrolments/<int:enrolment_id>/confirm")
@requires(Permission.ANSWER_PARTICIPANT)
def confirm_participant(enrolment_id: int) -> Any:
    """Say yes to the participant."""
    form = RejectForm(reasons_for(ReasonKind.REJECT), formdata=None)
    with form.refusals():
        services.confirm_participant(actor(), enrolment_id, now=now())
        flash(_("Deltageren er godkendt og står nu på holdet."), "success")
        return redirect(url_for("enrolments.participant", enrolment_id=enrolment_id))
    return _show_participant(enrolment_id, form), 422


@bp.post("/enrolments/<int:enrolment_id>/reject")
@requires(Permission.ANSWER_PARTICIPANT)
def reject_participant(enrolment_id: int) -> Any:
    """Say no to the participant for a reason."""
    form = RejectForm(reasons_for(ReasonKind.REJECT))
    if form.validate_on_submit():
        with form.refusals():
            services.reject_participant(actor(), enrolment_id, **form.values(), now=now())
            flash(_("Deltageren er afvist. Jobcenteret og koordinatoren får besked om årsagen."), "success")
            return redirect(url_for("enrolments.participant", enrolment_id=enrolment_id))
    return _show_participant(enrolment_id, form), 422


@bp.get("/enrolments/<int:enrolment_id>/leaving")
@requires(Permission.NOMINATE)
def leaving(enrolment_id: int) -> str:
    """Ask why and when a participant stopped."""
    form = DropOutForm(reasons_for(ReasonKind.DROP_OUT), formdata=None, data={"left_on": today()})
    return show("enrolments/leaving", queries.leaving_page(actor(), enrolment_id, today()), form=form)


@bp.post("/enrolments/<int:enrolment_id>/leaving")
@requires(Permission.NOMINATE)
def drop_out(enrolment_id: int) -> Any:
    """A participant has stopped."""
    form = DropOutForm(reasons_for(ReasonKind.DROP_OUT))
    page = queries.leaving_page(actor(), enrolment_id, today())
    if form.validate_on_submit():
        with form.refusals():
            passed_on = services.drop_out(actor(), enrolment_id, **form.values(), now=now())
            flash(
                _("Deltageren er registreret som stoppet. Pladsen er tilbudt den næste på ventelisten.")
                if passed_on
                else _("Deltageren er registreret som stoppet. Pladsen er ledig igen."),
                "success",
            )
            return redirect(url_for("enrolments.seats", course_run_id=page.course_run_id))
    page = queries.leaving_page(actor(), enrolment_id, today())
    return show("enrolments/leaving", page, form=form), 422


@bp.post("/enrolments/<int:enrolment_id>/resume")
@requires(Permission.OFFER_SEAT)
def resume(enrolment_id: int) -> Any:
    """One who stopped is a participant again."""
    form = PlainForm()
    page = queries.leaving_page(actor(), enrolment_id, today())
    with form.refusals():
        services.resume(actor(), enrolment_id, now=now())
        flash(_("Personen er igen deltager på holdet."), "success")
        return redirect(url_for("enrolments.seats", course_run_id=page.course_run_id))
    return _show_seats(page.course_run_id, form), 422


def _show_seats(course_run_id: int, form: Any) -> str:
    return show("enrolments/seats", queries.seats_page(actor(), course_run_id, today()), form=form)


def _show_answer(enrolment_id: int, form: DeclineForm) -> str:
    return show("enrolments/answer", queries.answer_page(actor(), enrolment_id, now()), form=form)


def _show_participant(enrolment_id: int, form: RejectForm) -> str:
    page = queries.participant_page(actor(), enrolment_id, today())
    return show("enrolments/participant", page, form=form)


def _from_seats() -> bool:
    return request.args.get("back") == "seats"


def _back(course_run_id: int) -> Response:
    """Where the offer was made: the run's own page, or the pool as it was filtered."""
    if _from_seats():
        return redirect(url_for("enrolments.seats", course_run_id=course_run_id))
    kept = {name: value for name, value in request.args.items() if name != "run"}
    return redirect(url_for("pooling.pool", run=course_run_id, **kept))


def _again(course_run_id: int, form: ChoiceForm) -> str:
    return _show_seats(course_run_id, form) if _from_seats() else show_pool(form, course_run_id)


def _tell_offered(offered: services.Offered) -> None:
    flash(
        ngettext(
            "%(num)s plads er tilbudt. Jobcenteret svarer senest %(day)s.",
            "%(num)s pladser er tilbudt. Jobcentrene svarer senest %(day)s.",
            offered.count,
            day=long_moment(offered.answer_until),
        ),
        "success",
    )
    if offered.below:
        codes = ", ".join(offered.below)
        flash(_("Under den anbefalede danskprøve: %(codes)s. Tal gerne med skolen.", codes=codes), "warning")
