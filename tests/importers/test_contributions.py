"""Questions, answers and comments: who wrote them, to whom, and how that is known."""

from pathlib import Path

from tertulia.importers.stream import Idea, Person, Reply
from tests.importers.dumps import answer, comment, only, question, reply, report, stream, write_dump


def test_a_question_is_an_idea_with_its_topics(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question(Tags="<tyres><winter-riding>")]))

    idea = only(Idea, items)[0]
    assert (idea.source_id, idea.author, idea.title, idea.text) == ("post:1", "user:1", "Idea 1", "Why?")
    assert idea.topics == ("tyres", "winter-riding")


def test_topics_between_bars_are_read_like_those_between_brackets(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question(Tags="|tyres|winter-riding|")]))

    assert only(Idea, items)[0].topics == ("tyres", "winter-riding")


def test_times_are_utc(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question(CreationDate="2010-08-25T19:50:51.187")]))

    assert only(Idea, items)[0].at.isoformat() == "2010-08-25T19:50:51.187000+00:00"


def test_an_answer_is_addressed_to_the_asker(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question(), answer()]))

    given = reply(items, "post:2")
    assert (given.kind, given.parent, given.addressee) == ("answer", "post:1", "user:1")
    assert (given.basis, given.confidence) == ("explicit", 1.0)


def test_an_answer_to_oneself_is_addressed_to_nobody(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question(), answer(owner=1)]))

    assert reply(items, "post:2").addressee is None


def test_a_comment_is_addressed_to_the_author_of_its_post(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question(), answer()], comments=[comment(1, to=2, by=3)]))

    given = reply(items, "comment:1")
    assert (given.idea, given.parent, given.addressee, given.basis) == (
        "post:1",
        "post:2",
        "user:2",
        "explicit",
    )


def test_a_leading_name_finds_the_latest_comment_of_that_person(tmp_path: Path) -> None:
    comments = [comment(1, by=4), comment(2, by=4), comment(3, by=2, text="@dan, yes")]
    items = stream(write_dump(tmp_path, posts=[question()], comments=comments))

    given = reply(items, "comment:3")
    assert (given.parent, given.addressee, given.basis, given.confidence) == (
        "comment:2",
        "user:4",
        "mentioned",
        0.7,
    )


def test_a_name_with_spaces_is_found_with_and_without_them(tmp_path: Path) -> None:
    comments = [
        comment(1, by=3),
        comment(2, by=2, text="@CleoFein yes"),
        comment(3, by=4, text="@Cleo Fein: no"),
    ]
    items = stream(write_dump(tmp_path, posts=[question()], comments=comments))

    assert {reply(items, f"comment:{n}").addressee for n in (2, 3)} == {"user:3"}


def test_a_whole_name_goes_before_a_later_beginning_of_another(tmp_path: Path) -> None:
    people = [
        {"Id": 1, "DisplayName": "Ana"},
        {"Id": 2, "DisplayName": "Danuta"},
        {"Id": 3, "DisplayName": "Dan"},
    ]
    comments = [comment(1, by=3), comment(2, by=2), comment(3, by=1, text="@Dan yes")]
    items = stream(write_dump(tmp_path, users=people, posts=[question()], comments=comments))

    assert reply(items, "comment:3").parent == "comment:1"


def test_a_name_that_is_nobodys_is_taken_as_said_to_the_post_and_counted(tmp_path: Path) -> None:
    comments = [comment(1, by=3), comment(2, by=2, text="@nobody yes")]
    items = stream(write_dump(tmp_path, posts=[question()], comments=comments))

    assert reply(items, "comment:2").parent == "post:1"
    assert (
        report(items).guessed["leading “@name”s that match no earlier comment, taken as said to the post"]
        == 1
    )


def test_a_name_is_never_found_in_a_later_comment_or_ones_own(tmp_path: Path) -> None:
    comments = [
        comment(1, by=4),
        comment(2, by=4, text="@daniel me"),
        comment(3, by=2, text="@cleo you"),
        comment(4, by=3),
    ]
    items = stream(write_dump(tmp_path, posts=[question()], comments=comments))

    assert {item.basis for item in only(Reply, items)} == {"explicit"}


def test_an_author_under_the_own_post_speaks_to_whoever_spoke_last_there(tmp_path: Path) -> None:
    comments = [comment(1, by=3), comment(2, by=4), comment(3, by=1)]
    items = stream(write_dump(tmp_path, posts=[question()], comments=comments))

    given = reply(items, "comment:3")
    assert (given.parent, given.addressee, given.basis, given.confidence) == (
        "post:1",
        "user:4",
        "inferred_turn",
        0.3,
    )


