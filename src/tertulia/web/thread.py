"""What people said, as pieces of HTML that Python joins: a template for each reply would cost more than all else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tertulia.web.addresses import address_of
from tertulia.web.names import Called
from tertulia.web.people_links import linked_name
from tertulia.web.times import Day, this_day, time_tag

if TYPE_CHECKING:
    from tertulia.ideas.models import Credit, Idea, Outcome, Reply


@dataclass(frozen=True, slots=True)
class Spoken:
    """One reply: its HTML up to where a person's own buttons stand, the rest, and what those buttons depend on."""

    reply_id: int
    before: str
    after: str
    # The link to answer it; "" where it was taken back.
    answer: str
    # What to call its writer.
    name: str
    author_id: int | None
    addressee_id: int | None
    # Wants something of its addressee: "answer", "confirm" or "".
    waits: str
    created_at: datetime
    heard: str


@dataclass(frozen=True)
class Told:
    """What is needed to say what came of each reply."""

    called: Called
    day: Day
    outcomes: Mapping[int, list["Outcome"]]
    # (version, reply) of credits whose person prefers not to be named.
    unnamed: frozenset[tuple[int, int]] = frozenset()
    idea_id: int = 0
    # Of the idea.
    address: str = ""
    # Whether the thread has more than one page.
    is_long: bool = False
    authors: Mapping[int, str] = field(default_factory=dict)


