"""Edits as versions, rollbacks and acceptances as marks, and links."""

from pathlib import Path

from tertulia.importers.stream import Idea, Link, Mark, Version
from tests.importers.dumps import (
    answer,
    comment,
    edit,
    on,
    only,
    question,
    reply,
    report,
    stream,
    versions,
    write_dump,
)


def vote(number: int, post: int, kind: int, day: int) -> dict[str, object]:
    return {"Id": number, "PostId": post, "VoteTypeId": kind, "CreationDate": on(day)}


def link(number: int, from_post: int, to_post: int, kind: int = 1) -> dict[str, object]:
    ends = {"PostId": from_post, "RelatedPostId": to_post}
    return {"Id": number, "CreationDate": on(9), "LinkTypeId": kind} | ends


def test_the_first_text_and_title_come_from_the_history(tmp_path: Path) -> None:
    history = [
        edit(1, 1, "First title", day=1),
        edit(2, 2, "First *text*", day=1),
        edit(3, 5, "Second", day=4),
    ]
    items = stream(write_dump(tmp_path, posts=[question()], posthistory=history))

    idea = only(Idea, items)[0]
    assert (idea.title, idea.text) == ("First title", "First *text*")


def test_without_a_history_the_last_text_stands_for_the_first_and_is_counted(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question(Body="<p>Some <b>bold</b> words</p>")]))

    assert only(Idea, items)[0].text == "Some **bold** words"
    assert (
        report(items).guessed["first texts, taken from the last text because the history does not hold them"]
        == 1
    )


def test_line_ends_of_windows_become_plain_ones(tmp_path: Path) -> None:
    folder = write_dump(tmp_path, posts=[question()], posthistory=[edit(1, 2, "one&two", day=1)])
    history = folder / "PostHistory.xml"
    history.write_text(history.read_text().replace("&amp;", "&#xD;&#xA;"))

    assert only(Idea, stream(folder))[0].text == "one\ntwo"


def test_an_own_edit_is_an_own_version(tmp_path: Path) -> None:
    found = versions(tmp_path, posts=[question()], posthistory=[edit(3, 5, "Second", Comment="clearer")])

    assert [(item.source_id, item.of, item.by, item.own) for item in found] == [
        ("revision:guid-3", "post:1", "user:1", True)
    ]
    assert (found[0].title, found[0].text, found[0].note) == (None, "Second", "clearer")


def test_an_edit_by_another_person_is_theirs(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question()], posthistory=[edit(3, 5, "Second", by=2)]))

    assert [(item.by, item.own) for item in only(Version, items)] == [("user:2", False)]
    assert report(items).revisions_others == 1


def test_title_and_text_of_one_revision_are_one_version(tmp_path: Path) -> None:
    history = [edit(3, 4, "New title", RevisionGUID="one"), edit(4, 5, "New text", RevisionGUID="one")]
    found = versions(tmp_path, posts=[question()], posthistory=history)

    assert [(item.title, item.text) for item in found] == [("New title", "New text")]


def test_a_new_title_alone_keeps_the_text(tmp_path: Path) -> None:
    history = [edit(1, 2, "Text", day=1), edit(3, 4, "New title")]
    found = versions(tmp_path, posts=[question()], posthistory=history)

    assert [(item.title, item.text) for item in found] == [("New title", "Text")]


def test_a_new_title_keeps_the_text_that_a_left_out_edit_gave(tmp_path: Path) -> None:
    history = [
        edit(1, 2, "Text", day=1),
        edit(2, 5, "By the bot", by=-1, day=2),
        edit(3, 4, "New title", day=3),
    ]
    found = versions(tmp_path, posts=[question()], posthistory=history)

    assert [item.text for item in found] == ["By the bot"]


def test_a_revision_that_names_two_posts_is_told_apart(tmp_path: Path) -> None:
    history = [edit(3, 5, "a", RevisionGUID="one"), edit(4, 5, "b", post=2, by=2, RevisionGUID="one")]
    found = versions(tmp_path, posts=[question(), answer()], posthistory=history)

    assert [item.source_id for item in found] == ["revision:one", "revision:one:2"]


def test_edits_by_a_bot_or_by_nobody_are_left_out_and_counted(tmp_path: Path) -> None:
    history = [
        edit(3, 5, "x", by=-1),
        edit(4, 5, "y", by=None),
        edit(5, 5, "z", by=None, UserDisplayName="user23"),
    ]
    items = stream(write_dump(tmp_path, posts=[question()], posthistory=history))

    assert only(Version, items) == []
    assert report(items).left_out["edits by a bot"] == 1
    assert report(items).left_out["edits that name nobody"] == 2


