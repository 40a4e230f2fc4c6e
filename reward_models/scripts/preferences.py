"""Groups of answers to one prompt, each answer of a known kind, better kinds above worse ones.

A group comes from one passage: ours with its questions and reference answers, or a run of outside
sentences with a question made of words from the sentence that answers it. Splits are by passage.
"""

import re
from dataclasses import dataclass

import numpy as np

import corrupt
from common import tokenizer
from texts import clean, elements, factbook, facts, dialogues, held_out, passages, sentences

# Higher is better; equal tiers are never compared. An answer that says nothing is the worst.
TIER = {
    "reference": 5.0, "honest": 5.0, "truncated": 3.5, "contradicted": 3.5, "terse": 3.0, "repeated": 2.5,
    "jumbled": 2.2, "shuffled": 2.0, "offtopic": 1.5, "echo": 1.0, "salad": 0.3, "garbage": 0.0, "empty": -1.0,
}
GOOD = ("reference", "honest")
OPENERS = ["", "", "", "In short, ", "According to the text, ", "The text says that ", "Put simply, ", "As described, ",
           "To answer the question: ", "Briefly, "]
SYNONYMS = {"about": "roughly", "nearly": "almost", "also": "in addition", "because": "since", "however": "yet", "such as": "like",
            "many": "numerous", "large": "big", "began": "started", "called": "known as", "makes": "causes", "shows": "reveals",
            "usually": "normally", "often": "frequently", "needs": "requires", "quickly": "rapidly", "whole": "entire",
            "while": "whereas", "get": "obtain", "help": "assist", "allows": "lets", "main": "chief", "becomes": "turns into",
            "found": "discovered", "people": "humans", "used": "employed", "part": "portion", "near": "close to"}
ASKED = ["What is known about {}?", "Tell me about {}.", "What does the text say about {}?", "What should one know about {}?",
         "How would you describe {}?", "Explain {}.", "Why does {} matter?", "What happened with {}?", "Which facts concern {}?"]
FORMS = ["{text}\n\n{ask}", "{text}\n\nQuestion: {ask}", "{ask}\n\n{text}", "Answer from the text.\n\n{text}\n\n{ask}",
         "Text: {text}\nQuestion: {ask}\nAnswer:", "Read this passage and answer the question.\n\n{text}\n\n{ask}"]


@dataclass
class Source:
    """A passage (as sentences), a question on it, good answers, and whether it is ours."""

    key: str
    sentences: list[str]
    ask: str
    answer: str | None


@dataclass
class Group:
    prompt: str
    answers: list[tuple[str, str]]


def words(text: str) -> set[str]:
    return {w for w in re.findall(r"[a-z0-9]+", text.lower()) if len(w) > 3}


def reworded(text: str, rng) -> str:
    for old, new in SYNONYMS.items():
        if rng.random() < 0.5:
            text = re.sub(rf"\b{old}\b", new, text)
    if rng.random() < 0.4:
        text = re.sub(r"\s*\([^)]*\)", "", text)
    parts = text.rstrip(".").split(", ", 1)
    if len(parts) == 2 and rng.random() < 0.15 and len(parts[0].split()) > 4:
        text = f"{parts[1][0].upper()}{parts[1][1:]}, {parts[0][0].lower()}{parts[0][1:]}."
    return text


def composed(source: Source, rng) -> str:
    """An answer of one to three of the passage's own sentences that fit the question, reworded."""
    goal = words(source.ask + " " + (source.answer or ""))
    fit = [len(words(s) & goal) / (4 + len(words(s))) + rng.uniform(0, 0.05) for s in source.sentences]
    # Loose facts have nothing to do with one another; a passage's sentences do.
    size = 1 if source.key.startswith("facts/") else int(rng.choice([1, 2, 2, 3]))
    best = sorted(np.argsort(fit)[::-1][:size])
    picked = [reworded(source.sentences[i], rng) for i in best]
    if rng.random() < 0.2:
        picked.reverse()
    opener = OPENERS[int(rng.integers(0, len(OPENERS)))]
    body = " ".join(picked)
    return opener + body[0].lower() + body[1:] if opener else body


