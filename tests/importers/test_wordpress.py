"""What becomes of a blog's posts, comments and pingbacks, and of the messes that real exports hold."""

from pathlib import Path

import pytest

from tertulia.importers.detect import detect
from tertulia.importers.stream import Idea, Link, Person, Reply
from tests.importers.blogs import blog, comment, export, leaves_out, post, stream, write_blog
from tests.importers.dumps import only, reply, report


def test_an_export_is_recognised_by_what_is_in_it(tmp_path: Path) -> None:
    assert detect(write_blog(tmp_path, post())).name == "wordpress"


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version_and_both_schemes_of_its_names_are_read(
    tmp_path: Path, scheme: str, version: str
) -> None:
    items = blog(tmp_path, post(1, comment(1)), scheme=scheme, version=version)

    assert (report(items).ideas, report(items).comments) == (1, 1)


def test_a_post_is_an_idea_with_its_title_topics_and_address(tmp_path: Path) -> None:
    idea = only(Idea, blog(tmp_path, post(7)))[0]

    assert (idea.source_id, idea.author, idea.title, idea.topics) == (
        "post:7",
        "user:1",
        "Post 7",
        ("Bread",),
    )
    assert idea.url == "https://blog.example.org/2020/post-7/"
    assert idea.at.isoformat() == "2020-01-01T09:00:00+00:00"


def test_paragraphs_are_blank_lines_and_split_character_data_is_one_text(tmp_path: Path) -> None:
    body = "One <b>two</b>.\n\nThree a]]]]><![CDATA[>b four.<!-- wp:paragraph -->"

    text = only(Idea, blog(tmp_path, post(body=body)))[0].text
    assert text == "One **two**.\n\nThree a\\]\\]\\>b four."


def test_a_post_without_a_title_bears_its_first_words(tmp_path: Path) -> None:
    text = export(post()).replace("<title>Post 1</title>", "<title></title>")
    (tmp_path / "blog.xml").write_text(text)

    assert only(Idea, stream(tmp_path / "blog.xml"))[0].title == "Why does bread rise?"


def test_a_comment_answers_the_post_or_the_comment_that_it_names(tmp_path: Path) -> None:
    items = blog(tmp_path, post(1, comment(1), comment(2, by="Dan", mail="dan@example.org", parent=1)))

    first, second = reply(items, "comment:1"), reply(items, "comment:2")
    assert (first.parent, first.addressee, first.basis) == ("post:1", "user:1", "explicit")
    assert (second.parent, second.addressee, second.confidence) == ("comment:1", "guest:1", 1.0)


@pytest.mark.parametrize("kind", ["", "comment", None])
def test_a_comment_is_one_whether_its_type_is_said_or_not(tmp_path: Path, kind: str | None) -> None:
    assert report(blog(tmp_path, post(1, comment(1, type=kind)))).comments == 1


def test_an_author_under_the_own_post_speaks_to_whoever_spoke_last(tmp_path: Path) -> None:
    own = comment(3, by="Ana Lopes", mail="ana@example.org", user_id=1)
    items = blog(tmp_path, post(1, comment(1), comment(2, by="Dan", mail="dan@example.org"), own))

    mine = reply(items, "comment:3")
    assert (mine.parent, mine.addressee, mine.basis, mine.confidence) == (
        "post:1",
        "guest:2",
        "inferred_turn",
        0.3,
    )


def test_an_author_alone_speaks_to_nobody(tmp_path: Path) -> None:
    items = blog(tmp_path, post(1, comment(1, by="Ana Lopes", user_id=1)))

    assert reply(items, "comment:1").addressee is None


@pytest.mark.parametrize("parent", [9, 3])
def test_a_reply_to_what_is_not_here_or_to_itself_is_said_to_the_post(tmp_path: Path, parent: int) -> None:
    items = blog(tmp_path, post(1, comment(3, parent=parent)))

    assert reply(items, "comment:3").parent == "post:1"


