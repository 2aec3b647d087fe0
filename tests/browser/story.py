"""The people of the loop and their deeds, each as it is done on the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.person import Person


@dataclass(frozen=True)
class Answer:
    """What a school writes about one question."""

    question: str
    score: str
    remark: str = ""


class Jobcenter(Person):
    """A caseworker: registers, nominates, answers offers, calls those who stayed away."""

    def try_file(self, name: str, text: str) -> None:
        """Send a file and see what it would do; nothing is saved by that."""
        self.go("/candidates")
        self.press("Importér fra fil")
        file = {"name": name, "mimeType": "text/csv", "buffer": text.encode("utf-8-sig")}
        self.field("Fil").set_input_files(file)
        self.press("Prøv filen")

    def register(self, name: str, cpr: str) -> None:
        """Register one candidate by hand; an empty form is refused first."""
        self.go("/candidates")
        self.press("Registrér kandidat")
        self.fill("Telefon", "20 00 00 09")
        self.refused("Registrér kandidat", "Navn: Feltet skal udfyldes.")
        expect(self.field("Telefon")).to_have_value("20 00 00 09")
        self.fill("Navn", name)
        self.fill("CPR-nummer", cpr)
        self.fill("IGU-start", "2026-08-01")
        self.press("Registrér kandidat")
        self.reads("Kandidaten er registreret. Indstil nu kandidaten til puljen.")

    def nominate(self, *wishes: str) -> None:
        """Nominate the candidate whose page is open, with ranked wishes."""
        self.press("Indstil til puljen")
        for rank, wish in enumerate(wishes, 1):
            self.choose(f"{rank}. ønske", wish)
        self.tick("kandidaten er informeret om delingen")
        self.press("Send i puljen")

    def accept(self, name: str) -> None:
        """Take an offered seat."""
        self.go("/")
        self.press("Svar", self.row(name))
        self.press("Ja, tag imod pladsen")
        self.reads("Pladsen er taget imod")

    def decline(self, name: str, reason: str) -> None:
        """Decline an offered seat; without a reason that is refused."""
        self.go("/")
        self.press("Svar", self.row(name))
        self.refused("Nej, afslå pladsen", "Vælg en årsag på listen.")
        self.tick(reason)
        self.press("Nej, afslå pladsen")
        self.reads("Pladsen er afslået. Kandidaten bliver i puljen.")

    def log_contact(self, name: str, outcome: str, note: str) -> None:
        """Write down a call to someone who stayed away."""
        self.go("/follow-ups")
        self.press(name)
        self.tick("Telefon")
        self.page.get_by_label(outcome).check()
        self.fill("Notat", note)
        self.press("Gem henvendelse")
        self.reads("Henvendelsen er gemt.", note)


class Coordinator(Person):
    """Plans runs, offers seats, follows up, decides what the next run does differently."""

    def plan_run(self, track: str, title: str, weekday: str, first_day: str, count: int) -> str:
        """A run from the track, with sessions by weekday; gives the address of the run."""
        self.go("/tracks")
        self.press(track)
        self.press("Opret hold")
        self.fill("Holdets navn", title)
        self.press("Opret hold som kladde")
        address = self.page.url.removeprefix(self.served.url)
        self.go(f"/{address.strip('/').removesuffix('/schedule')}")
        self.press("Planlæg undervisningsgange")
        self.fill("Første dag", first_day)
        self.fill("Antal undervisningsgange", str(count))
        self.tick(weekday)
        self.fill("Begynder kl.", "09:00")
        self.fill("Slutter kl.", "14:00")
        self.press("Vis forslag")
        return address.removesuffix("/schedule")

    def open_run(self, run: str) -> None:
        """Open a run for nominations."""
        self.go(run)
        self.press("Åbn for indstillinger")
        self.press("Åbn for indstillinger")
        self.reads("Holdet er åbent for indstillinger")

    def offer(self, run: str, names: Iterable[str]) -> None:
        """Offer seats to people in the pool; with nobody chosen that is refused."""
        self.go(f"{run}/seats")
        self.press("Tilbyd pladser fra puljen")
        self.refused("Tilbyd plads", "Sæt kryds ved mindst én kandidat.")
        for name in names:
            self.tick(name)
        self.press("Tilbyd plads")

    def confirm_start(self, run: str) -> None:
        """Decide that the run starts."""
        self.go(run)
        self.press("Bekræft start")
        self.press("Bekræft start")
        self.reads("Starten er bekræftet.")

    def close_follow_up(self, name: str, reason: str) -> None:
        """Close a follow-up with a reason."""
        self.go("/follow-ups")
        self.press(name)
        self.page.locator("summary", has_text="Luk opfølgningen").click()
        self.tick(reason)
        self.press("Luk opfølgningen")
        self.reads("Opfølgningen er lukket.")

    def propose(self, evaluation: str, question: str, title: str, wording: str) -> None:
        """Turn a school's words into a proposed change."""
        self.go("/evaluations")
        self.press(evaluation)
        self.press("Lav til forbedringsforslag", self.page.locator(".answer", has_text=question))
        self.fill("Kort titel", title)
        self.fill("Hvad skal det næste hold gøre anderledes?", wording)
        self.press("Opret forslag")
        self.reads("Forbedringsforslaget er oprettet.")

    def plan_next(self, run: str, title: str) -> str:
        """Copy a run with shifted dates; gives the address of the next one."""
        self.go(run)
        self.press("Planlæg næste hold")
        self.fill("Holdets navn", title)
        self.press("Vis planen")
        self.press("Gem næste hold som kladde")
        return self.page.url.removeprefix(self.served.url)

    def decide(self, title: str, decision: str, **written: str) -> None:
        """Decide a proposed change; to decline one without a reason is refused."""
        self.go("/improvements")
        self.press(title)
        self.page.get_by_label(decision).check()
        if decision.startswith("Afvis"):
            self.refused("Gem afgørelsen", "Begrundelse")
        for label, text in written.items():
            self.fill(label.replace("_", " "), text)
        self.press("Gem afgørelsen")
        self.reads("Afgørelsen er gemt.")


