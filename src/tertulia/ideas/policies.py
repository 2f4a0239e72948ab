"""What a person may do with ideas and replies. All of them assume that the person may see the idea."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tertulia.ideas.models import Credit, Idea, Reply
from tertulia.people.policies import Refused, check_length, is_here
from tertulia.people.words import long_text, one_line
from tertulia.spaces.queries import is_member

if TYPE_CHECKING:
    from tertulia.people.models import Person
    from tertulia.spaces.models import Space

# How long a just-sent reply can be taken back; letters about it wait as long.
TAKE_BACK = timedelta(minutes=10)
# A credit asks its person for a word this long, then it stops asking.
CREDIT_WAITS = timedelta(days=28)
# Whoever has written nothing for so long has gone quiet: what they asked is worth picking up, and presses nobody.
GONE_QUIET = timedelta(days=21)
LONGEST_TEXT = 200_000
# A question in one line, a note, what a reply changed, what moved somebody.
LONGEST_SENTENCE = 500

TO_AN_IDEA = {"", "question", "challenge", "build_on", "experience", "synthesis"}
TO_A_REPLY = {"", "say_back", "changed", "try", "keep", "dont_know", "was_wrong", "question", "challenge"}


def check_text(text: str) -> str:
    text = long_text(text)
    if not text.strip():
        raise Refused(_("There are no words yet. Nothing was sent."), field="text")
    if len(text) > LONGEST_TEXT:
        raise Refused(
            _("This is longer than 200,000 characters. Please send it in parts; your words are below."),
            field="text",
        )
    return text


def check_sentence(words: str, *, field: str = "") -> str:
    return check_length(one_line(words), LONGEST_SENTENCE, field=field)


# These say all there is to say: nothing has to follow.
WHOLE_ANSWERS = {"dont_know", "was_wrong"}


def check_words(text: str, starter: str) -> str:
    """An opening that nothing follows says nothing: So you are saying what?"""
    text = check_text(text)
    if (
        starter
        and starter not in WHOLE_ANSWERS
        and _letters(text) == _letters(str(Reply.Starter(starter).label))
    ):
        raise Refused(_("There are no words yet after the opening. Nothing was sent."), field="text")
    return text


_NO_LETTERS = re.compile(r"[\W_]+")


def _letters(words: str) -> str:
    return _NO_LETTERS.sub("", words.casefold())


def check_can_write(person: Person, space: Space) -> None:
    if not is_member(person, space):
        raise Refused(_("Join this space first, then write in it. Your words are below."))


def check_can_reply(person: Person, idea: Idea) -> None:
    if idea.withdrawn_at:
        raise Refused(_("This idea was taken back a moment ago. Your words are below; nothing is lost."))
    if idea.audience == Idea.Audience.ME:
        raise Refused(_("Only you can see this idea. Share it first, then there can be replies."))
    if not idea.space.is_open and not is_member(person, idea.space):
        raise Refused(_("Only people in this space can reply here."))


def check_can_answer(person: Person, reply: Reply, starter: str) -> None:
    check_can_reply(person, reply.idea)
    if reply.withdrawn_at:
        raise Refused(
            _("What you are answering was taken back a moment ago. Your words are below; nothing is lost.")
        )
    if starter not in TO_A_REPLY:
        raise Refused(_("That opening does not fit an answer."))
    if starter == "say_back" and (reply.author_id is None or reply.author_id == person.pk):
        raise Refused(_("Saying back is for what another person said."))
    if starter in {"keep", "changed"} and reply.idea.author_id != person.pk:
        raise Refused(_("Only the author of the idea can change it or keep it."))
    if starter in {"keep", "try", "changed"} and reply.author_id == person.pk:
        raise Refused(_("That answers what another person said; this reply is your own."))


def check_can_hear(person: Person, answer: Reply) -> None:
    if answer.heard == "":
        raise Refused(_("There is nothing to confirm here."))
    if answer.addressee_id != person.pk:
        raise Refused(_("Only the person who was answered can say whether that is what they meant."))
    if answer.withdrawn_at:
        raise Refused(_("That answer was taken back a moment ago."))


def check_can_say_not_quite(person: Person, answer: Reply) -> None:
    check_can_hear(person, answer)
    if answer.heard == Reply.Heard.YES:
        raise Refused(
            _(
                "You have said that this is what you meant. You can add to it in an answer; your words are below."
            )
        )


def check_can_change(person: Person, idea: Idea) -> None:
    if idea.author_id != person.pk:
        raise Refused(_("Only the author can change an idea. You can write a new one that cites it."))
    if idea.withdrawn_at:
        raise Refused(_("This idea was taken back."))


# Who may read can only grow: what others have read cannot be unread.
WIDER = {"me": ("space", "everyone"), "space": ("everyone",), "everyone": ()}


def check_can_share(person: Person, idea: Idea, audience: str) -> None:
    check_can_change(person, idea)
    if audience not in WIDER[idea.audience]:
        raise Refused(
            _("An idea can be shared with more people, not with fewer: what was read cannot be unread.")
        )
    if others_have_replied(idea):
        raise Refused(
            _(
                "Others have replied to it for the people in this space, so it stays among them. "
                "You can write a new idea for everyone that cites it."
            )
        )
    if not is_member(person, idea.space):
        raise Refused(_("You have left this space. Join it again to share the idea there."))


def wider_audiences(person: Person | None, idea: Idea) -> tuple[str, ...]:
    """To whom the author could open the idea; nobody else is offered it."""
    return WIDER[idea.audience] if can_change(person, idea) and not others_have_replied(idea) else ()


def others_have_replied(idea: Idea) -> bool:
    """Words by another person stand under it: they were written for whoever could read it then."""
    return idea.answered_at is not None


def can_change(person: Person | None, idea: Idea) -> bool:
    return person is not None and idea.author_id == person.pk and idea.withdrawn_at is None


def check_can_credit(person: Person, idea: Idea, reply: Reply, sentence: str) -> None:
    if reply.idea_id != idea.pk or reply.withdrawn_at or reply.staged:
        raise Refused(_("One of the replies that you ticked is no longer there."))
    if reply.author_id is None or reply.author_id == person.pk:
        raise Refused(_("Credit goes to another person, not to oneself."))
    field = f"why-{reply.pk}"
    if not check_sentence(sentence, field=field):
        raise Refused(_("Say in one sentence what each ticked reply changed."), field=field)


def check_can_tell_what_moved(person: Person, credit: Credit) -> None:
    if credit.to_id != person.pk:
        raise Refused(_("Only the person who was credited can say what moved for them."))


def check_can_correct(person: Person, credit: Credit) -> None:
    check_can_reply(person, credit.version.idea)
    if credit.heard:
        raise Refused(
            _("You have already answered this change. You can add to what you said; your words are below.")
        )


def check_can_take_back(person: Person, reply: Reply, now: datetime) -> None:
    if reply.author_id != person.pk:
        raise Refused(_("Only its writer can take a reply back."))
    if reply.withdrawn_at:
        raise Refused(_("It was taken back already."))
    if now - reply.created_at > TAKE_BACK:
        raise Refused(_("A reply can be taken back for ten minutes. This one has been read by now."))
    if reply.heard in {"yes", "not_quite"} or reply.credits.exists() or reply.outcomes.exists():
        raise Refused(_("Somebody has already answered to this or built on it. It stays."))


def waits_for(addressee: Person | None) -> bool:
    return addressee is not None and is_here(addressee)
