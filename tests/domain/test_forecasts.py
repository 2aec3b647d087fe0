"""Who fits a run, and why the others do not."""

from __future__ import annotations

from coordination.domain.forecasts import fitting
from coordination.domain.pooling.pairs import Reason
from coordination.domain.pooling.problem import Candidate, Run, Wish

KITCHEN = (Wish(1, sector="kitchen"),)
RUN = Run("1", "kitchen", "t", "s", ((10, 11),), maximum=8, lang_min=2)


def person(key, jobcenter="Tønder", **more):
    return Candidate(**{"id": key, "jobcenter": jobcenter, "wishes": KITCHEN, "lang": 2, **more})


def test_those_who_fit_are_counted_by_municipality_and_the_others_by_reason():
    people = (
        person("a"),
        person("b", "Esbjerg"),
        person("c"),
        person("d", lang=1),
        person("e", lang=1, available=((0, 5),)),
        person("f", deadline=9),
        person("g", lang=0),
        person("h", locked=("1",)),
        person("i", wishes=()),
    )
    found = fitting(RUN, people, {"c", "g"})
    assert found.fits == {"Tønder": 1, "Esbjerg": 1}
    assert found.parked == {"Tønder": 1}
    assert found.why_not == ((Reason.NO_WISH, 1), (Reason.LANGUAGE, 2), (Reason.DEADLINE, 1))
