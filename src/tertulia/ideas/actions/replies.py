from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tertulia.ideas import markdown, policies, queries
from tertulia.ideas.actions import drafts, record
from tertulia.ideas.actions.again import reply_again
from tertulia.ideas.actions.text_first import text_first
from tertulia.ideas.models import Credit, Idea, Outcome, Reply, Searchable
from tertulia.ideas.search import fold
from tertulia.importers.words import word_count
from tertulia.people.policies import NotThere, Refused

if TYPE_CHECKING:
    from tertulia.people.models import Person

INDENTS = 3
# "Not quite…" waits for whoever misheard, with or without a question mark.
ASKING = {"question", "challenge", "not_quite"}


def place_in_thread(parent: Reply | None, number: int) -> tuple[int, str]:
    """Depth and path: depth-first for three indents, then flat in the order of time."""
    here = f"{number:08x}"
    if parent is None:
        return 0, here
    if parent.depth < INDENTS:
        return parent.depth + 1, f"{parent.path}.{here}"
    return INDENTS, f"{parent.path.rsplit('.', 1)[0]}.{here}"


def add_contribution(
    *,
    by: Person,
    idea: Idea,
    parent: Reply | None,
    text: str,
    starter: str,
    at: datetime,
    act_ref: int | None = None,
    to: Person | None = None,
) -> Reply:
    """Write the reply and its contribution act, and move the idea's counters. The idea is locked by the caller.

    It is directed at whoever wrote what stands above it, or at `to`."""
    text = policies.check_words(text, starter)
    above = to or (parent.author if parent else idea.author)
    addressee = above if above is not None and above.pk != by.pk else None
    reply = Reply(idea=idea, parent=parent, author=by, addressee=addressee, starter=starter, created_at=at)
    # Before the first act: from there on the whole site's ledger waits for this transaction.
    _put_in_place(reply, text)
    searched = fold(markdown.plain_of_html(reply.html))
    reply.act = record.put_down(
        "answered" if parent else "replied",
        idea=idea,
        by=by,
        at=at,
        to=addressee,
        parent=parent.act if parent else idea.act,
        ref=act_ref,
        move=record.move_of(starter, is_answer=parent is not None),
        words=word_count(text),
    )
    reply.save()
    Searchable.objects.create(idea=idea, reply=reply, words=searched)
    _count(idea, reply, at)
    if parent is not None:
        _answers(parent, by, at)
    drafts.drop_draft(by=by, place=_place_of_draft(idea, parent, starter))
    return reply


def _put_in_place(reply: Reply, text: str) -> None:
    """The words, what they ask for, and where in the thread they stand."""
    reply.text, reply.html = text, markdown.render(text)
    reply.asks = reply.starter in ASKING or markdown.asks(reply.html)
    reply.number = reply.idea.contributions + 1
    reply.depth, reply.path = place_in_thread(reply.parent, reply.number)
    if reply.starter == "say_back" and policies.waits_for(reply.addressee):
        reply.heard = Reply.Heard.WAITING


def _answers(parent: Reply, by: Person, at: datetime) -> None:
    """What was asked of this person waits for them no longer."""
    if parent.addressee_id == by.pk and parent.answered_at is None:
        parent.answered_at = at
        parent.save(update_fields=["answered_at"])


def _place_of_draft(idea: Idea, parent: Reply | None, starter: str) -> str:
    """What was tried or decided is written in a box of its own: an unsent reply stays where it is."""
    if starter in {"tried", "decided"}:
        return f"{starter}:{idea.pk}"
    return f"reply:{idea.pk}:{parent.pk if parent else 0}"


def _count(idea: Idea, reply: Reply, at: datetime) -> None:
    idea.contributions += 1
    idea.replies_shown += 1
    idea.touched += 1
    idea.talked_at = max(idea.talked_at, at)
    if idea.answered_at is None and reply.author_id != idea.author_id:
        idea.answered_at = at
    idea.save(update_fields=["contributions", "replies_shown", "touched", "talked_at", "answered_at"])


def said_besides(reply: Reply, act: int) -> None:
    """Remember the act that a reply wrote besides its own and its outcomes'."""
    reply.also_act = act
    reply.save(update_fields=["also_act"])


def touch(idea: Idea) -> None:
    """The page of this idea shows something new."""
    idea.touched += 1
    idea.save(update_fields=["touched"])


@text_first
def reply(*, by: Person, idea_id: int, text: str, starter: str = "", at: datetime | None = None) -> Reply:
    """Reply to an idea."""
    idea = queries.idea_to_change(by, idea_id)
    if not at and (same := reply_again(by=by, idea=idea, parent=None, text=text, starter=starter)):
        return same
    policies.check_can_reply(by, idea)
    if starter not in policies.TO_AN_IDEA:
        raise Refused(_("That opening does not fit a reply to an idea."))
    return add_contribution(
        by=by, idea=idea, parent=None, text=text, starter=starter, at=at or timezone.now()
    )


