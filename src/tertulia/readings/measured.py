"""The text stage on the site: what it finds is kept by act, so that a reading needs no words.

A space's words are weighed by a table that is frozen until the space has twice as many contributions. Meanwhile a
measure is made anew only while what it is compared with still comes in; where the words that it was made of are gone,
it stays for good.
"""

from dataclasses import replace
from typing import Final

import pyarrow as pa
from django.db import transaction

from tertulia.engine import uptake
from tertulia.engine.acts import TALK, Act
from tertulia.engine.params import DEFAULT
from tertulia.ideas.queries import first_words_of_space
from tertulia.ledger import measures
from tertulia.ledger.measures import Measure
from tertulia.readings.models import WordWeights

# Counted anew each time that a space has grown by this factor: each contribution is counted about twice in all.
GROWN: Final = 2


def measured(space_id: int, acts: list[Act]) -> list[Act]:
    """The acts of a space with their measures; those that had none are measured, and kept, first, and with them those
    that were measured before enough followed."""
    said = sorted(
        (act for act in acts if act.verb in TALK and act.words > 0), key=lambda act: (act.t, act.act)
    )
    unsettled = _unsettled(said)
    if not unsettled:
        return acts
    texts = first_words_of_space(space_id)
    there = [act.act for act in said if texts.get(act.act)]
    if not there:
        return acts
    table = pa.table({"act": there, "text": [texts[act] for act in there]})
    weights = _weights(space_id, table)
    found = {row["act"]: row for row in uptake.measure(acts, table, weights=weights).to_pylist()}
    anew = {
        act.act: replace(act, **found[act.act])
        for act in said
        if act.act in found and (act.text_version != weights.version or act.act in unsettled)
    }
    # Most of what is measured again comes to the same, and a conversation may be long.
    measures.keep(Measure(**found[act.act]) for act in said if anew.get(act.act, act) != act)
    return [anew.get(act.act, act) for act in acts]


def _unsettled(said: list[Act]) -> set[int]:
    """What is new, and of what was measured before it, whatever may still be compared with it: the latest in the space,
    and all in the threads that go on. Empty where nothing is new. `said` in order of time."""
    new = [act for act in said if act.text_version is None]
    if not new:
        return set()
    threads = {act.thread for act in new}
    old = [act for act in said if act.text_version is not None]
    near = [*old[-DEFAULT.null_reach :], *(act for act in old if act.thread in threads)]
    return {act.act for act in (*new, *near)}


def _weights(space_id: int, texts: pa.Table) -> uptake.Weights:
    """The table of the space's words: the one that stands, or, once it has grown enough, the next."""
    with transaction.atomic():
        row = WordWeights.objects.select_for_update().filter(space_id=space_id).first()
        if row is not None and texts.num_rows < GROWN * row.contributions:
            return uptake.Weights.from_arrow(_table(bytes(row.words)))
        weights = uptake.weights_of(texts, version=row.version + 1 if row else 1)
        WordWeights.objects.update_or_create(
            space_id=space_id,
            defaults={
                "version": weights.version,
                "contributions": texts.num_rows,
                "words": _bytes(weights.as_arrow()),
            },
        )
    return weights


def _bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def _table(stored: bytes) -> pa.Table:
    with pa.ipc.open_stream(pa.py_buffer(stored)) as reader:
        return reader.read_all()
