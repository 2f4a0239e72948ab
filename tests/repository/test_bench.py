"""The bench measures what it says. Nothing here is timed: a busy machine must not fail a test."""

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import pytest

from bench import goals, visit, yardstick
from bench.corpus import Corpus, Post, corpus, searches, words
from bench.inside.fill import fill
from bench.load import SLICE, Answer, Page, cpu_ms, one_round, spent
from bench.site import scratch
from tertulia.ideas.models import Idea, Reply, Version
from tertulia.ledger.frame import acts_of_space
from tertulia.people.queries import person_with_address
from tertulia.spaces.models import Space

WORD = re.compile(r"[A-Za-z]+")


def texts(whole: Corpus) -> list[str]:
    return [text for thread in whole.threads for text in (thread.text, *(post.text for post in thread.posts))]


def posts(whole: Corpus) -> list[tuple[Post, tuple[Post, ...]]]:
    return [(post, thread.posts) for thread in whole.threads for post in thread.posts]


def test_the_corpus_has_200_people_50_threads_and_2093_posts() -> None:
    whole = corpus()

    assert (len(set(whole.names)), len(whole.threads), len(texts(whole))) == (200, 50, 2093)


def test_one_thread_has_100_replies_and_one_1000() -> None:
    assert [len(thread.posts) for thread in corpus().threads[:2]] == [100, 1000]


def test_a_post_has_102_words_on_average() -> None:
    counted = sum(len(WORD.findall(text)) for text in texts(corpus()))

    assert counted / 2093 == 102


def test_the_corpus_is_the_same_in_every_run() -> None:
    again = corpus.__wrapped__()

    assert again == corpus()


def test_nobody_says_back_or_promises_to_try_what_they_said_themselves() -> None:
    own = [
        post
        for post, thread in posts(corpus())
        if post.answers is not None and thread[post.answers].by == post.by
    ]

    assert own
    assert {post.starter for post in own} == {""}


def test_each_search_finds_some_posts_and_not_most() -> None:
    every = [set(WORD.findall(text.lower())) for text in texts(corpus())]

    found = [sum(set(asked.split()) <= held for held in every) for asked in searches()]

    assert all(20 < count < 400 for count in found), found


def test_the_vocabulary_is_plain_words_each_once() -> None:
    assert len(words()) > 500
    assert len(set(words())) == len(words())
    assert all(WORD.fullmatch(word) for word in words())


@pytest.mark.django_db(transaction=True)
def test_the_corpus_is_written_by_the_real_actions() -> None:
    whole = corpus()
    small = Corpus(whole.names, (whole.threads[0], whole.threads[40]))
    replies = sum(len(thread.posts) for thread in small.threads)

    places = fill(small)

    space = Space.objects.get(slug=str(places["space"]))
    verbs = [act.verb for act in acts_of_space(space.pk)]
    assert (Idea.objects.count(), Reply.objects.count()) == (2, replies)
    assert verbs.count("replied") + verbs.count("answered") == replies
    assert (verbs.count("joined"), verbs.count("posted"), verbs.count("revised")) == (201, 2, 2)
    assert verbs.count("heard") > 0
    assert Version.objects.filter(idea=places["ideas"][0][0]).count() == 3  # type: ignore[index]
    assert person_with_address("person-0@bench.example") is not None


def test_a_goal_is_met_missed_or_missed_by_far() -> None:
    assert goals.Against(3, 3).words == "1.00"
    assert goals.Against(4, 3).words == "1.33 MISSED"
    assert goals.Against(9, 3).words == "3.00 MISSED BY FAR"


def test_what_a_process_used_before_it_was_measured_does_not_count_and_a_new_one_counts_whole() -> None:
    assert spent({1: 1.0}, {1: 1.5, 2: 0.25}) == 0.75


class AlwaysAnswered:
    """A browser whose every request is answered."""

    asked = 0

    def ask_rightly(self, _page: Page) -> None:
        self.asked += 1


def test_what_was_asked_while_a_process_ended_does_not_count() -> None:
    samples = iter([{1: 0.0, 2: 5.0}, {1: 1.0}, {1: 2.0}, {1: 5.0}])
    browser = AlwaysAnswered()

    found = one_round(browser, cycle([Page("/")]), lambda: next(samples), 2 * SLICE)  # type: ignore[arg-type]

    assert browser.asked == 3 * SLICE
    assert found == (1.0 + 3.0) / (2 * SLICE) * 1000


def test_the_yardstick_is_the_same_work_each_time() -> None:
    assert yardstick.work() == yardstick.work() == 5497


def test_a_figure_stands_beside_the_yardstick_of_its_own_round(monkeypatch: pytest.MonkeyPatch) -> None:
    samples = iter([{1: 0.0}, {1: 2.0}, {1: 2.0}, {1: 3.0}])
    measured = iter([20.0, 10.0])
    monkeypatch.setattr(yardstick, "ms", lambda: next(measured))

    found = cpu_ms(AlwaysAnswered(), [Page("/")], lambda: next(samples), requests=SLICE, rounds=2)  # type: ignore[arg-type]

    assert found == (1.0 / SLICE * 1000, 10.0)


PAGE = b"""
<link rel="stylesheet" href="/a.css"><link rel="next" href="/i/2">
<script src="b.js"></script><img src="data:image/png;base64,AA">
"""


class FewFiles:
    """A browser that is answered from here."""

    FILES = {
        "/i/1/one": ("text/html", PAGE),
        "/a.css": (
            "text/css",
            b"@font-face { src: url('font.woff2') } p { background: url(data:image/png) }",
        ),
        "/i/1/b.js": ("text/javascript", b"1"),
        "/font.woff2": ("font/woff2", b"22"),
    }

    def ask(self, page: Page) -> Answer:
        kind, body = self.FILES[page.target]
        return Answer(200, {"Content-Type": kind}, body, len(body))


def test_a_first_visit_counts_what_a_browser_fetches_by_itself_once() -> None:
    found = visit.first_visit(FewFiles(), "/i/1/one")  # type: ignore[arg-type]

    assert found["requests"] == 4
    assert found["bytes"] == sum(len(body) for _kind, body in FewFiles.FILES.values())


def test_the_goals_and_the_names_speak_of_the_same_pages() -> None:
    assert goals.CPU_MS.keys() == goals.NAMES.keys()


def test_what_is_measured_stays_out_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bench import site

    monkeypatch.setattr(site, "BUILD", tmp_path / "build")

    folder = site.build_folder()

    assert (folder / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert json.dumps(sorted(path.name for path in folder.iterdir())) == '[".gitignore"]'


@dataclass
class Noting:
    """A database server that only notes what it was asked for."""

    there: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)

    def create(self, name: str) -> None:
        self.there.append(name)
        self.made.append(name)

    def drop(self, name: str) -> None:
        self.there.remove(name)


@pytest.mark.parametrize("ended_by", [None, KeyboardInterrupt, SystemExit])
def test_folder_and_database_of_a_measurement_go_however_it_ends(
    ended_by: type[BaseException] | None,
) -> None:
    server = Noting()
    with suppress(KeyboardInterrupt, SystemExit), scratch(server) as site:  # type: ignore[arg-type]
        site.home.mkdir()
        if ended_by:
            raise ended_by

    assert len(server.made) == 1
    assert server.there == []
    assert not site.home.parent.exists()
