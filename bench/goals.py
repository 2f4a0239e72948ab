"""What a page may cost: the goals of the design, and how a measurement stands to them."""

from dataclasses import dataclass

# A goal that is missed by more than this holds a change back, and gets a profile.
BEYOND = 1.5
# CPU milliseconds a request, the whole process tree and the database's own on one core.
CPU_MS = {
    "thread_100_signed_out": 3.0,
    "thread_100_signed_in": 5.0,
    "thread_1000": 3.0,
    "listing": 3.0,
    "search": 5.0,
    "post_reply": 5.0,
    "unchanged": 1.0,
}
NAMES = {
    "thread_100_signed_out": "thread of 100 replies, signed out",
    "thread_100_signed_in": "the same, signed in",
    "thread_1000": "thread of 1,000 replies, first page, signed out",
    "listing": "listing of a space of 50 ideas",
    "search": "search",
    "post_reply": "post a reply",
    "unchanged": "unchanged page, signed in (ETag → 304)",
}
HTML_BYTES, HTML_GZIP = 120_000, 25_000
FIRST_VISIT = {"requests": 10, "bytes": 200_000}
MEMORY_MB, FIRST_ANSWER_S = 150.0, 1.0
DIFFERENCE_MS = 200.0


@dataclass(frozen=True)
class Against:
    """A measurement beside its goal; lower is better."""

    value: float
    goal: float

    @property
    def ratio(self) -> float:
        return self.value / self.goal

    @property
    def words(self) -> str:
        if self.ratio <= 1:
            return f"{self.ratio:.2f}"
        return f"{self.ratio:.2f} MISSED" + (" BY FAR" if self.ratio > BEYOND else "")

    @property
    def style(self) -> str:
        return "green" if self.ratio <= 1 else "yellow" if self.ratio <= BEYOND else "bold red"
