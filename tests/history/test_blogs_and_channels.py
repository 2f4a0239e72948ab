"""A blog and a channel are brought into a site by the same way as any other history."""

from pathlib import Path

import pytest

from tertulia.cli.history import _last_line
from tertulia.history.actions import Brought, bring_history, undo
from tertulia.history.models import Import
from tertulia.ideas.models import Idea, Reply
from tertulia.importers.detect import silently
from tertulia.spaces.models import Space
from tests.community import site_keeper
from tests.importers.blogs import comment, post, write_blog

pytestmark = pytest.mark.django_db


def bring(path: Path) -> Brought:
    return bring_history(by=site_keeper(), path=path, space_name="Kitchens", progress=silently)


def test_a_blog_becomes_ideas_replies_and_people_and_is_taken_back(tmp_path: Path) -> None:
    ping = comment(9, type="pingback", author_url="https://blog.example.org/2020/post-2/")
    brought = bring(
        write_blog(tmp_path, post(1, comment(1), comment(2, parent=1, mail="dan@x.org"), ping), post(2))
    )

    assert brought.report.counted == {"pingbacks": 1, "pingbacks of the blog itself": 1}
    assert (Idea.objects.count(), Reply.objects.count()) == (2, 2)
    assert Reply.objects.get(number=2).parent == Reply.objects.get(number=1)

    undo(by=site_keeper(), import_id=brought.import_id)
    assert (Idea.objects.count(), Reply.objects.count()) == (0, 0)


def test_the_same_blog_again_brings_nothing_twice(tmp_path: Path) -> None:
    path = write_blog(tmp_path, post(1, comment(1)))
    bring(path)

    assert bring(path).new == 0
    assert (Idea.objects.count(), Reply.objects.count()) == (1, 1)


def test_long_ids_that_begin_alike_are_two_and_come_once(tmp_path: Path) -> None:
    """Of an export without its authors an id is made of a login, which may be of any length."""
    ana, bo = (f"{'of-the-house-of-bread-' * 7}{name}" for name in ("ana", "bo"))
    older = write_blog(tmp_path, post(1, by=ana), post(2, by=bo), authors="")
    bring(older)
    newer = write_blog(tmp_path, post(1, by=ana), post(2, by=bo), post(3, by=bo), authors="")

    assert bring(newer).new == 1
    assert bring(newer).new == 0
    one, two, three = Idea.objects.order_by("source_url")
    assert one.author != two.author == three.author


def test_a_blog_without_a_post_leaves_no_space_and_says_that_there_is_nothing(tmp_path: Path) -> None:
    brought = bring(write_blog(tmp_path))

    assert (brought.new, brought.space, Space.objects.count(), Import.objects.count()) == (0, None, 0, 0)
    assert _last_line(brought, dry_run=False).startswith("There is nothing in it")


def test_a_channel_becomes_conversations(tmp_path: Path) -> None:
    (tmp_path / "2020-01-01.log").write_text(
        "10:00 <ana> shall we begin?\n10:01 <bo> ana: yes\n13:00 <bo> still here?\n"
    )
    bring(tmp_path / "2020-01-01.log")

    reply = Reply.objects.get()
    assert [idea.title for idea in Idea.objects.order_by("created_at")] == [
        "Conversation of 2020-01-01, 10:00",
        "Conversation of 2020-01-01, 13:00",
    ]
    assert reply.addressee == reply.idea.author
