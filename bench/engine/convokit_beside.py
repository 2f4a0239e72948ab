"""Run by a Python that has ConvoKit and pyarrow, and not by ours: a corpus of a ledger, and HyperConvo of it."""

import json
import resource
import sys
from pathlib import Path

import convokit
from pyarrow import parquet


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(path: str) -> None:
    rows = parquet.read_table(Path(path)).to_pylist()
    opened: dict[int, str] = {}
    began = cpu()
    utterances = []
    speakers: dict[int, convokit.Speaker] = {}
    for row in rows:
        if row["verb"] not in ("posted", "replied", "answered"):
            continue
        opening = opened.setdefault(row["thread"], str(row["act"]))
        utterances.append(
            convokit.Utterance(
                id=str(row["act"]),
                speaker=speakers.setdefault(row["actor"], convokit.Speaker(id=str(row["actor"]))),
                conversation_id=opening,
                reply_to=str(row["parent"]) if row["parent"] is not None else None,
                timestamp=row["t"] // 1_000_000,
                text="",
            )
        )
    corpus = convokit.Corpus(utterances=utterances)
    built = cpu()
    convokit.HyperConvo(prefix_len=None, min_convo_len=2).fit_transform(corpus)
    ended = cpu()
    figures = {
        "build_cpu_s": round(built - began, 3),
        "features_cpu_s": round(ended - built, 3),
        "cpu_s": round(ended - began, 3),
        "messages": len(utterances),
    }
    sys.stdout.write("\n" + json.dumps(figures) + "\n")


main(sys.argv[1])