def told(
    idea: "Idea",
    replies: list["Reply"],
    outcomes: Iterable["Outcome"],
    credits: Iterable["Credit"],
    *,
    is_long: bool,
) -> Told:
    by_reply: defaultdict[int, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.names_id:
            by_reply[outcome.names_id].append(outcome)
    people = [person for reply in replies for person in (reply.author, reply.addressee)]
    called = Called(people + [outcome.by for several in by_reply.values() for outcome in several])
    return Told(
        called=called,
        day=this_day(),
        outcomes=by_reply,
        idea_id=idea.pk,
        address=address_of(idea),
        is_long=is_long,
        unnamed=frozenset((credit.version_id, credit.reply_id) for credit in credits if not credit.named),
        authors={reply.pk: called(reply.author) for reply in replies},
    )


def speak(replies: list["Reply"], told: Told) -> list[Spoken]:
    """The pieces of one page of replies, in its order."""
    shown = _shown(replies)
    answered = {reply.parent_id for reply in shown}
    spoken: list[Spoken] = []
    above: Reply | None = None
    for reply in shown:
        hoisted = (
            above is not None
            and above.pk == reply.parent_id
            and _is_line(reply, above)
            and reply.pk not in answered
        )
        if hoisted and spoken:
            # A short saying-back stands under what it answers; the piece before leaves its end to it.
            last = spoken.pop()
            spoken.append(_cut(last))
            spoken.append(_line(reply, told))
        else:
            spoken.append(_article(reply, above, told))
            above = reply
    return spoken


def join(
    spoken: Iterable[Spoken],
    own: Mapping[int, str],
    *,
    answering: int | None,
    beneath: Mapping[int, str],
) -> SafeString:
    """One string for the page: for the few replies that concern this person, their own buttons; composers beneath."""
    parts: list[str] = []
    owed = ""
    for piece in spoken:
        # Answering: the person who may; nobody answers oneself.
        answer = piece.answer if answering and piece.author_id != answering else ""
        parts += (piece.before, answer, own.get(piece.reply_id, ""), piece.after)
        owed += beneath.get(piece.reply_id, "")
        if owed and piece.after.endswith("</article>"):
            parts.append(owed)
            owed = ""
    return mark_safe("".join(parts) + owed)  # noqa: S308 -- every piece is escaped or cleaned where it is made


def _answer_link(reply: "Reply", told: Told) -> str:
    words = escape(_("Answer %(name)s") % {"name": told.called(reply.author)})
    return f'<a class="plain" href="{told.address}?answer={reply.pk}#answer" hx-get="/r/{reply.pk}/answer">{words}</a>'


def _shown(replies: list["Reply"]) -> list["Reply"]:
    """Without what was taken back, but where somebody answered it."""
    needed: set[int | None] = set()
    shown: list[Reply] = []
    # An answer always stands after what it answers.
    for reply in reversed(replies):
        if reply.withdrawn_at is None or reply.pk in needed:
            needed.add(reply.parent_id)
            shown.append(reply)
    return shown[::-1]


LONGEST_LINE = 500


def _is_line(reply: "Reply", above: "Reply") -> bool:
    return (
        reply.starter == "say_back"
        and not reply.starter_inferred
        and reply.withdrawn_at is None
        and above.withdrawn_at is None
        and len(reply.html) <= LONGEST_LINE
        and _one_paragraph(reply.html)
    )


def _one_paragraph(html: str) -> bool:
    html = html.strip()
    return html.startswith("<p>") and html.endswith("</p>") and html.count("</p>") == 1


def _cut(piece: Spoken) -> Spoken:
    return replace(piece, after=piece.after.removesuffix("</article>"))


def _line(reply: "Reply", told: Told) -> Spoken:
    words = reply.html.strip()[3:-4]
    name = escape(told.called(reply.author))
    state = _heard_state(reply, told)
    before = f'<div class="said" id="r{reply.pk}"><p><b>{name}</b> <q>{words}</q>{state}</p>{_outcomes(reply, told)}'
    return _spoken(reply, told, before, "</div></article>")


def _article(reply: "Reply", above: "Reply | None", told: Told) -> Spoken:
    opening = f'<article class="reply d{reply.depth}" id="r{reply.pk}">'
    if reply.withdrawn_at is not None:
        line = f'<p class="soft">{escape(_("A reply was taken back."))}</p>'
        return _spoken(reply, told, opening + line, "</article>")
    header = f"<header>{_byline(reply, told)}{_to(reply, above, told)}</header>"
    state = _heard_state(reply, told) or _done(reply, told)
    said = f'<p class="said">{state.strip()}</p>' if state else ""
    before = f'{opening}{header}<div class="words">{reply.html}</div>{_accepted(reply)}{said}{_outcomes(reply, told)}'
    return _spoken(reply, told, before, "</article>")


def _spoken(reply: "Reply", told: Told, before: str, after: str) -> Spoken:
    here = reply.withdrawn_at is None
    return Spoken(
        reply_id=reply.pk,
        before=before,
        after=after,
        answer=_answer_link(reply, told) if here else "",
        name=told.called(reply.author),
        author_id=reply.author_id,
        addressee_id=reply.addressee_id,
        waits=_waits(reply) if here else "",
        created_at=reply.created_at,
        heard=reply.heard,
    )


def _waits(reply: "Reply") -> str:
    if reply.import_id is not None or reply.answered_at is not None:
        return ""
    return "confirm" if reply.heard == "waiting" else "answer" if reply.asks else ""


def _byline(reply: "Reply", told: Told) -> str:
    line = f"<b>{linked_name(reply.author)}</b> {time_tag(reply.created_at, told.day)}"
    if reply.source_url.startswith(("http://", "https://")):
        line += format_html(
            ' <a class="soft" rel="nofollow noopener" href="{}">{}</a>', reply.source_url, _("source")
        )
    return f'<span class="soft">{line}</span>' if reply.author is None else line


def _to(reply: "Reply", above: "Reply | None", told: Told) -> str:
    """Whom it answers, where the indent no longer says it."""
    if reply.parent_id is None or (above is not None and _is_right_above(reply, above)):
        return ""
    name = told.authors.get(reply.parent_id)
    words = _("to %(name)s") % {"name": name} if name else _("to an earlier reply")
    href = f"#r{reply.parent_id}" if name else f"/r/{reply.parent_id}"
    return format_html(' <a class="soft" href="{}">{}</a>', href, words)


def _is_right_above(reply: "Reply", above: "Reply") -> bool:
    return above.pk == reply.parent_id or (reply.depth <= above.depth and reply.depth < 3)


def _heard_state(reply: "Reply", told: Told) -> str:
    if reply.heard not in {"yes", "not_quite"}:
        return ""
    words = _("yes, that's it.") if reply.heard == "yes" else _("not quite.")
    return f" <b>{escape(told.called(reply.addressee))}</b>: {escape(words)}"


def _done(reply: "Reply", told: Told) -> str:
    """What a reply is besides its words. That somebody's reply was tried is said under that one."""
    sentences = {
        "decided": _("%(name)s decided this."),
        "tried": "" if reply.parent_id else _("%(name)s tried this."),
    }
    sentence = sentences.get(reply.starter, "")
    return escape(sentence % {"name": told.called(reply.author)}) if sentence else ""


def _accepted(reply: "Reply") -> str:
    return f'<p class="said">{escape(_("The author accepted it."))}</p>' if reply.accepted_at else ""


def _outcomes(reply: "Reply", told: Told) -> str:
    came = told.outcomes.get(reply.pk, ())
    sentences = [_became(came, told), *(_sentence(outcome, told) for outcome in came)]
    joined = format_html_join(" ", "{}", ((one,) for one in dict.fromkeys(sentences) if one))
    return f'<p class="said">{joined}</p>' if joined else ""


def _became(outcomes: Iterable["Outcome"], told: Told) -> SafeString:
    """The versions that credit it, in one sentence; none where its writer stays unnamed there."""
    numbers = sorted(
        {
            outcome.version.number
            for outcome in outcomes
            if outcome.kind == "revised"
            and outcome.version is not None
            and (outcome.version_id, outcome.names_id) not in told.unnamed
        }
    )
    if not numbers:
        return SafeString("")
    link = '<a href="/i/{}/v/{}">{}</a>'
    if len(numbers) == 1:
        words = _("version %(number)s") % {"number": numbers[0]}
        return format_html(
            _("It became {version}."), version=format_html(link, told.idea_id, numbers[0], words)
        )
    links = [format_html(link, told.idea_id, number, number) for number in numbers]
    first = format_html_join(", ", "{}", ((one,) for one in links[:-1]))
    return format_html(_("It became versions {first} and {last}."), first=first, last=links[-1])


def _sentence(outcome: "Outcome", told: Told) -> SafeString:
    """One outcome in words, with a link to where it was said."""
    name = conditional_escape(told.called(outcome.by))
    if outcome.words_id is None:
        return SafeString("")
    sentence = {
        "promised": _('{name} will <a href="{there}">try it</a>.'),
        "tried": _('{name} <a href="{there}">tried it</a>.'),
        "declined": _('{name} keeps it, <a href="{there}">because…</a>'),
        "decided": _('{name} named this in <a href="{there}">what was decided</a>.'),
    }.get(outcome.kind, "")
    there = f"/r/{outcome.words_id}" if told.is_long else f"#r{outcome.words_id}"
    return format_html(sentence, name=name, there=there) if sentence else SafeString("")
