"""Topics are told apart by their names, however alike their addresses would be."""

import pytest

from tertulia.ideas.actions.topics import topic_named
from tertulia.ideas.models import Topic
from tests.community import an_idea

pytestmark = pytest.mark.django_db


def test_two_names_of_one_address_are_two_topics() -> None:
    idea = an_idea(topics=("c++", "c", "c#", "!", "?"))

    assert list(idea.topics.order_by("pk").values_list("name", "slug")) == [
        ("c++", "c"),
        ("c", "c-2"),
        ("c#", "c-3"),
        ("!", "topic"),
        ("?", "topic-2"),
    ]


def test_a_name_is_one_topic() -> None:
    an_idea(topics=("rye", "Rye"))

    assert topic_named("rye") == Topic.objects.get()


def test_the_longest_names_have_an_address_each() -> None:
    first, second = topic_named("x" * 60), topic_named("x" * 59 + "y")

    assert first.slug != second.slug
    assert max(len(first.slug), len(second.slug)) <= 60