class School(Person):
    """A teacher: answers for participants, takes the register, evaluates the run."""

    def confirm(self, name: str) -> None:
        """Say that a participant can begin."""
        self.go("/")
        self.press("Svar", self.row(name))
        self.press("Ja, godkend deltageren")
        self.reads("Deltageren er godkendt")

    def open_register(self) -> None:
        """Today's register, one press from the start page."""
        self.go("/")
        self.press("Registrér fremmøde")

    def mark(self, name: str, status: str, minutes: str = "") -> None:
        """One person's mark: saved at once where scripts run, else with the button."""
        row = self.page.locator(".register-row", has_text=name)
        self.tick(status, row)
        if minutes:
            self.fill("Minutter", minutes, row)
        if self.javascript:
            row.get_by_label("Minutter" if minutes else status).blur()
            expect(row.locator(".register-state")).to_have_attribute("data-state", "saved")
        else:
            self.press("Gem fremmøde")
            self.reads("Fremmødet er gemt for 1.")

    def mark_rest_present(self) -> None:
        """Everybody who has no mark yet was there."""
        self.press("Sæt resten til »til stede«")

    def begin_evaluation(self, run: str, answers: Iterable[Answer]) -> None:
        """Answer some questions and leave the rest to a colleague; half an evaluation cannot be submitted."""
        self.go("/evaluations")
        self.press(run)
        for answer in answers:
            self.answer(answer)
        self.refused("Indsend evalueringen")
        self.press("Gem kladde")
        self.reads("Kladden er gemt")

    def answer(self, answer: Answer) -> None:
        """A score, and what lies behind it."""
        question = self.page.locator(".question", has_text=answer.question)
        question.get_by_label(answer.score, exact=True).check()
        if answer.remark:
            question.locator("summary").click()
            question.get_by_label("Bemærkning").fill(answer.remark)

    def finish_evaluation(self, run: str, last: Answer, words: dict[str, str]) -> None:
        """Continue a colleague's draft and submit it."""
        self.go("/evaluations")
        self.press(run)
        self.answer(last)
        for question, text in words.items():
            self.fill(question, text)
        self.press("Indsend evalueringen")
        self.reads("Evalueringen er indsendt, og koordinatoren har fået besked.")
