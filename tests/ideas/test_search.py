"""What a search finds, and what it never shows; the same on both databases."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import QuerySet

from tertulia.ideas import search, search_sql
from tertulia.ideas.markdown import plain, render
from tertulia.ideas.models import Idea, Reply, Searchable, Version

pytestmark = pytest.mark.django_db
acts = count(1)


def write(title: str, text: str, question: str = "") -> Idea:
    person = apps.get_model("people", "Person").objects.get_or_create(name="Ana")[0]
    space = apps.get_model("spaces", "Space").objects.get_or_create(
        name="Bread", slug="bread", defaults={"keeper": person}
    )[0]
    ask = Idea.Ask.DOUBTS if question else Idea.Ask.HALF_BAKED
    idea = Idea.objects.create(
        space=space, author=person, title=title, text=text, question=question, ask=ask, act=next(acts)
    )
    Version.objects.create(idea=idea, number=1, title=title, text=text, html=render(text))
    words = search.fold(plain(f"{text}\n\n{question}"))
    Searchable.objects.create(idea=idea, title=search.fold(title), words=words)
    return idea


def answer(idea: Idea, text: str, **fields: object) -> Reply:
    number = idea.replies.count() + 1
    reply = Reply.objects.create(
        idea=idea, author=idea.author, text=text, html=render(text), number=number, path=f"{number:04}", act=next(acts),
        **fields,
    )  # fmt: skip
    Searchable.objects.create(idea=idea, reply=reply, words=search.fold(plain(text)))
    return reply


def titles(words: str, among: QuerySet[Idea] | None = None) -> list[str]:
    ideas = Idea.objects.all() if among is None else among
    hits = search.find(ideas, words, limit=20)
    return [Idea.objects.get(pk=hit.idea_id).title for hit in hits]


@pytest.mark.parametrize("words", ["lead", "leader", "leaderboard", "Leaderboards", "LEADERB"])
def test_beginnings_and_stems_find_a_word(words: str) -> None:
    write("No contest", "We keep no leaderboards here.")
    assert titles(words) == ["No contest"]


@pytest.mark.parametrize("words", ["Ines", "ines", "Inés"])
def test_a_name_finds_itself_and_not_all_that_begins_like_its_stem(words: str) -> None:
    write("Hers", "As Inés said, it is the lid.")
    write("Another", "In a tin, inside the oven, it is interesting.")
    assert titles(words) == ["Hers"]


@pytest.mark.parametrize("words", [*("running"[:length] for length in range(3, 8)), "runs"])
def test_every_beginning_of_a_word_and_its_stem_find_it(words: str) -> None:
    write("Race", "She was running home.")
    assert titles(words) == ["Race"]


@pytest.mark.parametrize(("words", "title"), [("ties", "Tie"), ("uses", "Use"), ("goes", "Goes")])
def test_a_short_word_is_found_by_its_plural(words: str, title: str) -> None:
    write("Tie", "It is a tie.")
    write("Use", "It is of use.")
    write("Goes", "There she goes.")
    assert titles(words) == [title]


@pytest.mark.parametrize("words", ["use", "uses", "used", "using"])
def test_a_short_stem_finds_its_relatives_and_not_the_word_that_is_written_like_it(words: str) -> None:
    for title, text in (("A", "It is of use."), ("B", "It was used."), ("C", "I am using it.")):
        write(title, text)
    write("Ours", "It came to us, as a bus.")
    assert sorted(titles(words)) == ["A", "B", "C"]


@pytest.mark.parametrize(("words", "other"), [("going", "go"), ("aging", "age"), ("ties", "tied")])
def test_another_form_of_a_short_word_is_found(words: str, other: str) -> None:
    write("Another", f"There: {other}.")
    assert titles(words) == ["Another"]
    assert (other, True) in search.snippet(f"There: {other}.", words)


@pytest.mark.parametrize(
    ("words", "other"), [("bees", "being"), ("seed", "see"), ("bed", "be"), ("sing", "sed")]
)
def test_a_short_word_that_only_looks_like_a_form_of_another_does_not_find_it(words: str, other: str) -> None:
    write("Another", f"There: {other}.")
    assert titles(words) == []


def test_a_stem_finds_its_relatives() -> None:
    write("Oven", "She bakes at night.")
    assert titles("baking") == titles("baked") == ["Oven"]


@pytest.mark.parametrize("words", ["ação", "acao", "AÇÃO", "ac\u0327a\u0303o"])
def test_accents_do_not_matter(words: str) -> None:
    write("Com acento", "A ação começa.")
    write("Sem acento", "A acao comeca.")
    assert sorted(titles(words)) == ["Com acento", "Sem acento"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("面包", "我喜欢面包。"),
        ("喜欢面包", "我喜欢面包。"),
        ("パン", "毎朝パンを焼く"),
        ("ขนมปัง", "ฉันชอบขนมปังมาก"),
        ("面", "我喜欢面包。"),
        ("хлеба", "Кусок хлеба"),
        ("λόγος", "ΛΌΓΟΣ"),
        ("straße", "STRASSE"),
        ("रोटी", "मुझे रोटी पसंद है"),
    ],
)
def test_every_script_is_found(words: str, text: str) -> None:
    write("Foreign", text)
    write("Other", "Nothing of that kind: 猫")
    assert titles(words) == ["Foreign"]


def test_all_the_words_must_be_there() -> None:
    write("Kettle", "Boil the kettle.")
    write("Both", "Boil the kettle at eighty-eight degrees.")
    assert titles("kettle degrees") == ["Both"]


def test_words_may_stand_partly_in_the_title() -> None:
    write("Ask your kettle", "Eighty-eight.")
    assert titles("kettle eighty") == ["Ask your kettle"]


def test_a_title_weighs_more_than_a_mention() -> None:
    write("Flour", "Rye is another thing, says the miller of the village.")
    write("Rye", "It is another thing, says the miller of the village.")
    assert titles("rye") == ["Rye", "Flour"]


@pytest.mark.parametrize(
    "words",
    [
        "bread-making",
        "bread making",
        '"bread making"',
        "making, bread!",
        "bread* OR making",
        "making 🍞 bread",
    ],
)
def test_marks_and_operators_are_only_words_or_nothing(words: str) -> None:
    write("Hyphen", "On bread-making OR other things.")
    write("Neither", "Nothing.")
    assert titles(words) == ["Hyphen"]


def test_an_address_is_found_whole_and_in_part() -> None:
    write("Mail", "Write to ana.ruiz@panaderia.example or see https://panaderia.example/pan?de=masa")
    assert titles("ana.ruiz@panaderia.example") == titles("panaderia") == titles("masa") == ["Mail"]


@pytest.mark.parametrize(
    "words", ["", " ", '"', "***", "🍞", "' OR 1=1 --", "\x00", "\ud800", "NEAR(", "()", "a" * 9000]
)
def test_what_cannot_be_looked_for_finds_nothing(words: str) -> None:
    write("Bread", "Flour and water.")
    assert titles(words) == []


@pytest.mark.parametrize(
    "words", ["NEAR", "the", "and", "OR", "title:bread", "-bread", "^bread", "{bread}", "bread\\"]
)
def test_operators_and_common_words_are_looked_for(words: str) -> None:
    write("Bread", "The flour is near, and the water, or a title.")
    assert titles(words) == ["Bread"]


def test_only_the_given_ideas_are_searched() -> None:
    write("Mine", "rye")
    hidden = write("Hidden", "rye")
    answer(hidden, "rye, rye")
    assert titles("rye", Idea.objects.exclude(pk=hidden.pk)) == ["Mine"]
    assert titles("rye", Idea.objects.none()) == []


def test_a_reply_is_found_with_its_idea_and_its_own_words() -> None:
    idea = write("Kettle", "Boil it.")
    reply = answer(idea, "With **rye**, three under is glue.")
    (hit,) = search.find(Idea.objects.all(), "glue", limit=5)
    assert (hit.idea_id, hit.reply_id, hit.text) == (idea.pk, reply.pk, "With rye, three under is glue.")


def test_replies_taken_back_or_staged_are_not_found() -> None:
    idea = write("Kettle", "Boil it.")
    answer(idea, "glue", withdrawn_at=datetime(2026, 1, 1, tzinfo=UTC))
    answer(idea, "glue", staged=True)
    assert titles("glue") == []


def test_the_words_of_an_idea_are_those_of_its_version_and_question() -> None:
    idea = write("Kettle", "Boil it *first*.", question="Has anyone a steam oven?")
    Version.objects.create(idea=idea, number=2, text="Later", html="<p>Later</p>")
    (hit,) = search.find(Idea.objects.all(), "steam", limit=5)
    assert hit.text == "Boil it first. Has anyone a steam oven?"


def test_limit_and_offset_walk_through_all_hits_once() -> None:
    for number in range(7):
        write(f"Idea {number}", "rye")
    found = [
        hit.idea_id
        for offset in (0, 3, 6)
        for hit in search.find(Idea.objects.all(), "rye", limit=3, offset=offset)
    ]
    assert len(found) == len(set(found)) == 7


def test_the_index_follows_changes_and_deletions() -> None:
    idea = write("Kettle", "old words")
    Searchable.objects.filter(idea=idea).update(words="fresh sentence")
    assert (titles("old"), titles("fresh")) == ([], ["Kettle"])
    Searchable.objects.filter(idea=idea).delete()
    assert titles("fresh") == []


def test_the_longest_text_can_be_written_and_found() -> None:
    distinct = "".join(
        chr(0x4E00 + number % 20_000) + chr(0x4E00 + number * 7 % 19_997) for number in range(150_000)
    )
    write("Long", f"kettle {distinct}")
    assert titles("kettle") == ["Long"]


def test_a_search_is_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    answer(write("Kettle", "rye"), "rye")
    with django_assert_num_queries(1):
        assert len(search.find(Idea.objects.filter(audience="space"), "rye", limit=5)) == 2


@pytest.mark.parametrize("words", ["kettle", "kettle rye"])
def test_a_search_begins_at_the_index_and_not_at_every_text(words: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("postgres: SQLite can answer MATCH from its index alone")
    first = write("Kettle", "rye")
    ideas = Idea.objects.bulk_create(
        Idea(space=first.space, author=first.author, title=f"Idea {number}", text="rye", act=next(acts))
        for number in range(400)
    )
    # Every fourth holds the words; all are so long that PostgreSQL keeps them apart from their rows.
    others = " ".join(f"word{number}" for number in range(300))
    Searchable.objects.bulk_create(
        Searchable(idea=idea, title="idea", words=f"{'kettle rye ' if at % 4 == 0 else ''}{others}")
        for at, idea in enumerate(ideas)
    )
    with connection.cursor() as cursor:
        # What PostgreSQL knows of the words on a site that has stood for a day.
        cursor.execute("ANALYZE ideas_searchable")
    plans: list[str] = []

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        execute(f"EXPLAIN {sql}", params, many, context)
        plans.append("\n".join(line for (line,) in context["cursor"].fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        assert len(search.find(Idea.objects.all(), words, limit=500)) == 101
    assert "Bitmap Index Scan on ideas_searchable_document" in plans[0]
    assert "Seq Scan on ideas_searchable" not in plans[0]


def test_new_words_do_not_gather_long_beside_the_index() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("postgres: SQLite keeps no list beside its index")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'ideas_searchable_document'")
        assert cursor.fetchone() == (["gin_pending_list_limit=128"],)


def test_after_all_migrations_the_index_hangs_on_its_table() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ideas_searchable'"
            )
            assert {name for (name,) in cursor.fetchall()} == set(search_sql.TRIGGERS)
            cursor.execute(
                "INSERT INTO ideas_searchable_fts (ideas_searchable_fts) VALUES ('integrity-check')"
            )
        else:
            cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'ideas_searchable'")
            assert "ideas_searchable_document" in {name for (name,) in cursor.fetchall()}


def test_the_index_can_be_taken_down_and_put_up_again_with_what_is_there() -> None:
    write("Kettle", "rye")
    # PostgreSQL alters no table that still has foreign keys to check.
    connection.check_constraints()
    editor = connection.schema_editor(atomic=False)
    search_sql.backwards(apps, editor)
    search_sql.forwards(apps, editor)
    assert titles("rye") == ["Kettle"]


def test_folding_gives_plain_words() -> None:
    assert search.fold("“Ação”, it’s 3,500 m — ﬁne!") == "acao it s 3 500 m fine"
    assert search.fold("吃面包 now") == "吃面 面包 now"
    assert search.fold("面 x") == "面 x"


def test_folding_twice_is_folding_once_where_words_have_spaces() -> None:
    once = search.fold("ΐ İstanbul Straße ½ soft\u00adhyphen")
    assert search.fold(once) == once


def marked(text: str, words: str) -> list[str]:
    return [piece for piece, is_hit in search.snippet(text, words) if is_hit]


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        ("We keep no Leaderboards.", "lead", ["Leaderboards"]),
        ("A Ação começa", "acao", ["Ação"]),
        ("ﬁne “Ação” ﬁn", "acao", ["Ação"]),
        ("ac\u0327a\u0303o aqui", "ação", ["ac\u0327a\u0303o"]),
        ("She bakes; he baked.", "baking", ["bakes", "baked"]),
        ("我喜欢面包机。", "面包机", ["面包机"]),
        ("rye bread, <b>Rye</b>", "rye", ["rye", "Rye"]),
        ("a cat", "a", ["a"]),
        ("no hit", "zzz", []),
        ("", "rye", []),
    ],
)
def test_a_snippet_marks_the_words_as_they_were_written(text: str, words: str, hits: list[str]) -> None:
    assert marked(text, words) == hits
    assert "".join(piece for piece, _ in search.snippet(text, words)) == text


def test_a_snippet_of_a_long_text_is_short_and_holds_the_hit() -> None:
    text = "before " * 300 + "kettle " + "after " * 300
    pieces = search.snippet(text, "kettle")
    assert pieces[0] == ("…", False)
    assert pieces[-1] == ("…", False)
    assert ("kettle", True) in pieces
    assert sum(len(piece) for piece, _ in pieces) < 260
