"""A small dump: Ana asks, Bo answers, Cleo and Ana comment, Ana changes her text; and a newer export of it."""

from pathlib import Path

from tests.importers.dumps import PEOPLE, answer, comment, edit, question, write_dump

POSTS = [
    question(AcceptedAnswerId=2, Tags="<rye><ovens>"),
    answer(2, owner=2, day=2),
    answer(3, owner=1, day=2, Body="<p>I found out.</p>"),
]
COMMENTS = [
    comment(10, to=1, by=3, text="Have you tried it in a colder kitchen?", day=3),
    comment(11, to=1, by=1, text="@CleoFein Not yet.", day=3),
    comment(12, to=2, by=2, text="I meant with a lid.", day=4),
]
HISTORY = [
    edit(20, 2, "Why?", day=1),
    edit(21, 5, "Why, when it is hot?", day=5),
    edit(22, 5, "Because of the lid.", post=2, by=3, day=6),
]
VOTES = [{"Id": 1, "PostId": 2, "VoteTypeId": 1, "CreationDate": "2020-01-04T00:00:00.000"}]


def a_dump(folder: Path) -> Path:
    return write_dump(folder, posts=POSTS, comments=COMMENTS, posthistory=HISTORY, votes=VOTES)


def changed_dump(folder: Path) -> Path:
    """The same rows, two of which say something else: Cleo goes by another name, and wrote her comment anew."""
    renamed = [{**row, "DisplayName": "Cleo Feinberg"} if row["Id"] == 3 else row for row in PEOPLE]
    rewritten = comment(10, to=1, by=3, text="Have you tried it in a cold kitchen?", day=3)
    return write_dump(
        folder,
        users=renamed,
        posts=POSTS,
        comments=[rewritten, *COMMENTS[1:]],
        posthistory=HISTORY,
        votes=VOTES,
    )


def newer_dump(folder: Path) -> Path:
    """The same, and since then: a second question, an answer to the first, and a new text of it."""
    return write_dump(
        folder,
        posts=[*POSTS, answer(4, owner=4, day=8), question(5, owner=4, day=9)],
        comments=[*COMMENTS, comment(13, to=1, by=2, text="And with one?", day=8)],
        posthistory=[*HISTORY, edit(23, 5, "Why, when it is hot and wet?", day=9)],
        votes=VOTES,
    )


def edited_dump(folder: Path) -> Path:
    """The same, and since then a new text of the question and one of the answer."""
    edits = [
        edit(23, 5, "Why, when it is hot and wet?", day=9),
        edit(24, 5, "Of the tin.", post=2, by=2, day=9),
    ]
    return write_dump(folder, posts=POSTS, comments=COMMENTS, posthistory=[*HISTORY, *edits], votes=VOTES)


def commented_dump(folder: Path) -> Path:
    """The same, and since then one comment."""
    comments = [*COMMENTS, comment(13, to=1, by=2, text="And with one?", day=8)]
    return write_dump(folder, posts=POSTS, comments=comments, posthistory=HISTORY, votes=VOTES)


def accepting_dump(folder: Path) -> Path:
    """The same, and since then nothing new was said: another answer was accepted, the question was renamed, the answer
    that nobody had touched says something else, and so does one whose text was rolled back."""
    edits = [
        edit(23, 4, "Ovens in summer", day=7),
        edit(24, 5, "I found out in July.", post=3, by=1, day=7),
        edit(25, 8, "Because.", post=2, by=2, day=8),
    ]
    return write_dump(
        folder,
        posts=[{**POSTS[0], "AcceptedAnswerId": 3}, *POSTS[1:]],
        comments=COMMENTS,
        posthistory=[*HISTORY, *edits],
        votes=[*VOTES, {"Id": 2, "PostId": 3, "VoteTypeId": 1, "CreationDate": "2020-01-09T00:00:00.000"}],
    )
