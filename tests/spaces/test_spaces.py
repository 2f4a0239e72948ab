"""Spaces: founding, joining, leaving, inviting, rewording; and who sees that they exist."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tertulia.people.policies import Refused
from tertulia.spaces import actions, policies, queries
from tertulia.spaces.models import Invitation, Membership, Space
from tests.community import a_space, acts, after, last_act, site_keeper, somebody

pytestmark = pytest.mark.django_db


def test_a_space_begins_with_its_keeper_in_it() -> None:
    vera, ana = site_keeper(), somebody("Ana")
    before = last_act()

    space = actions.found_space(
        by=vera, keeper=ana, name=" Bread ", purpose=" Loaves. ", bring="A failure.", take_away="A reason.",
        at=after(),
    )  # fmt: skip

    (act,) = acts(before)
    assert (space.name, space.slug, space.purpose) == ("Bread", "bread", "Loaves.")
    assert (space.keeper, space.host) == (ana, ana)
    assert list(Membership.objects.values_list("space", "person")) == [(space.pk, ana.pk)]
    assert (act.verb, act.actor, act.space, act.audience, act.audience_id, act.happened_at) == (
        "joined",
        ana.key,
        space.pk,
        "space",
        str(space.pk),
        after(),
    )


def test_two_spaces_of_one_name_have_two_addresses() -> None:
    assert [a_space(name="Bread").slug for _ in range(3)] == ["bread", "bread-2", "bread-3"]


def test_a_form_sent_twice_in_a_row_begins_one_space() -> None:
    def sent(name: str) -> Space:
        return actions.found_space_once(
            by=site_keeper(), name=name, purpose="Loaves.", bring="", take_away="", is_open=True
        )

    first = sent("Bread")

    assert sent(" Bread ") == first
    assert sent("Rye") != first


@pytest.mark.parametrize(
    "other",
    [{"purpose": "Loaves and rolls."}, {"bring": "A starter"}, {"take_away": "Crumbs"}, {"is_open": False}],
)
def test_a_form_that_says_something_else_is_not_the_one_before(other: dict[str, Any]) -> None:
    said: dict[str, Any] = {"purpose": "Loaves.", "bring": "", "take_away": "", "is_open": True}
    first = actions.found_space_once(by=site_keeper(), name="Bread", **said)

    second = actions.found_space_once(by=site_keeper(), name="Bread", **said | other)

    assert second != first
    assert {field: getattr(second, field) for field in said} == said | other


@pytest.mark.parametrize("name", ["面包", "!!!"])
def test_a_name_without_plain_letters_has_an_address_all_the_same(name: str) -> None:
    assert a_space(name=name).slug == "space"


def test_a_space_begins_with_whoever_keeps_the_site_and_has_a_name() -> None:
    with pytest.raises(Refused, match="keeps this site"):
        actions.found_space(by=somebody("Ana"), name="Bread")
    with pytest.raises(Refused, match="needs a name"):
        actions.found_space(by=site_keeper(), name="  ")
    assert not policies.can_found(None)
    assert not policies.can_found(somebody("Ana"))
    assert policies.can_found(site_keeper())


def test_anybody_joins_an_open_space_and_twice_is_once() -> None:
    space, ana = a_space(), somebody("Ana")
    before = last_act()

    for minute in (1, 2):
        actions.join_space(by=ana, space=space, at=after(minute))

    (act,) = acts(before)
    assert (act.verb, act.actor, act.happened_at) == ("joined", ana.key, after(1))
    assert queries.is_member(ana, space)
    assert queries.everybody_in(space) == 2


def test_a_space_by_invitation_opens_to_its_own_open_link_alone() -> None:
    space, other = a_space(is_open=False), a_space(name="Rye", is_open=False)
    vera, ana = site_keeper(), somebody("Ana")
    old = actions.invite(by=vera, space=space)
    link = actions.invite(by=vera, space=space)
    elsewhere = actions.invite(by=vera, space=other)

    for wrong in ("", old.token, elsewhere.token, "nonsense"):
        with pytest.raises(Refused, match="by invitation"):
            actions.join_space(by=ana, space=space, token=wrong)
    actions.join_space(by=ana, space=space, token=link.token)

    assert queries.is_member(ana, space)
    assert queries.invitation_of(space) == link


def test_an_invitation_that_ended_opens_nothing() -> None:
    space, vera = a_space(is_open=False), site_keeper()
    link = actions.invite(by=vera, space=space)

    actions.end_invitation(by=vera, space=space)

    assert queries.invitation_of(space) is None
    assert queries.open_invitation(link.token) is None


def test_only_the_keeper_invites_ends_and_rewords() -> None:
    space, ana = a_space(somebody("Ana")), somebody("Ana")

    for refused in (
        lambda: actions.invite(by=ana, space=space),
        lambda: actions.end_invitation(by=ana, space=space),
        lambda: actions.reword(by=ana, space=space, purpose="x", bring="", take_away=""),
    ):
        with pytest.raises(Refused, match="Only the keeper"):
            refused()
    assert policies.can_keep(site_keeper(), space)
    assert not policies.can_keep(ana, space)
    assert not policies.can_keep(None, space)


def test_inviting_is_an_act_of_the_space() -> None:
    space = a_space()
    before = last_act()

    actions.invite(by=site_keeper(), space=space, at=after())

    assert [(act.verb, act.actor, act.space) for act in acts(before)] == [
        ("invited", site_keeper().key, space.pk)
    ]


def test_leaving_is_one_act_and_the_host_is_then_the_keeper() -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    Space.objects.update(host=ana)
    space.refresh_from_db()
    before = last_act()

    for minute in (1, 2):
        actions.leave_space(by=ana, space=space, at=after(minute))

    assert [(act.verb, act.actor, act.happened_at) for act in acts(before)] == [("left", ana.key, after(1))]
    assert not queries.is_member(ana, space)
    assert Space.objects.get(pk=space.pk).host == site_keeper()


def test_the_keeper_cannot_leave_the_space_to_nobody() -> None:
    with pytest.raises(Refused, match="Hand it to somebody else"):
        actions.leave_space(by=site_keeper(), space=a_space())


def test_what_stood_beside_the_name_stays_readable() -> None:
    space = a_space()
    vera = site_keeper()

    actions.reword(by=vera, space=space, purpose="Loaves.", bring="a", take_away="b", at=after(1))
    actions.reword(by=vera, space=space, purpose=" Bread. ", bring="a", take_away="b", idea_id=5, at=after(2))

    space.refresh_from_db()
    assert (space.purpose, space.bring) == ("Bread.", "a")
    assert [(w.purpose, w.until_at, w.idea_id) for w in queries.earlier_wordings(space)] == [
        ("Loaves.", after(2), 5),
        ("", after(1), None),
    ]


def test_outsiders_do_not_learn_that_a_space_by_invitation_exists() -> None:
    ana, dan = somebody("Ana"), somebody("Dan")
    is_open, apart = a_space(ana, name="Open"), a_space(ana, name="Apart", is_open=False)
    staged = a_space(ana, name="Staged")
    Space.objects.filter(pk=staged.pk).update(staged=True)
    link = actions.invite(by=site_keeper(), space=staged)

    assert set(queries.spaces_visible_to(None)) == {is_open}
    assert set(queries.spaces_visible_to(dan)) == {is_open}
    assert set(queries.spaces_visible_to(ana)) == {is_open, apart}
    assert list(queries.spaces_of(ana)) == [apart, is_open]
    assert list(queries.spaces_of(dan)) == []
    assert queries.open_invitation(link.token) is None


def test_the_list_of_spaces_has_mine_first_and_counts_everybody() -> None:
    bo = somebody("Bo")
    a_space(name="Alpha")
    mine = a_space(somebody("Ana"), bo, name="Zeta")

    listed = queries.spaces_listed_for(bo)

    assert [(space.name, space.people, space.is_mine) for space in listed] == [  # type: ignore[attr-defined]
        ("Zeta", 3, True),
        ("Alpha", 1, False),
    ]
    assert [m.person.name for m in queries.members_of(mine)] == ["Ana", "Bo", "Vera"]


def test_two_people_share_a_space_that_is_there() -> None:
    ana, bo, cleo = (somebody(name) for name in ("Ana", "Bo", "Cleo"))
    space = a_space(ana, bo)

    assert queries.shares_a_space(ana, bo)
    assert not queries.shares_a_space(ana, cleo)
    assert not queries.shares_a_space(None, ana)
    Space.objects.filter(pk=space.pk).update(staged=True)
    assert not queries.shares_a_space(ana, bo)


def test_a_kept_space_is_found_by_name_or_address() -> None:
    space = a_space(name="Bread at altitude")

    assert queries.space_kept_by(site_keeper(), "Bread at altitude") == space
    assert queries.space_kept_by(site_keeper(), "bread-at-altitude") == space
    assert queries.space_kept_by(somebody("Ana"), "Bread at altitude") is None


@pytest.mark.parametrize("what", ["no name", "address twice", "in it twice", "two invitations"])
def test_the_database_refuses(what: str) -> None:
    ana = somebody("Ana")
    space, other = a_space(ana), a_space(name="Rye")
    actions.invite(by=site_keeper(), space=space)

    wrong: dict[str, Callable[[], object]] = {
        "no name": lambda: Space.objects.filter(pk=space.pk).update(name=""),
        "address twice": lambda: Space.objects.filter(pk=other.pk).update(slug=space.slug),
        "in it twice": lambda: Membership.objects.create(space=space, person=ana),
        "two invitations": lambda: Invitation.objects.create(space=space, made_by=ana),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong[what]()


def test_the_keeper_of_the_site_finds_a_space_that_somebody_else_keeps() -> None:
    bread = a_space(somebody("Ana"), name="Bread")

    assert queries.space_kept_by(site_keeper(), "Bread") == bread
    assert queries.space_kept_by(somebody("Bo"), "Bread") is None


def test_two_spaces_of_one_name_are_told_apart_by_their_address() -> None:
    a_space(name="Bread")
    second = a_space(name="Bread")

    with pytest.raises(Refused, match="bread, bread-2"):
        queries.space_kept_by(site_keeper(), "Bread")
    assert queries.space_kept_by(site_keeper(), second.slug) == second


def test_the_words_of_a_space_are_kept_without_what_cannot_be_seen() -> None:
    vera = site_keeper()
    space = actions.found_space(
        by=vera, name="Bre\x00ad", purpose="\x00Rise", bring="Flo\x00ur", take_away="\x00"
    )
    assert (space.name, space.purpose, space.bring, space.take_away) == ("Bread", "Rise", "Flour", "")
    actions.reword(by=vera, space=space, purpose="Rise\x00 well", bring="Flo\u202eur", take_away="Bread\x07")

    space.refresh_from_db()
    assert (space.name, space.purpose, space.bring, space.take_away) == (
        "Bread",
        "Rise well",
        "Flour",
        "Bread",
    )
    with pytest.raises(Refused, match="needs a name"):
        actions.found_space(by=site_keeper(), name="\x00\u202e")


def test_a_token_that_nobody_made_opens_nothing() -> None:
    assert queries.open_invitation("\x00") is None