def test_comments_that_answer_each_other_in_a_circle_are_both_kept(tmp_path: Path) -> None:
    assert report(blog(tmp_path, post(1, comment(1, parent=2), comment(2, parent=1)))).comments == 2


@pytest.mark.parametrize(
    ("approved", "reason"),
    [
        ("0", "comments that wait for approval"),
        ("spam", "comments marked as spam"),
        ("trash", "comments in the bin"),
        ("perhaps", "comments of an unknown approval"),
    ],
)
def test_what_is_not_approved_is_left_out_and_counted(tmp_path: Path, approved: str, reason: str) -> None:
    items = blog(tmp_path, post(1, comment(1, approved=approved), comment(2)))

    assert report(items).comments == 1
    assert leaves_out(items)[reason] == 1


@pytest.mark.parametrize("status", ["draft", "future", "private", "pending", "trash"])
def test_what_is_not_published_is_left_out_with_its_comments(tmp_path: Path, status: str) -> None:
    hidden = post(2, comment(1), status=status, post_date_gmt="2030-01-01 09:00:00")
    items = blog(tmp_path, post(1), hidden)

    assert (report(items).ideas, report(items).comments) == (1, 0)
    assert leaves_out(items)[f"posts that are not published ({status})"] == 1
    assert leaves_out(items)["comments and pingbacks of posts that are left out"] == 1


def test_what_lies_behind_a_password_and_what_is_no_post_are_left_out(tmp_path: Path) -> None:
    items = blog(
        tmp_path, post(1, post_password="bread"), post(2, post_type="attachment"), post(3, post_type="page")
    )

    assert [idea.source_id for idea in only(Idea, items)] == ["post:3"]


@pytest.mark.parametrize("missing", [None, "", "0000-00-00 00:00:00"])
def test_a_time_without_the_worlds_clock_is_the_blogs_own_and_a_guess(
    tmp_path: Path, missing: str | None
) -> None:
    items = blog(tmp_path, post(1, post_date_gmt=missing))

    assert only(Idea, items)[0].at.hour == 10
    assert report(items).guessed["times of the blog's own clock, taken for UTC"] == 1


def test_a_post_dated_by_its_feed_alone_is_read(tmp_path: Path) -> None:
    assert only(Idea, blog(tmp_path, post(1, post_date_gmt=None, post_date=None)))[0].at.hour == 9


def test_an_export_without_authors_knows_people_by_their_logins(tmp_path: Path) -> None:
    items = blog(tmp_path, post(1, comment(1, by="ana", user_id=1), comment(2)), authors="", version="1.0")

    # The account's comment bears the login, which no guest can take: it is the author's.
    assert only(Idea, items)[0].author == reply(items, "comment:1").author == "user:1"
    assert reply(items, "comment:1").addressee is None


def test_a_login_that_nobody_commented_under_is_a_person_of_its_own(tmp_path: Path) -> None:
    assert only(Idea, blog(tmp_path, post(1, comment(1)), authors="", version="1.0"))[0].author == "login:ana"


def test_a_guest_with_the_mail_address_of_an_account_is_its_owner(tmp_path: Path) -> None:
    items = blog(tmp_path, post(1, comment(1), comment(2, by="A. L.", mail="Ana@Example.org ")))

    assert reply(items, "comment:2").author == "user:1"


def test_guests_of_one_mail_address_are_one_person_and_of_one_name_are_not(tmp_path: Path) -> None:
    items = blog(
        tmp_path,
        post(
            1,
            comment(1),
            comment(2, by="C."),
            comment(3, mail="other@example.org"),
            comment(4, mail=""),
            comment(5, mail=""),
        ),
    )

    authors = [reply(items, f"comment:{number}").author for number in range(1, 6)]
    assert authors == ["guest:1", "guest:1", "guest:3", "guest:4", "guest:5"]


