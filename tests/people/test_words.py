"""What people send, made fit to be kept: on PostgreSQL a NUL is refused, and everywhere a turned line deceives."""

import pytest

from tertulia.people import actions, queries
from tertulia.people.policies import Refused
from tertulia.people.words import long_text, one_line
from tests.community import somebody


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("  Ana\t Ruiz\r\n", "Ana Ruiz"),
        ("Ana\x00Ruiz\x07\x9f", "AnaRuiz"),
        ("Ana\u202eziuR\u2066!\u2069", "AnaziuR!"),
        ("Ana\x1c\x85\u2028Ruiz", "Ana Ruiz"),
        ("\u200fעברית\u200e and Zoë 👩\u200d🍳", "\u200fעברית\u200e and Zoë 👩\u200d🍳"),
        ("half \ud800", "half \ufffd"),
        ("\x00\u202e \x01", ""),
    ],
)
def test_a_line_is_one_line_without_what_cannot_be_seen(sent: str, kept: str) -> None:
    assert one_line(sent) == kept
    assert one_line(kept) == kept


def test_a_text_keeps_its_lines_and_its_spaces_and_loses_what_cannot_be_seen() -> None:
    kept = long_text("  One\x00\r\n\tTwo\u202e \rThree\x0c\x1f\ud800\n")

    assert kept == "  One\n\tTwo \nThree\n\ufffd\n"
    assert long_text(kept) == kept


@pytest.mark.django_db
def test_a_person_is_kept_without_what_cannot_be_seen() -> None:
    ana = actions.name_oneself(
        by=somebody("Ana"), name="A\x00na\u202e", zone="Europe\x00/Rome", about="Ba\x00ker"
    )
    bo = actions.add_person(name="B\x00o" + "o" * 90, email="b\x00o@example.org", about="\x00")
    (old,) = actions.bring_people(names=["Cl\x00eo"], import_id=7)

    ana.refresh_from_db()
    assert (ana.name, ana.zone, ana.about) == ("Ana", "Europe/Rome", "Baker")
    assert (len(bo.name), bo.email, bo.about) == (80, "bo@example.org", "")
    assert old.name == "Cleo"
    assert queries.person_with_address("bo@example.org\x00") == bo


@pytest.mark.django_db
def test_a_name_that_nobody_sees_is_no_name() -> None:
    with pytest.raises(Refused, match="write the name"):
        actions.name_oneself(by=somebody("Ana"), name="\u202e\x00")
    with pytest.raises(Refused, match="write the name"):
        actions.take_the_keys(token="\x00", name="\x00", email="vera@example.org")
    with pytest.raises(Refused, match="used already"):
        actions.take_the_keys(token="\x00", name="Vera", email="vera@example.org")
