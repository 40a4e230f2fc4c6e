"""The texts of the distillation: training groups and held-out pairs, with the teacher's embeddings."""

from dataclasses import dataclass

import numpy as np

from common import CLS, SEED, SEP, tokenizer
from teacher import embed, run_rows, token_rows
from texts import clean, held_out, outside, passage_documents, passages

STUDENT_LENGTH = 256


@dataclass
class Lessons:
    """`rows[i]` are token ids, `taught[i]` the teacher's embedding, `group[i]` the source document."""

    rows: list[list[int]]
    taught: np.ndarray
    group: np.ndarray


def paragraphs(pieces: tuple[str, ...], rng: np.random.Generator) -> list[str]:
    """Runs of two to five neighbouring sentences: passages and answers are longer than a sentence."""
    out, at = [], 0
    while at + 1 < len(pieces):
        size = int(rng.integers(2, 6))
        out.append(" ".join(pieces[at : at + size]))
        at += size * 2
    return out


def word_bags(count: int, rng: np.random.Generator) -> list[list[int]]:
    """Random words, common ones more often: covers the vocabulary that the texts do not reach."""
    spec = tokenizer().get_vocab(with_added_tokens=False)
    words = sorted(i for word, i in spec.items() if word.isascii() and word.isalpha() and len(word) > 2)
    chance = 1.0 / (np.arange(len(words)) + 2000.0)
    chance /= chance.sum()
    rows = []
    for _ in range(count):
        size = int(rng.integers(2, 9))
        rows.append([CLS, *(int(words[i]) for i in rng.choice(len(words), size, p=chance)), SEP])
    return rows


def gather(bags: int = 8000) -> Lessons:
    rng = np.random.default_rng(SEED)
    rows, taught, group = [], [], []
    for part, docs in (("corpus", passage_documents()), ("outside", outside())):
        texts = []
        for doc in docs:
            if not held_out(doc.key):
                some = [*doc.pieces, *paragraphs(doc.pieces, rng)[: 1 if part == "outside" else None]]
                texts += some
                group += [doc.key] * len(some)
        rows += token_rows(texts, STUDENT_LENGTH)
        taught.append(embed(texts, part))
    bag_rows = word_bags(bags, rng)
    group += [f"bag/{i}" for i in range(bags)]
    taught.append(run_rows(bag_rows, "bags"))
    return Lessons(rows + bag_rows, np.concatenate(taught), np.asarray(group))


def held_out_pairs() -> dict[str, tuple[list[str], np.ndarray]]:
    """Named sets of held-out pairs, as (texts, index pairs). No document of them was trained on.

    - `answers`: every held-out question or passage of ours against every held-out answer of ours;
    - `sentences`: every two sentences, questions or answers of our held-out passages;
    - `outside`: facts, factbook, dialogues: each text with two of its own document and three others.
    """
    rng = np.random.default_rng(SEED + 1)
    mine = [p for p in passages() if held_out(f"corpus/{p['id']}")]
    asked = [clean(q["ask"]) for p in mine for q in p["question"]] + [p["text"] for p in mine]
    answers = [clean(q["answer"]) for p in mine for q in p["question"]]
    grid = np.asarray([(i, len(asked) + j) for i in range(len(asked)) for j in range(len(answers))])

    pieces = [s for d in passage_documents() if held_out(d.key) for s in d.pieces[1:]]
    square = np.argwhere(np.triu(np.ones((len(pieces), len(pieces))), 1))

    docs = [d for d in outside() if held_out(d.key) and d.pieces]
    flat, owner = [], []
    for number, doc in enumerate(docs):
        flat += doc.pieces[:6]
        owner += [number] * len(doc.pieces[:6])
    owner = np.asarray(owner)
    links = set()
    for i in range(len(flat)):
        own = np.flatnonzero(owner == owner[i])
        near = rng.choice(own, min(2, len(own)), replace=False)
        for j in (*near, *rng.integers(0, len(flat), 3)):
            if i != j:
                links.add((min(i, int(j)), max(i, int(j))))
    return {
        "answers": (asked + answers, grid),
        "sentences": (pieces, square),
        "outside": (flat, np.asarray(sorted(links))),
    }
