"""A space by invitation with ideas of every audience and a staged import, and every address that there is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tertulia.ideas import actions
from tertulia.ideas.actions import Credited
from tertulia.people.actions import add_person, bring_people
from tertulia.spaces.actions import found_space, invite, join_space, reword
from tests.community import a_space, last_act, site_keeper, somebody

# Each word stands in one kind of thing alone, and in nothing that the site itself says.
NAME, EARLIER, MEMBER = "Quillhidden", "quillwording", "Quilleda"
SPACE, REPLY, TOPIC, CREDIT = "quillspace", "quillreply", "quilltopic", "quillcredit"
ANAS, BOS, EVERY = "quillanas", "quillbos", "quillevery"
GHOST, STAGED, BROUGHT = "Quillghost", "quillstaged", "Quillbrought"

NEVER = {GHOST, STAGED, BROUGHT}
INSIDE = {NAME, EARLIER, MEMBER, SPACE, REPLY, TOPIC, CREDIT}
# What each must never read, wherever they look.
HIDDEN_FROM = {
    "nobody": NEVER | INSIDE | {ANAS, BOS},
    "outsider": NEVER | INSIDE | {ANAS, BOS},
    "site keeper": NEVER | INSIDE | {ANAS, BOS},
    "member": NEVER | {ANAS},
    "host": NEVER | {ANAS, BOS},
    "keeper": NEVER | {BOS},
}


@dataclass
class Quiet:
    people: dict[str, Any]
    slugs: list[str]
    ideas: list[Any]
    replies: list[Any]
    credits: list[int]
    persons: list[int]
    token: str
    acts: int


def quiet_place() -> Quiet:
    vera, ana, bo, cleo, dan = site_keeper(), *(somebody(name) for name in ("Ana", "Bo", "Cleo", "Dan"))
    eda = add_person(name=MEMBER, email="quillmail@example.org", about=f"about {MEMBER}")
    a_space(dan, name="Open square")
    space = found_space(by=vera, keeper=ana, host=cleo, name=NAME, purpose=f"For {EARLIER}", is_open=False)
    reword(by=ana, space=space, purpose=f"Purpose of {NAME}", bring="", take_away="")
    token = invite(by=ana, space=space).token
    for person in (bo, cleo, eda):
        join_space(by=person, space=space, token=token)
    mine = _idea(ana, space, ANAS, "me"), _idea(bo, space, BOS, "me")
    every = _idea(cleo, space, EVERY, "everyone")
    shared = _idea(ana, space, SPACE, "space", topics=(TOPIC,))
    replies = [
        actions.reply(by=eda, idea_id=shared.pk, text=f"May I ask {REPLY}?", starter="question"),
        actions.reply(by=bo, idea_id=every.pk, text="Bo says something for all."),
    ]
    replies.append(
        actions.answer(by=ana, reply_id=replies[0].pk, text=f"So you are saying {REPLY}", starter="say_back")
    )
    version = actions.revise(
        by=ana,
        idea_id=shared.pk,
        base_version=1,
        title=f"On {SPACE}",
        text=f"Now {SPACE} is otherwise.",
        credits=[Credited(replies[0].pk, f"Because of {CREDIT}")],
    )
    staged, brought = _staged_import(vera, space)
    credits = list(
        apps.get_model("ideas", "Credit").objects.filter(version=version).values_list("pk", flat=True)
    )
    return Quiet(
        people={
            "nobody": None,
            "outsider": dan,
            "site keeper": vera,
            "member": bo,
            "host": cleo,
            "keeper": ana,
        },
        slugs=[space.slug, GHOST.lower()],
        ideas=[*mine, every, shared, *staged],
        replies=[*replies, *apps.get_model("ideas", "Reply").objects.filter(staged=True)],
        credits=credits,
        persons=[person.pk for person in (ana, bo, cleo, eda, brought)],
        token=token,
        acts=last_act(),
    )


def _idea(by: Any, space: Any, word: str, audience: str, **more: Any) -> Any:
    return actions.write_idea(
        by=by,
        space=space,
        title=f"On {word}",
        text=f"Words about {word}.",
        ask="help",
        question=f"What of {word}?",
        audience=audience,
        **more,
    )


def _staged_import(vera: Any, space: Any) -> tuple[list[Any], Any]:
    """What a bringing that is not closed has written: in a space of its own, and in one that is there."""
    (brought,) = bring_people(names=[BROUGHT], import_id=7)
    ghost = found_space(by=vera, name=GHOST, import_id=7, staged=True)
    ideas, replies = apps.get_model("ideas", "Idea"), apps.get_model("ideas", "Reply")
    made = [_idea(vera, ghost, STAGED, "everyone")]
    join_space(by=vera, space=space, token=space.invitations.get(ended_at=None).token)
    made.append(_idea(vera, space, STAGED, "everyone", topics=(STAGED,)))
    for idea in made:
        actions.reply(by=vera, idea_id=idea.pk, text=f"Reply about {STAGED}")
    space.memberships.filter(person=vera).delete()
    rows = [idea.pk for idea in made]
    ideas.objects.filter(pk__in=rows).update(staged=True, author=brought, import_id=7)
    replies.objects.filter(idea__in=rows).update(staged=True, author=brought, import_id=7)
    return made, brought


PLAIN = [
    "home",
    "sign_in",
    "sign_in_code",
    "sign_in_again",
    "sign_in_name",
    "sign_out",
    "me",
    "spaces",
    "space_new",
    "how_it_works",
    "will_not",
    "doors",
    "come_in",
    "outbox",
    "write",
    "drafts",
    "words_before",
    "keep_draft",
    "drop_draft",
    "how_counted",
]
OF_SLUG = {
    "space": ["", f"?topic={TOPIC}", f"?topic={STAGED}", "?notices=1", "?page=2"],
    "members": [""],
    "join": [""],
    "leave": [""],
    "space_words": [""],
    "invitation": ["", "?first=1"],
    "invitation_end": [""],
    "write_in_space": [""],
    "reading": ["", "?window=all"],
}
OF_IDEA = ["idea_short", "revise", "post_reply", "post_tried", "post_decided", "take_idea_back", "share_idea"]
OF_REPLY = ["reply", "answer", "confirm", "not_quite", "not_now", "take_up_again", "take_back"]
SHOWS = ("", "?show=difference", "?show=clean", "?tried=yes", "?decided=yes", "?page=2")


def addresses(quiet: Quiet) -> dict[str, list[str]]:
    """For each name of an address, what to ask it: every thing that it could show."""
    words = [*sorted(NEVER | INSIDE), ANAS, BOS, EVERY, "words", "ask"]
    slugs, ideas = quiet.slugs, [idea.pk for idea in quiet.ideas]
    replies = [reply.pk for reply in quiet.replies]
    shows = (*SHOWS, f"?answer={replies[0]}")
    table = {name: [reverse(name)] for name in PLAIN}
    table["search"] = [f"{reverse('search')}?q={word}" for word in words]
    table["keeper_link"] = [reverse("keeper_link", args=["x" * 32])]
    table["join_by_invitation"] = [reverse("join_by_invitation", args=["x" * 24])]
    table["person"] = [reverse("person", args=[key]) for key in quiet.persons]
    table |= {
        name: [reverse(name, args=[s]) + q for s in slugs for q in more] for name, more in OF_SLUG.items()
    }
    table |= {name: [reverse(name, args=[key]) for key in ideas] for name in OF_IDEA}
    table |= {name: [reverse(name, args=[key]) for key in replies] for name in OF_REPLY}
    table["idea"] = [
        reverse("idea", args=[idea.pk, idea.slug]) + show for idea in quiet.ideas for show in shows
    ]
    table["version"] = [reverse("version", args=[key, number]) for key in ideas for number in (1, 2)]
    table["answer_credit"] = [reverse("answer_credit", args=[key]) for key in quiet.credits]
    table["correct_credit"] = [reverse("correct_credit", args=[key]) for key in quiet.credits]
    table["reading_meeting"] = [reverse("reading_meeting", args=[slug, 1]) for slug in slugs]
    table["contest"] = [reverse("contest", args=[reply.act]) for reply in quiet.replies]
    table["answer_contest"] = [reverse("answer_contest", args=[1])]
    return table


def names_of_addresses() -> set[str]:
    return {pattern.name or str(pattern.pattern) for pattern in _patterns(get_resolver().url_patterns)}


def _patterns(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns)
        else:
            yield one