def test_a_guest_who_calls_himself_like_an_account_is_not_that_account(tmp_path: Path) -> None:
    items = blog(tmp_path, post(1, comment(1, by="Ana Lopes", mail="")))

    assert reply(items, "comment:1").author == "guest:1"


def test_no_mail_address_and_no_ip_is_in_the_stream(tmp_path: Path) -> None:
    named_so = comment(2, by="dan@example.org", mail="dan@example.org")
    items = blog(tmp_path, post(1, comment(1), named_so))

    assert "@example.org" not in str(items)
    assert "192.0.2.77" not in str(items)
    assert [person.name for person in only(Person, items)] == ["Ana Lopes", "Cleo", "Anonymous"]


def test_pingbacks_are_links_and_nobodys_words(tmp_path: Path) -> None:
    ping = comment(1, type="pingback", author_url="https://elsewhere.example.com/a-post", by="Elsewhere")
    items = blog(tmp_path, post(1, ping))

    assert report(items).counted == {"pingbacks": 1}
    assert (report(items).people, report(items).comments) == (1, 0)
    assert only(Link, items)[0].url == "https://elsewhere.example.com/a-post"


def test_pingbacks_of_the_blog_itself_join_two_posts(tmp_path: Path) -> None:
    own = comment(1, type="pingback", author_url="http://www.blog.example.org/2020/post-2")
    others = comment(2, type="trackback", author_url="https://blog.example.org/?p=3")
    items = blog(tmp_path, post(1, own, others), post(2, day=2), post(3, day=3, by="bo"))

    links = only(Link, items)
    assert [(link.from_idea, link.to_idea, link.own, link.by) for link in links] == [
        ("post:2", "post:1", True, "user:1"),
        ("post:3", "post:1", False, "user:2"),
    ]
    assert report(items).counted == {
        "pingbacks": 1,
        "pingbacks of the blog itself": 1,
        "trackbacks": 1,
        "trackbacks of the blog itself": 1,
    }


def test_another_blog_on_the_same_host_is_not_the_blog_itself(tmp_path: Path) -> None:
    ping = comment(1, type="pingback", author_url="https://host.example.org/theirs/post")
    items = blog(tmp_path, post(1, ping), link="https://host.example.org/ours")

    assert report(items).counted == {"pingbacks": 1}


def test_a_question_is_inferred_and_marked(tmp_path: Path) -> None:
    asked = reply(blog(tmp_path, post(1, comment(1, content="Does it need salt?"))), "comment:1")

    assert (asked.move, asked.move_inferred) == ("question", True)


def test_parts_of_one_export_in_a_folder_are_read_together(tmp_path: Path) -> None:
    (tmp_path / "blog.001.xml").write_text(export(post(1, comment(1))))
    (tmp_path / "blog.002.xml").write_text(export(post(2, comment(2))))

    items = stream(tmp_path)
    assert (report(items).ideas, report(items).people) == (2, 2)


def test_everything_refers_to_what_came_before_it(tmp_path: Path) -> None:
    early = comment(2, parent=1, date_gmt="2019-12-31 00:00:00")
    items = blog(tmp_path, post(1, early, comment(1)), post(2, by="bo"))
    seen: set[str | None] = {None}
    for item in items[:-1]:
        if isinstance(item, Reply):
            assert {item.parent, item.idea, item.author, item.addressee} <= seen
        seen.add(item.source_id)  # type: ignore[union-attr]


def test_cc_labs_gives_what_it_holds(shared_data: Path) -> None:
    items = stream(shared_data / "wordpress" / "cc-labs.wordpress.xml")

    held = report(items)
    assert (held.ideas, held.comments, held.links) == (224, 119, 62)
    assert held.counted == {"pingbacks": 62, "pingbacks of the blog itself": 40}
    assert "example.invalid" not in str(items)
    assert stream(shared_data / "wordpress" / "cc-labs.wordpress.xml") == items