@transaction.atomic
def take_back(*, by: Person, reply_id: int, at: datetime | None = None) -> Reply:
    """Take a just-sent reply back: its words return to the writer as a draft, a line stays where others answered."""
    at = at or timezone.now()
    mine = queries.reply_to_answer(by, reply_id)
    policies.check_can_take_back(by, mine, at)
    idea, words = mine.idea, mine.text
    said = acts_of(mine)
    named = list(Outcome.objects.filter(words=mine, names__isnull=False).values_list("names", flat=True))
    naming = " ".join(map(str, named))
    settled = list(Reply.objects.filter(pk__in=named, addressee=by).exclude(pk=mine.parent_id or 0))
    Outcome.objects.filter(words=mine).delete()
    Searchable.objects.filter(reply=mine).delete()
    mine.text, mine.html, mine.withdrawn_at, mine.heard = "", "", at, Reply.Heard.NONE
    mine.save(update_fields=["text", "html", "withdrawn_at", "heard"])
    _uncount(idea, mine)
    for reply in settled:
        reply.answered_at = _still_answered_at(reply)
        reply.save(update_fields=["answered_at"])
    _unsay_of_credits(mine)
    for act in said:
        record.put_down("withdrew", idea=idea, by=by, at=at, parent=act, ref=act)
    drafts.give_back(
        by=by,
        place=_place_of_draft(idea, mine.parent, mine.starter),
        fields={"text": words, "starter": mine.starter} | ({"naming": naming} if naming else {}),
    )
    return mine


def acts_of(mine: Reply) -> list[int | None]:
    """The words themselves, and all that was said with them: an outcome of words that are gone would still be read."""
    outcomes = Outcome.objects.filter(words=mine).order_by("act").values_list("act", flat=True)
    besides = [] if mine.also_act is None else [mine.also_act]
    return [mine.act, *outcomes, *besides]


def _uncount(idea: Idea, mine: Reply) -> None:
    others = Reply.objects.filter(idea=idea, withdrawn_at=None, staged=False).exclude(author=idea.author)
    first = others.order_by("created_at", "pk").first()
    idea.answered_at = first.created_at if first else None
    idea.replies_shown -= 1
    idea.touched += 1
    idea.save(update_fields=["answered_at", "replies_shown", "touched"])
    if mine.parent_id and mine.parent and mine.parent.addressee_id == mine.author_id:
        again = Reply.objects.filter(parent_id=mine.parent_id, author_id=mine.author_id, withdrawn_at=None)
        corrected = again.filter(starter="not_quite").exists()
        if mine.parent.heard == Reply.Heard.NOT_QUITE and mine.starter == "not_quite" and not corrected:
            # "Not quite" is unsaid with its words: the question whether it was right is open again.
            mine.parent.heard, mine.parent.heard_at = Reply.Heard.WAITING, None
        mine.parent.answered_at = _still_answered_at(mine.parent)
        mine.parent.save(update_fields=["answered_at", "heard", "heard_at"])


def _still_answered_at(reply: Reply) -> datetime | None:
    """When whom it was directed at first answered with what still stands: words, a yes, or what came of it."""
    by = reply.addressee_id
    words = Reply.objects.filter(parent=reply, author=by, withdrawn_at=None)
    came_of_it = Outcome.objects.filter(names=reply, by=by)
    answers = [
        *words.order_by("created_at", "pk").values_list("created_at", flat=True)[:1],
        *came_of_it.order_by("created_at", "pk").values_list("created_at", flat=True)[:1],
    ]
    # A yes that was said since stands, and answers too.
    if reply.heard == Reply.Heard.YES and reply.heard_at is not None:
        answers.append(reply.heard_at)
    return min(answers, default=None)


def _unsay_of_credits(mine: Reply) -> None:
    """ "Not quite" about a credit was said with these words, and goes with them: the question is open again."""
    if mine.starter == "not_quite":
        said = Credit.objects.filter(reply=mine.parent_id, to=mine.author_id, heard="not_quite")
        said.filter(heard_at=mine.created_at).update(heard="", heard_at=None)


@transaction.atomic
def set_aside(*, by: Person, reply_id: int, at: datetime | None = None) -> None:
    """ "Not now": a free answer. It leaves the person's own list, nobody is told, and no act is written."""
    found = queries.replies_visible_to(by).filter(pk=reply_id, addressee=by, set_aside_at=None)
    if not found.update(set_aside_at=at or timezone.now()) and not _is_mine(by, reply_id):
        raise NotThere("")


@transaction.atomic
def take_up_again(*, by: Person, reply_id: int) -> None:
    """What was set aside waits again. Saying it twice changes nothing."""
    if not queries.replies_visible_to(by).filter(pk=reply_id, addressee=by).update(set_aside_at=None):
        raise NotThere("")


def _is_mine(by: Person, reply_id: int) -> bool:
    return queries.replies_visible_to(by).filter(pk=reply_id, addressee=by).exists()