def test_an_author_alone_under_the_own_post_speaks_to_whoever_spoke_last_in_the_thread(
    tmp_path: Path,
) -> None:
    items = stream(write_dump(tmp_path, posts=[question(), answer()], comments=[comment(1, by=1)]))

    assert reply(items, "comment:1").addressee == "user:2"


def test_an_author_quite_alone_speaks_to_nobody(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question()], comments=[comment(1, by=1)]))

    assert (reply(items, "comment:1").addressee, reply(items, "comment:1").basis) == (None, "explicit")


def test_a_deleted_account_is_a_person_that_nobody_can_claim(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question(owner=None, OwnerDisplayName="user23")]))

    assert only(Idea, items)[0].author == "deleted:user23"
    assert only(Person, items) == [Person(source_id="deleted:user23", name="user23", claimable=False)]
    assert report(items).guessed["people of deleted accounts, told apart by display name alone"] == 1


def test_a_number_goes_before_a_display_name(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question(OwnerDisplayName="somebody else")]))

    assert [(person.source_id, person.name) for person in only(Person, items)] == [("user:1", "Ana")]


def test_words_of_nobody_stay_without_an_author(tmp_path: Path) -> None:
    items = stream(
        write_dump(tmp_path, posts=[question()], comments=[comment(1, by=None, text="Who am I to say?")])
    )

    assert (reply(items, "comment:1").author, reply(items, "comment:1").addressee) == (None, None)
    assert report(items).left_out["authorship by an unknown person (the text is kept)"] == 1


def test_a_bot_is_not_a_person_and_its_question_stays(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question(owner=-1)], comments=[comment(1)]))

    assert (report(items).ideas, [person.name for person in only(Person, items)]) == (1, ["Bo"])
    assert reply(items, "comment:1").addressee is None


def test_people_who_wrote_nothing_are_not_brought(tmp_path: Path) -> None:
    assert only(Person, stream(write_dump(tmp_path))) == []


def test_somebody_missing_from_the_users_is_called_by_number(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question(owner=99)]))

    assert only(Person, items)[0].name == "user99"


def test_topic_descriptions_are_left_out_with_what_hangs_on_them(tmp_path: Path) -> None:
    posts = [question(), question(8, PostTypeId=4), question(9, PostTypeId=5)]
    items = stream(write_dump(tmp_path, posts=posts, comments=[comment(1, to=8)]))

    assert report(items).ideas == 1
    assert report(items).left_out["topic descriptions"] == 2
    assert report(items).left_out["comments on topic descriptions"] == 1


def test_what_hangs_on_missing_posts_is_left_out_and_counted(tmp_path: Path) -> None:
    items = stream(
        write_dump(tmp_path, posts=[answer(2, to=77)], comments=[comment(1, to=2), comment(2, to=78)])
    )

    assert only(Reply, items) == []
    assert report(items).left_out["answers whose question is not in the dump"] == 1
    assert report(items).left_out["comments whose post is not in the dump"] == 2


def test_a_child_dated_before_its_parent_still_comes_after_it(tmp_path: Path) -> None:
    posts = [answer(1, to=2, day=1), question(2, day=5)]
    items = stream(write_dump(tmp_path, posts=posts, comments=[comment(1, to=1, day=1)]))

    assert [item.source_id for item in items if isinstance(item, Idea | Reply)] == [
        "post:2",
        "post:1",
        "comment:1",
    ]


def test_unknown_attributes_and_elements_are_passed_over(tmp_path: Path) -> None:
    folder = write_dump(tmp_path, posts=[question(SomethingNew="yes")])
    users = folder / "Users.xml"
    users.write_text(users.read_text().replace("</users>", "<meta><row Id='x'/></meta></users>"))

    assert report(stream(folder)).ideas == 1


def test_a_stated_licence_is_kept_and_a_missing_one_follows_from_the_day(tmp_path: Path) -> None:
    posts = [
        question(1, ContentLicense="CC0"),
        question(2, CreationDate="2011-04-07T23:59:59"),
        question(3, CreationDate="2011-04-08T00:00:00"),
        question(4, CreationDate="2018-05-02T00:00:00"),
    ]
    items = stream(write_dump(tmp_path, posts=posts))

    found = {idea.source_id: idea.licence for idea in only(Idea, items)}
    assert list(dict(sorted(found.items())).values()) == [
        "CC0",
        "CC BY-SA 2.5",
        "CC BY-SA 3.0",
        "CC BY-SA 4.0",
    ]
    assert report(items).guessed["licences, from the day of writing"] == 3


def test_without_links_to_itself_a_site_has_no_addresses(tmp_path: Path) -> None:
    body = '<a href="https://elsewhere.example/questions/1/another-title">x</a>'
    items = stream(write_dump(tmp_path, posts=[question(Body=body)]))

    assert only(Idea, items)[0].url is None
