"""The claim on routing: who is a hit, and what is past."""

from validity.expertise import Answer, Question, claim, run, top_ten_share


def site(questions: int = 200) -> tuple[list[Question], list[Answer]]:
    """Twelve topics, each of which one person answers; everybody else answers anything once."""
    asked, given = [], []
    for n in range(questions):
        topic = f"topic {n % 12}"
        question = Question(10 * n, f"asker {n}", (topic,), f"expert {n % 12}")
        asked.append(question)
        given.append(Answer(10 * n + 1, f"expert {n % 12}", question, True))
        given.append(Answer(10 * n + 2, f"guest {n}", question, False))
    return asked, given


def test_the_expert_of_the_topic_is_found() -> None:
    figures = claim(*site(), "made up", test_from=0.5, questions_a_day=10).as_json()

    assert figures["hit_at_10"] == 1.0
    assert float(str(figures["hit_popularity"])) < 1.0
    assert figures["hit_topic_volume"] == 1.0


def test_a_new_answerer_is_a_miss_and_counts() -> None:
    asked, given = site(100)
    asked.append(Question(1000, "asker", ("topic 0",), "newcomer"))
    given.append(Answer(1001, "newcomer", asked[-1], True))

    found = run(asked, given, test_from=0.5, questions_a_day=10)

    assert found.hits["routed"][-1] is False
    assert len(found.hits["routed"]) == 51


def test_an_answer_that_came_after_the_question_is_not_known_to_it() -> None:
    early = Question(1, "asker", ("bread",), "late comer")
    late = Question(2, "another", ("bread",), "late comer")
    # An answer to the first question, written long after the second was asked.
    answers = [Answer(99, "late comer", early, True), Answer(100, "late comer", late, True)]

    found = run([early, late], answers, test_from=0.5, questions_a_day=10)

    assert found.hits["routed"] == [False]


def test_as_shipped_nobody_is_suggested_more_than_three_times_a_day() -> None:
    found = run(*site(), test_from=0.5, questions_a_day=10)

    assert max(found.suggested["shipped"].values()) <= 3 * 11
    assert top_ten_share(found.suggested["shipped"]) <= top_ten_share(found.suggested["routed"])