def own_sources(held: bool) -> list[Source]:
    out = []
    for p in passages():
        key = f"corpus/{p['id']}"
        if held_out(key) == held:
            cut = sentences(p["text"])
            out += [Source(key, cut, clean(q["ask"]), clean(q["answer"])) for q in p["question"]]
    return out


def outside_sources(rng) -> list[Source]:
    """Documents that are no part of the held-out fifth; single facts are put together by sixes."""
    loose = [d.pieces[0] for d in facts() if not held_out(d.key)]
    rng.shuffle(loose)
    runs = [(f"facts/{i}", loose[i : i + 5]) for i in range(0, len(loose), 5)] * 3
    for d in factbook() + elements():
        if not held_out(d.key):
            runs += [(d.key, list(d.pieces[i : i + 5])) for i in range(0, len(d.pieces), 5)]
    out = []
    for key, run in runs:
        run = [s if s[-1] in ".!?" else s + "." for s in run]
        run = [s[0].upper() + s[1:] for s in run if 6 <= len(s.split()) <= 50]
        if not run:
            continue
        target = run[int(rng.integers(0, len(run)))]
        topic = [w.strip(".,;:()\"'") for w in target.split()]
        topic = [w for w in topic if len(w) > 4]
        if len(topic) < 2:
            continue
        size = min(len(topic), int(rng.integers(1, 4)))
        at = int(rng.integers(0, len(topic) - size + 1))
        named = " and ".join(topic[at : at + size])
        out.append(Source(key, run, ASKED[int(rng.integers(0, len(ASKED)))].format(named), target))
    for d in dialogues():
        if not held_out(d.key) and len(d.pieces) == 2 and len(d.pieces[1].split()) > 7:
            out.append(Source(d.key, [d.pieces[1]], d.pieces[0], d.pieces[1]))
    return out


class Maker:
    """Makes groups; holds the pools that off-topic answers, names and words are drawn from."""

    def __init__(self, sources: list[Source]):
        self.sources = sources
        self.names = sorted({w for s in sources for t in s.sentences for w in re.findall(r"(?<=[a-z] )[A-Z][a-z]{2,}", t)})
        vocab = tokenizer().get_vocab(with_added_tokens=False)
        self.vocabulary = sorted(w for w in vocab if w.isascii() and w.isalpha() and len(w) > 1)

    def offtopic(self, source: Source, rng) -> str:
        while True:
            other = self.sources[int(rng.integers(0, len(self.sources)))]
            if other.key != source.key:
                return other.answer if rng.random() < 0.6 else composed(other, rng)

    def prompt(self, source: Source, form: str, rng) -> str:
        if form == "question":
            return source.ask
        run = source.sentences
        if form == "excerpt" and len(run) > 3:
            # A few neighbouring sentences around the one that answers, to keep training rows short.
            fit = [len(words(s) & words(source.answer + source.ask)) for s in run]
            at = max(0, int(np.argmax(fit)) - int(rng.integers(0, 3)))
            run = run[at : at + 3]
        return FORMS[int(rng.integers(0, len(FORMS)))].format(text=" ".join(run), ask=source.ask)

    def group(self, source: Source, form: str, rng) -> Group:
        honest = composed(source, rng)
        good = source.answer if rng.random() < 0.6 else honest
        made = [("reference", source.answer), ("honest", honest), ("empty", ""), ("echo", source.ask)]
        for kind in ("truncated", "shuffled", "jumbled", "repeated", "terse", "garbage"):
            made.append((kind, getattr(corrupt, kind)(good, rng)))
        made.append(("contradicted", corrupt.contradicted(good, rng, self.names)))
        made.append(("offtopic", self.offtopic(source, rng)))
        made.append(("salad", corrupt.salad(self.vocabulary, rng)))
        # A corruption that leaves the text as it was is no corruption.
        return Group(self.prompt(source, form, rng), [(k, t) for k, t in made if t is not None and (k in GOOD or t != good)])
