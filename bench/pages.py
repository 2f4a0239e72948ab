"""The pages of the design's table: asked for, measured, weighed, and profiled where they cost too much."""

import html
import json
import re
import sys
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from bench import goals, processes, visit, yardstick
from bench.corpus import corpus, searches
from bench.load import Browser, Page, Spent, WrongAnswer, cpu_ms
from bench.postgres import Server
from bench.site import Site, build_folder, scratch, with_corpus

# Enough that the clock of the system, which counts hundredths of a second, is precise.
REQUESTS = {"unchanged": 1000, "post_reply": 200}
USUAL_REQUESTS = 300
FLOOR_REQUESTS = 4000
STARTS = 3
TOKEN = re.compile(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"')
# Replies are sent to these, in turn; the threads that are read stay as long as they are.
POSTED_TO = slice(2, 50)
# As often as each of them is replied to at most.
TURNS = 40


@dataclass(frozen=True)
class Measured:
    """One database's results; what could not be measured says why."""

    database: str
    figures: dict[str, Any]
    remarks: tuple[str, ...] = ()


def floor() -> Spent:
    """CPU ms of the same server when a page does nothing."""
    with scratch() as site:
        site.home.mkdir(parents=True)
        site.start(Page("/"), application="bench.floor:application")
        with site.browser() as browser:
            return cpu_ms(browser, [Page("/")], site.meter, requests=FLOOR_REQUESTS)


def measure(server: Server | None, *, only: str = "") -> Measured:
    database = "postgres" if server else "sqlite"
    with with_corpus(server) as site:
        first = Page(thread(site, 0))
        figures: dict[str, Any] = first_answer(site, first)
        figures["machine"] = {"yardstick_ms": {"first_answer": round(yardstick.ms(), 3)}, "calls": {}}
        remarks: list[str] = []
        with site.browser() as browser:
            asked = requests_of(site, browser)
            figures["first_visit"] = visit.first_visit(browser, first.target)
            for name, pages in asked.items():
                if only in name:
                    figures[name], measured = figure(name, pages, site, browser, remarks)
                    figures["machine"]["yardstick_ms"][name] = measured
        figures["memory_mb"] = round(sum(map(processes.pss_bytes, site.tree())) / 1e6, 1)
        if any(processes.has_loaded(pid, "scipy") for pid in site.tree()):
            remarks.append("The engine (scipy) is loaded in the process of the pages.")
        site.stop()
        remarks += profiles(site, {name: asked[name] for name in asked if name in figures}, figures, database)
    if not only:
        target = build_folder() / file_name("bench-pages", database, "json")
        target.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
        remarks.append(f"These figures stand in build/{target.name}.")
    return Measured(database, figures, tuple(remarks))


def first_answer(site: Site, page: Page) -> dict[str, float]:
    """Seconds from the start to the first page, the least of several; the last one goes on running. The CPU beside it
    is what a machine with nothing else to do would need."""
    seconds, cpu = [], []
    for _ in range(STARTS):
        site.stop()
        seconds.append(site.start(page))
        cpu.append(sum(site.meter().values()))
    return {"first_answer_s": round(min(seconds), 3), "first_answer_cpu_s": round(min(cpu), 3)}


def file_name(name: str, database: str, ending: str) -> str:
    return f"{name}.{ending}" if database == "sqlite" else f"{name}-{database}.{ending}"


def thread(site: Site, number: int) -> str:
    key, slug = site.places["ideas"][number]
    return f"/i/{key}/{slug}"


def requests_of(site: Site, browser: Browser) -> dict[str, list[Page]]:
    """The requests behind each name; several are sent in turn."""
    read = Page(thread(site, 0))
    entered = enter(site, browser)
    signed_in = replace(read, headers={"Cookie": entered.cookie})
    return {
        "thread_100_signed_out": [read],
        "thread_100_signed_in": [signed_in],
        "thread_1000": [Page(thread(site, 1))],
        "listing": [Page(f"/s/{site.places['space']}")],
        "search": [Page(f"/search?{urlencode({'q': words})}") for words in searches()],
        "unchanged": [unchanged(browser, signed_in)],
        # Last, because it is the only one that writes.
        "post_reply": replies(site, entered),
    }


@dataclass(frozen=True)
class Entered:
    """A browser in which the bench's person has signed in and seen a page: its cookies, and the token of a form."""

    cookie: str
    token: str


def enter(site: Site, browser: Browser) -> Entered:
    made = site.inside("enter")
    answer = browser.ask(Page(thread(site, 2), headers={"Cookie": made["session"]}))
    csrf = re.search(rf"{made['csrf']}=[^;]+", answer.headers.get("Set-Cookie", ""))
    token = TOKEN.search(answer.body.decode())
    return Entered(
        cookie="; ".join([made["session"], *([csrf[0]] if csrf else [])]),
        token=html.unescape(token[1]) if token else "",
    )


def unchanged(browser: Browser, page: Page) -> Page:
    """The same page for a browser that has it already."""
    etag = browser.ask(page).headers.get("ETag", '"none"')
    return replace(page, headers={**page.headers, "If-None-Match": etag}, expects=304)


def replies(site: Site, entered: Entered) -> list[Page]:
    """Real POSTs of the reply form with its token, as a browser without JavaScript sends them: each answers 303."""
    headers = {"Cookie": entered.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    form = {"csrfmiddlewaretoken": entered.token, "starter": "question"}
    texts = [post.text for post in corpus().threads[0].posts]
    return [
        # The same words sent again would be the reply that stands there already.
        Page(
            f"/i/{key}/send/reply",
            "POST",
            headers,
            urlencode({**form, "text": f"{texts[number]} {turn}"}),
            expects=303,
        )
        for turn in range(TURNS)
        for number, (key, _slug) in enumerate(site.places["ideas"][POSTED_TO])
    ]


def figure(
    name: str, pages: list[Page], site: Site, browser: Browser, remarks: list[str]
) -> tuple[dict[str, Any], float | None]:
    """What a page costs and weighs, and the yardstick beside it."""
    try:
        answer = browser.ask_rightly(pages[0])
        spent = cpu_ms(browser, pages, site.meter, requests=REQUESTS.get(name, USUAL_REQUESTS))
    except WrongAnswer as wrong:
        remarks.append(f"{name} was not measured: {wrong}.")
        return {"cpu_ms": None, "bytes": None, "gzip_bytes": None, "answered": wrong.status}, None
    # One sees that it goes on: on a busy machine all of it takes minutes.
    print(f"  {name}: {spent.cpu_ms:.2f} CPU ms", file=sys.stderr, flush=True)
    found = {"cpu_ms": round(spent.cpu_ms, 3), "bytes": len(answer.body), "gzip_bytes": answer.gzipped}
    return found, round(spent.yardstick_ms, 3)


def profiles(site: Site, asked: dict[str, list[Page]], figures: dict[str, Any], database: str) -> list[str]:
    """A profile of every page, and how many functions it calls: what no busy machine changes."""
    written = []
    for name, pages in asked.items():
        target = build_folder() / file_name(f"profile-{name}", database, "txt")
        figures["machine"]["calls"][name] = site.inside("profile", json.dumps(asdict(pages[0])), str(target))
        spent = figures[name]["cpu_ms"]
        if spent is not None and goals.Against(spent, goals.CPU_MS[name]).ratio > goals.BEYOND:
            written.append(f"Where {name} spends its time stands in build/{target.name}.")
    return written
