"""The texts of the distillation: training groups and held-out pairs, with the teacher's embeddings."""

from dataclasses import dataclass

import numpy as np

from common import CLS, SEED, SEP, tokenizer
from teacher import embed, run_rows, token_rows
from texts import clean, held_out, outside, passage_documents, passages

STUDENT_LENGTH = 256


@dataclass
class Lessons:
    """`rows[i]` are token ids, `taught[i]` the teacher's embedding; the first `own` rows are our passages'."""

    rows: list[list[int]]
    taught: np.ndarray
    own: int


def paragraphs(pieces: tuple[str, ...], rng: np.random.Generator) -> list[str]:
    """Runs of two to five neighbouring sentences: passages and answers are longer than a sentence."""
    out, at = [], 0
    while at + 1 < len(pieces):
        size = int(rng.integers(2, 6))
        out.append(" ".join(pieces[at : at + size]))
        at += size * 2
    return out


def spans(texts: list[str], rng: np.random.Generator) -> list[str]:
    """A few neighbouring words out of each longer text: what a word adds shows best in short company."""
    out = []
    for words in (t.split() for t in texts):
        if len(words) >= 12:
            size = int(rng.integers(3, 11))
            at = int(rng.integers(0, len(words) - size))
            out.append(" ".join(words[at : at + size]))
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
    rng, cutter = np.random.default_rng(SEED), np.random.default_rng(SEED + 3)
    rows, taught, own = [], [], 0
    for part, docs in (("corpus", passage_documents()), ("outside", outside())):
        texts = []
        for doc in docs:
            if not held_out(doc.key):
                texts += [*doc.pieces, *paragraphs(doc.pieces, rng)[: 1 if part == "outside" else None]]
        short = spans(texts, cutter)
        rows += token_rows(texts + short, STUDENT_LENGTH)
        taught += [embed(texts, part), embed(short, f"{part}-spans")]
        own = own or len(rows)
    bag_rows = word_bags(bags, rng)
    taught.append(run_rows(bag_rows, "bags"))
    return Lessons(rows + bag_rows, np.concatenate(taught), own)


def _own_pairs() -> tuple[list[str], np.ndarray, np.ndarray]:
    """All texts of our held-out passages, all their pairs, and how far apart: 0 same passage, 1 same
    subject, 2 neither."""
    subject = {f"corpus/{p['id']}": p["subject"] for p in passages()}
    docs = [d for d in passage_documents() if held_out(d.key)]
    texts = [t for d in docs for t in d.pieces]
    key = np.asarray([d.key for d in docs for _ in d.pieces])
    about = np.asarray([subject[k] for k in key])
    i, j = np.triu_indices(len(texts), 1)
    return texts, np.stack([i, j], 1), np.where(key[i] == key[j], 0, np.where(about[i] == about[j], 1, 2))


def _outside_pairs(rng: np.random.Generator) -> tuple[list[str], np.ndarray]:
    """Up to six texts of each held-out outside document, each with two of its own and three others."""
    flat, owner = [], []
    for number, doc in enumerate(d for d in outside() if held_out(d.key)):
        flat += doc.pieces[:6]
        owner += [number] * len(doc.pieces[:6])
    owner, links = np.asarray(owner), set()
    for i in range(len(flat)):
        own = np.flatnonzero(owner == owner[i])
        near = rng.choice(own, min(2, len(own)), replace=False)
        links |= {(min(i, int(j)), max(i, int(j))) for j in (*near, *rng.integers(0, len(flat), 3)) if i != j}
    return flat, np.asarray(sorted(links))


def held_out_pairs() -> dict[str, tuple[list[str], np.ndarray]]:
    """Named sets of held-out pairs, as (texts, index pairs). No document of them was trained on.

    - `graded`: texts (passage, its sentences, questions, answers) of our held-out passages; a third of
      the pairs within one passage, a third within one subject, a third across subjects;
    - `every`: all pairs of the same texts, so nearly all of them unrelated;
    - `outside`: facts, factbook, dialogues, elements: each text with two of its own document, three others.
    """
    rng = np.random.default_rng(SEED + 1)
    texts, links, distance = _own_pairs()
    size = np.bincount(distance).min()
    third = [rng.choice(np.flatnonzero(distance == k), size, replace=False) for k in range(3)]
    return {
        "graded": (texts, links[np.sort(np.concatenate(third))]),
        "every": (texts, links),
        "outside": _outside_pairs(rng),
    }
