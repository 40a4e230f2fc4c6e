"""Pairs without end: (question and reference, answer, what the answer is to the reference)."""

from dataclasses import dataclass

import numpy as np

import agreement_edits as edit
from agreement_edits import pick
from agreement_facts import fact
from agreement_split import Lesson, fact_check, lessons
from texts import dialogues, factbook, facts, held_out, sentences

Rng = np.random.Generator

SAME, OMITS, AGAINST = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
# Right, but less of an answer: part of the weight goes to "leaves out", so that the score falls a little.
HEDGED, SHORT, PADDED, EXTRACT, HALF = (0.8, 0.2, 0.0), (0.85, 0.15, 0.0), (0.9, 0.1, 0.0), (0.6, 0.4, 0.0), (0.15, 0.85, 0.0)
ASKS = ["What does the text say?", "What is said here?", "What do we learn?", "What is the case?", "Which fact is stated?", "What happened?"]


@dataclass(frozen=True)
class Pair:
    first: str
    second: str
    target: tuple[float, float, float]


def first_text(ask: str, reference: str) -> str:
    return f"{ask}\n{reference}"


def invented(rng: Rng) -> Pair:
    """One invented fact, or two of them in one reference: both said, one left out, one turned round."""
    ask, texts = fact(rng)
    one, two = texts["same"][:2]
    label = pick(["same", "same", "contradicts", "contradicts", "omits"], rng)
    if rng.random() < 0.25:
        _, more = fact(rng)
        reference = f"{one} {more['same'][0]}"
        right, wrong = more["same"][1], pick(more["contradicts"], rng)
        answers = [(f"{two} {right}", SAME), (f"{right} {two}", SAME), (f"{two} {wrong}", AGAINST), (two, HALF), (right, HALF)]
        second, target = pick(answers, rng)
        return Pair(first_text(ask, reference), second, target)
    if label == "same":
        return Pair(first_text(ask, one), two if rng.random() < 0.75 else edit.disguised(two, rng), SAME)
    if label == "contradicts":
        wrong = pick(texts["contradicts"], rng) if rng.random() < 0.8 else edit.denied(pick([one, two], rng), rng)
        return Pair(first_text(ask, one), wrong, AGAINST)
    stranger = fact(rng)[1]["same"][0]
    return Pair(first_text(ask, one), pick([*texts["omits"], stranger, ask], rng), OMITS)


