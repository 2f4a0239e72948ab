"""What waits to be answered, and what became of conversations."""

from tests.engine.tables import Table


def waiting(table: Table, at: float = 50) -> list[tuple[int, str, int]]:
    return [(ask.act, ask.kind, ask.age_days) for ask in table.read(at=at).open_asks]


def shares(table: Table, at: float = 50) -> dict[str, tuple[int, int]]:
    return {share.kind: (share.count, share.of) for share in table.read(at=at).episodes}


def five_openings() -> Table:
    table = Table()
    for n, who in enumerate(("Ana", "Bo", "Cleo", "Dan", "Eve")):
        table.day(n).opens(who)
    return table


def test_an_opening_waits_from_its_second_day_until_somebody_answers() -> None:
    table = Table()
    idea = table.opens("Ana")

    assert waiting(table, at=0.9) == []
    assert waiting(table, at=3) == [(idea, "opening", 3)]
    table.day(3).replies("Bo", idea)
    assert waiting(table, at=3) == []


def test_an_author_does_not_answer_their_own_opening() -> None:
    table = Table()
    idea = table.opens("Ana")
    table.day(1).replies("Ana", idea)

    assert waiting(table) == [(idea, "opening", 50)]


def test_a_question_waits_until_its_addressee_answers_and_nobody_else_can() -> None:
    table = Table()
    idea = table.opens("Ana")
    question = table.day(1).replies("Bo", idea, move="question")
    table.day(2).replies("Cleo", question)

    assert waiting(table) == [(question, "question", 49)]
    table.day(3).replies("Ana", question)
    assert waiting(table) == []


def test_an_answer_further_down_the_thread_is_an_answer() -> None:
    table = Table()
    idea = table.opens("Ana")
    table.day(1).replies("Bo", idea, move="challenge")
    table.day(3).replies("Ana", idea)

    assert waiting(table) == []


def test_i_do_not_know_is_an_answer_and_thanks_are_not() -> None:
    table = Table()
    challenge = table.replies("Bo", table.opens("Ana"), move="challenge")
    table.day(1).does("Ana", "thanked", challenge)

    assert waiting(table) == [(challenge, "challenge", 50)]
    table.does("Ana", "did_not_know", challenge)
    assert waiting(table) == []


def test_the_oldest_in_the_window_comes_first() -> None:
    table = five_openings()

    assert [ask.age_days for ask in table.read(at=86.5, window="12w").open_asks] == [83, 82]


def test_a_long_list_is_cut_and_counted() -> None:
    table = Table()
    for n in range(60):
        table.day(n).opens("Ana")

    reading = table.read(at=90)

    assert (len(reading.open_asks), reading.open_asks_total) == (50, 60)


def test_an_episode_is_what_most_became_of_it() -> None:
    table = five_openings()
    one_way, both, came, closed = (act.act for act in table.acts[1:])
    table.day(6).replies("Ana", one_way)
    for who, author, idea in (("Ana", "Cleo", both), ("Ana", "Dan", came), ("Bo", "Eve", closed)):
        reply = table.day(7).replies(who, idea)
        answer = table.day(8).replies(author, reply)
        if idea != both:
            table.does(author, "credited", reply)
        if idea == closed:
            table.does(who, "moved", answer)

    assert shares(table) == {
        "came_of_it": (2, 5),
        "both_ways": (1, 5),
        "one_way": (1, 5),
        "no_answer": (1, 5),
        "closed": (1, 5),
    }


def test_alternation_is_counted_against_the_same_turns_in_any_order() -> None:
    table = five_openings()
    idea = table.acts[0].act
    for day, who in enumerate(("Bo", "Ana", "Bo"), 6):
        table.day(day).replies(who, idea)

    found = table.read(at=50).alternation

    assert found is not None
    # Ana, Bo, Ana, Bo: two triples of two; by chance 2 · 2·1·2/(4·3).
    assert (found.seen, found.possible, round(found.expected, 6)) == (2, 2, round(2 * 4 / 12, 6))
