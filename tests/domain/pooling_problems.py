"""Small problems for the tests of pooling: builders with plain values, and random ones."""

from __future__ import annotations

from hypothesis import strategies as st

from coordination.domain.pooling.problem import (
    Candidate,
    Employer,
    Goal,
    Policy,
    Problem,
    Run,
    Wish,
)

JOBCENTERS = ("Aabenraa", "Haderslev")
SECTORS = ("lager", "metal")


def run(name="r", *, sessions=((0, 5),), maximum=3, course=None, sector="lager", **more):
    return Run(name, sector, course or name, "school", sessions, maximum, **more)


LAGER = (Wish(1, sector="lager"),)


def person(name="a", *, jobcenter="Aabenraa", wishes=LAGER, **more):
    return Candidate(name, jobcenter, wishes=wishes, **more)


def problem(runs, candidates, *, employers=(), levels=tuple(Goal), scores=(10, 7, 5)):
    return Problem(
        "made up", Policy(levels, scores), JOBCENTERS, tuple(employers), tuple(runs), tuple(candidates)
    )


@st.composite
def runs(draw, number):
    begins = draw(st.integers(0, 4))
    maximum = draw(st.integers(0, 3))
    return Run(
        id=f"r{number}",
        sector=draw(st.sampled_from(SECTORS)),
        course=draw(st.sampled_from(("k1", "k2", "k3"))),
        school=draw(st.sampled_from(("s1", "s2"))),
        sessions=draw(
            st.sampled_from((((begins, begins + 3),), ((begins, begins + 1), (begins + 4, begins + 6))))
        ),
        maximum=maximum,
        minimum=draw(st.integers(0, maximum)),
        lang_min=draw(st.integers(0, 1)),
        cost=draw(st.sampled_from((0, 3, 8))),
        committed=draw(st.booleans()),
        reserved=draw(st.dictionaries(st.sampled_from(JOBCENTERS), st.integers(0, maximum // 2))),
        quota=draw(st.dictionaries(st.sampled_from(JOBCENTERS), st.integers(0, 2), max_size=1)),
    )


@st.composite
def people(draw, number, names):
    wish = st.one_of(
        st.builds(Wish, st.integers(1, 4), run=st.sampled_from(names)),
        st.builds(Wish, st.integers(1, 4), course=st.sampled_from(("k1", "k2"))),
        st.builds(Wish, st.integers(1, 4), sector=st.sampled_from((*SECTORS, "nowhere"))),
    )
    few = st.one_of(st.none(), st.integers(0, 3))
    return Candidate(
        id=f"c{number}",
        jobcenter=draw(st.sampled_from(JOBCENTERS)),
        employer=draw(st.sampled_from((None, "e"))),
        weight=draw(st.integers(0, 3)),
        lang=draw(few),
        available=draw(st.sampled_from((None, ((0, 8),), ((0, 5), (5, 20)), ((3, 3),)))),
        deadline=draw(st.sampled_from((None, None, 7))),
        max_places=draw(st.integers(0, 3)),
        weeks_left=draw(few),
        lawful=draw(st.sampled_from((True, True, True, False))),
        max_travel=draw(st.sampled_from((None, 30))),
        travel=draw(st.dictionaries(st.sampled_from(("s1", "s2")), st.integers(10, 40))),
        wishes=tuple(draw(st.lists(wish, max_size=3))),
        locked=tuple(draw(st.lists(st.sampled_from(names), max_size=1))) if number == 0 else (),
        previous=tuple(draw(st.lists(st.sampled_from(names), max_size=1))),
    )


@st.composite
def problems(draw, most_people=4, most_runs=3):
    offered = [draw(runs(number)) for number in range(draw(st.integers(1, most_runs)))]
    names = [one.id for one in offered]
    waiting = [draw(people(number, names)) for number in range(draw(st.integers(0, most_people)))]
    levels = tuple(draw(st.permutations(Goal))[: draw(st.integers(1, 5))])
    employers = (Employer("e", draw(st.integers(0, 2))),)
    return problem(offered, waiting, employers=employers, levels=draw(st.sampled_from((tuple(Goal), levels))))
