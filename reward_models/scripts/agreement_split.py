"""The hand-written lessons, and which of them are for learning: no passage and no voice is on both sides."""

import importlib.util
import os
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from common import MODELS, read_toml
from texts import clean, passages, sentences

LESSONS = Path(os.environ.get("LESSONS", MODELS / "lessons"))
# Drawn by chance, a quarter, and beside them those on which answers were marked by others: nothing of them is learnt.
TESTED = frozenset((LESSONS / "held_back.txt").read_text().split())
# The latter.
GIVEN = {
    "medicine-heart", "oceans-hydrothermal-vents", "music-equal-temperament", "computing-hamming", "oceans-mariana",
    "animals-tardigrades", "animals-octopus", "medicine-smallpox", "sport-tennis-scoring", "computing-transistor",
    "economics-comparative-advantage", "astronomy-halley",
}
VOICE_PERCENT = 15


def _coin(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest()) % 100


def tested(passage: str) -> bool:
    return passage in TESTED


def voice_tested(voice: str) -> bool:
    return _coin(f"voice/{voice.strip().lower()}") < VOICE_PERCENT


@dataclass(frozen=True)
class Lesson:
    """One question of a passage. `answers`: (kind, voice, text), none where nobody wrote any yet."""

    passage: str
    text: str
    ask: str
    reference: str
    must: tuple
    answers: tuple

    @property
    def pieces(self) -> list[str]:
        return sentences(self.text)

    def of(self, *kinds: str) -> list[str]:
        return [text for kind, _, text in self.answers if kind in kinds]


def fact_check():
    """`said(form, text)` of the lessons' own checker: whether a text states a fact."""
    spec = importlib.util.spec_from_file_location("lessons_check", LESSONS / "check.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.said


def written() -> dict:
    out = {}
    for path in sorted(LESSONS.glob("*.toml")):
        for q in read_toml(path).get("question", []):
            out[q["passage"], clean(q["ask"])] = q
    return out


def lessons(test: bool) -> list[Lesson]:
    """All questions of one side. For learning, the answers in voices of the test are left out."""
    found, by_hand = [], written()
    for p in passages():
        if tested(p["id"]) != test:
            continue
        for q in p["question"]:
            ask = clean(q["ask"])
            hand = by_hand.get((p["id"], ask), {"answer": []})
            answers = [(a["kind"], a["voice"], clean(a["text"])) for a in hand["answer"] if test or not voice_tested(a["voice"])]
            must = tuple(tuple(fact) for fact in q.get("must", []))
            found.append(Lesson(p["id"], p["text"], ask, clean(q["answer"]), must, tuple(answers)))
    return found
