"""Both people of an exchange contest it at the same moment, in threads and transactions of their own."""

import pytest

from tertulia.people.policies import Refused
from tertulia.readings import actions
from tertulia.readings.models import Contest
from tests.community import a_reply, acts, an_idea, somebody
from tests.ideas.test_at_the_same_moment import Together

pytestmark = pytest.mark.usefixtures("common_database")


def test_of_two_who_contest_one_act_at_once_one_is_told_that_it_is_contested_already() -> None:
    act = a_reply(an_idea(somebody("Ana")), somebody("Bo")).act or 0
    ana, bo = somebody("Ana"), somebody("Bo")

    both = Together(
        lambda: actions.contest(by=ana, act=act, sentence="No."),
        lambda: actions.contest(by=bo, act=act, sentence="Not so."),
    )

    assert sorted(type(error).__name__ for error in both.raised) == ["NoneType", "Refused"]
    refused = next(error for error in both.raised if error)
    assert isinstance(refused, Refused)
    assert "contested already" in refused.sentence
    assert Contest.objects.count() == 1
    assert [one.verb for one in acts()].count("contested") == 1