def test_topics_suggestions_and_moderation_are_no_versions(tmp_path: Path) -> None:
    history = [edit(3, 6, "<tyres>"), edit(4, 24, ""), edit(5, 10, "closed"), edit(6, 5, "x", post=9)]
    posts = [question(), question(9, PostTypeId=4)]
    items = stream(write_dump(tmp_path, posts=posts, posthistory=history))

    left_out = report(items).left_out
    reasons = ("changes of topics", "notes that an edit had been suggested", "notes of moderation")
    assert only(Version, items) == []
    assert [left_out[reason] for reason in (*reasons, "edits of topic descriptions")] == [1, 1, 1, 1]


def test_a_rollback_is_a_mark_that_says_what_the_text_is_again(tmp_path: Path) -> None:
    history = [edit(1, 2, "First", day=1), edit(2, 5, "Second", by=2, day=2), edit(3, 8, "First", day=3)]
    items = stream(write_dump(tmp_path, posts=[question()], posthistory=history))

    (mark,) = only(Mark, items)
    assert (mark.source_id, mark.kind, mark.by, mark.on) == (
        "rollback:guid-3",
        "rolled_back",
        "user:1",
        "post:1",
    )
    assert (mark.title, mark.text) == (None, "First")
    assert len(only(Version, items)) == 1


def test_an_accepted_answer_is_marked_on_the_day_of_the_vote(tmp_path: Path) -> None:
    posts = [question(AcceptedAnswerId=2), answer()]
    items = stream(write_dump(tmp_path, posts=posts, votes=[vote(1, 2, 1, 8), vote(2, 2, 2, 9)]))

    (mark,) = only(Mark, items)
    assert (mark.kind, mark.by, mark.on, mark.at.day) == ("accepted", "user:1", "post:2", 8)
    assert report(items).left_out["votes, which name nobody"] == 1


def test_an_acceptance_without_a_vote_has_the_answers_time(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question(AcceptedAnswerId=2), answer(day=4)]))

    assert only(Mark, items)[0].at.day == 4


def test_an_answer_is_not_accepted_before_it_is_written(tmp_path: Path) -> None:
    posts = [question(AcceptedAnswerId=2), answer(CreationDate=on(4, 15))]
    items = stream(write_dump(tmp_path, posts=posts, votes=[vote(1, 2, 1, 4)]))

    assert only(Mark, items)[0].at == reply(items, "post:2").at


def test_an_answer_accepted_by_its_own_author_is_counted_apart(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question(AcceptedAnswerId=2), answer(owner=1)]))

    reason = "being heard by oneself: answers accepted by their own author (the mark is kept)"
    assert (report(items).accepted, report(items).left_out[reason]) == (1, 1)


def test_an_accepted_answer_that_is_not_there_is_no_mark(tmp_path: Path) -> None:
    assert only(Mark, stream(write_dump(tmp_path, posts=[question(AcceptedAnswerId=2)]))) == []


def test_links_say_their_kind_and_whether_they_lead_to_ones_own(tmp_path: Path) -> None:
    posts = [question(1), question(2), question(3, owner=2)]
    items = stream(write_dump(tmp_path, posts=posts, postlinks=[link(1, 1, 2), link(2, 1, 3, kind=3)]))

    assert [(item.from_idea, item.to_idea, item.kind, item.own) for item in only(Link, items)] == [
        ("post:1", "post:2", "related", True),
        ("post:1", "post:3", "duplicate", False),
    ]


def test_a_link_of_an_answer_is_its_questions(tmp_path: Path) -> None:
    posts = [question(1), answer(2), question(3, owner=2)]
    items = stream(write_dump(tmp_path, posts=posts, postlinks=[link(1, 2, 3), link(2, 2, 1)]))

    assert [(item.from_idea, item.to_idea, item.own) for item in only(Link, items)] == [
        ("post:1", "post:3", False),
        ("post:1", "post:1", True),
    ]


def test_a_link_whose_end_is_missing_is_kept_without_it(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question(1)], postlinks=[link(1, 77, 1)]))

    assert [(item.from_idea, item.to_idea) for item in only(Link, items)] == [(None, "post:1")]
    assert report(items).left_out["ends of links that are not in the dump (the link is kept)"] == 1


def test_a_row_that_comes_twice_is_read_once(tmp_path: Path) -> None:
    items = stream(write_dump(tmp_path, posts=[question()], comments=[comment(1), comment(1)]))

    assert report(items).comments == 1
    assert report(items).left_out["rows that repeat the number of another row"] == 1