class Outside:
    """Sentences of other people's texts, edited."""

    def __init__(self):
        docs = [d for d in (*factbook(), *facts(), *dialogues()) if not held_out(d.key)]
        self.docs = [[s for t in d.pieces for s in sentences(t) if 25 <= len(s) <= 220] for d in docs]
        self.docs = [d for d in self.docs if d]
        self.lines = [s for d in self.docs for s in d]
        self.names = names("\n".join(self.lines))

    def pair(self, rng: Rng) -> Pair:
        # Every second one of a document with neighbours, since most documents are a single line.
        doc = pick(self.docs, rng) if rng.random() < 0.5 else next(d for d in iter(lambda: pick(self.docs, rng), None) if len(d) > 3)
        line, other = pick(doc, rng), pick(self.lines, rng)
        first = first_text(pick(ASKS, rng), line) if rng.random() < 0.5 else line
        label = pick(["same", "contradicts", "contradicts", "omits"], rng)
        if label == "same":
            made = [edit.disguised(line, rng), edit.disguised(line, rng), f"{line} {other}", f"{other} {line}", edit.typos(line, rng), line]
            return Pair(first, pick(made, rng), SAME)
        if label == "contradicts":
            roll = rng.random()
            wrong = edit.turned(line, rng, self.names) if roll < 0.55 else edit.exchanged(line, rng) if roll < 0.75 else edit.denied(line, rng)
            wrong = wrong or edit.denied(line, rng)
            return Pair(first, edit.disguised(wrong, rng) if rng.random() < 0.25 else wrong, AGAINST)
        neighbours = [s for s in doc if s != line]
        words = line.split()
        made = [other, edit.keywords([line, other], rng), " ".join(words[: max(2, len(words) // 3)]), *neighbours[:3]]
        return Pair(first, pick(made, rng), OMITS)


def names(text: str) -> list[str]:
    """Capitalised words that stand within a sentence."""
    words = text.split()
    found = {w.strip(",.;:'\"()") for before, w in zip(words, words[1:]) if w[:1].isupper() and before[-1] not in ".!?:"}
    return sorted(w for w in found if w.isalpha() and len(w) > 2)


@dataclass(frozen=True)
class Mix:
    """How often each label is drawn, and up to which roll of the dice each way of making it is taken."""

    labels: tuple[int, int, int] = (7, 8, 5)  # same, against, omits
    extract: tuple[float, float] = (0.36, 0.42)
    wrong: float = 0.5
    omits: tuple[float, ...] = (0.32, 0.52, 0.62, 0.80, 0.86, 0.91, 0.95, 0.98, 0.99)
    long_runs: float = 0.25
    with_answer: float = 0.0
    turned_about: float = 0.06  # of the wrong answers: they become the reference, and a right one contradicts
    itself: float = 0.0  # of the right answers: the reference, word for word or nearly so
    dressed: float = 0.0  # of the contradictions: hedged or polite, as right answers are


# After the first course copied passages looked right to the reader, and so did whatever was polite, hedged or short,
# since wrong answers seldom were; the reference itself looked wrong, since only edits of it had been that near. The
# second course has more of the one, wrong ones in every dress, and near copies that are right.
MIXES = {
    "first": Mix(),
    "second": Mix((7, 9, 7), (0.34, 0.38), 0.58, (0.24, 0.36, 0.44, 0.80, 0.85, 0.90, 0.95, 0.98, 0.99), 0.4, 0.5, 0.45, 0.22, 0.25),
}


class Written:
    """Pairs of the hand-written lessons: any right answer can be the reference, any other text the answer."""

    def __init__(self, mix: Mix):
        self.mix, self.all = mix, lessons(test=False)
        self.some = [x for x in self.all if x.answers]
        self.siblings = {}
        for x in self.all:
            self.siblings.setdefault(x.passage, []).append(x)
        self.said = fact_check()

    def states(self, x: Lesson, text: str) -> list[bool]:
        return [any(self.said(form, text) for form in f) for f in x.must]

    def telling(self, x: Lesson) -> list[bool]:
        """Which sentences of the passage hold the answer: by its facts, else by the words they share."""
        if x.must:
            found = [any(self.states(x, s)) for s in x.pieces]
            if any(found):
                return found
        wanted = set(x.reference.lower().split()) - edit.SMALL
        shares = [len(wanted & set(s.lower().split())) for s in x.pieces]
        return [s >= max(2, max(shares)) for s in shares]

    def pair(self, rng: Rng) -> Pair:
        x = pick(self.some, rng) if self.some and rng.random() < 0.85 else pick(self.all, rng)
        ways = [name for name, share in zip(("same", "against", "omits"), self.mix.labels) for _ in range(share)]
        made = pick(ways, rng)
        return getattr(self, made)(x, rng)

    def reference(self, x: Lesson, rng: Rng, but: str = "") -> str:
        options = [t for t in x.of("right") if t != but]
        return pick(options, rng) if options and (rng.random() < 0.4 or x.reference == but) else x.reference

    def right(self, x: Lesson, rng: Rng) -> tuple[str, tuple]:
        options = [(t, SAME) for t in x.of("right", "right", "polite")] + [(t, HEDGED) for t in x.of("hedged")]
        options += [(t, SHORT) for t in x.of("short")] + [(t, PADDED) for t in x.of("padded")] + [(x.reference, SAME)]
        return pick(options, rng)

    def same(self, x: Lesson, rng: Rng) -> Pair:
        second, target = self.right(x, rng)
        if self.mix.itself and rng.random() < self.mix.itself:
            second, roll = pick([x.reference, *x.of("right")], rng), rng.random()
            again = second if roll < 0.25 else edit.reworded(second, rng) if roll < 0.65 else edit.disguised(second, rng)
            return Pair(first_text(x.ask, second), again, SAME)
        reference, roll = self.reference(x, rng, second), rng.random()
        if roll < 0.25:
            second = edit.disguised(second, rng)
        elif roll < 0.30:
            second, target = edit.hedged(second, rng), HEDGED
        elif roll < self.mix.extract[0]:
            at = int(rng.integers(0, len(x.pieces)))
            second, target = f"{second} {' '.join(x.pieces[at : at + 2])}", PADDED
        elif roll < self.mix.extract[1]:
            told = [s for s, t in zip(x.pieces, self.telling(x)) if t]
            second, target = (" ".join(told), EXTRACT) if told else (second, target)
        elif roll < self.mix.extract[1] + 0.03 and x.of("wrong"):
            second = edit.framed(pick(x.of("wrong"), rng), edit.DENIALS, rng) + " In fact: " + second
        return Pair(first_text(x.ask, reference), second, target)

    def against(self, x: Lesson, rng: Rng) -> Pair:
        right, roll, wrong = pick([x.reference, *x.of("right")], rng), rng.random(), x.of("wrong")
        reference = self.reference(x, rng)
        pool = [*names(x.text), *names(pick(self.all, rng).text)[:2]]
        second = None
        if roll < self.mix.wrong and wrong:
            second = pick(wrong, rng)
            if rng.random() < self.mix.turned_about:
                reference, second = second, self.right(x, rng)[0] if self.mix.dressed else right
        elif roll < 0.68:
            second = edit.turned(right, rng, pool)
        elif roll < 0.78:
            second = edit.exchanged(right, rng)
        elif roll < 0.82 and wrong:
            second = " ".join([right, pick(wrong, rng)][:: 1 if rng.random() < 0.5 else -1])
        second = second or edit.denied(right, rng)
        if self.mix.dressed and rng.random() < self.mix.dressed:
            before, after = pick(edit.POLITE, rng)
            second = edit.hedged(second, rng) if rng.random() < 0.5 else before + second + after
            return Pair(first_text(x.ask, reference), second, AGAINST)
        return Pair(first_text(x.ask, reference), edit.disguised(second, rng) if rng.random() < 0.2 else second, AGAINST)

    def half(self, x: Lesson, rng: Rng) -> str | None:
        """The beginning of a right answer, where the facts are not yet all said."""
        words = self.right(x, rng)[0].split()
        text = " ".join(words[: max(3, int(len(words) * rng.uniform(0.3, 0.65)))]).rstrip(",;:") + "."
        return text if x.must and not all(self.states(x, text)) else None

    def silent(self, x: Lesson, rng: Rng) -> str:
        """A run of the passage's sentences; mostly short, and then none of them holds the answer."""
        pieces, told = x.pieces, self.telling(x)
        if rng.random() < self.mix.long_runs:
            return " ".join(pieces[: max(2, int(len(pieces) * rng.uniform(0.5, 1.01)))])
        at = 0 if rng.random() < 0.5 else int(rng.integers(0, len(pieces)))
        if self.mix.with_answer and rng.random() < self.mix.with_answer:
            return " ".join(pieces[at : at + 2 + int(rng.integers(0, 2))])
        run = [s for s, t in list(zip(pieces, told))[at : at + int(rng.integers(1, 4))] if not t]
        return " ".join(run) or next((s for s, t in zip(pieces, told) if not t), "")

    def omits(self, x: Lesson, rng: Rng) -> Pair:
        roll, second, target = rng.random(), None, OMITS
        others = [y for y in self.siblings[x.passage] if y is not x]
        upto = self.mix.omits
        if roll < upto[0] and x.of("omits"):
            second = pick(x.of("omits"), rng)
        elif roll < upto[1] and others:
            second = self.right(pick(others, rng), rng)[0]
        elif roll < upto[2]:
            second, target = self.half(x, rng), HALF
        elif roll < upto[3]:
            second = self.silent(x, rng)
        elif roll < upto[4]:
            second = self.right(pick(self.all, rng), rng)[0]
        elif roll < upto[5]:
            second = edit.keywords([x.ask, x.text], rng)
        elif roll < upto[6]:
            second = x.ask + pick(["", " That is a very good question, and there is much to be said about it.", " Let me think. It is hard to say.", " Many people wonder."], rng)
        elif roll < upto[7]:
            second = pick(edit.INJECTIONS, rng).strip() + pick(["", *edit.INJECTIONS], rng)
        elif roll < upto[8]:
            second = ""
        if second is None:
            second, target = self.silent(x, rng), OMITS
        return Pair(first_text(x.ask, self.reference(x, rng)), edit.disguised(second, rng) if second and rng.random() < 0.12 else second, target)
