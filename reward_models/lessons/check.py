#!/usr/bin/env python3
"""Check the lessons: written answers of known worth, which the agreement model learns from.

Usage: check.py [FILE...]    (default: every *.toml beside this script)

Prints one line per file; each broken rule as "FILE: PASSAGE: QUESTION: RULE", and then the exit status is 1.
The facts' forms are read as the validator reads them (docs/scoring.md, "facts"). Standard library only.
"""

import re
import sys
import tomllib
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE.parent.parent / "config" / "corpus"
# kind → how many of it a question has, at least
KINDS = {"right": 3, "short": 1, "wrong": 2, "omits": 1, "hedged": 1, "padded": 1, "polite": 1}
NUMBERS = {w: str(n) for n, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty".split())}
NEGATIONS = {"not", "never", "no", "neither", "nor", "cannot", "without", "hardly", "false", "wrong", "untrue"}


def words(text):
    text = unicodedata.normalize("NFKD", text).replace("\u2019", "'")
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"n't\b", " not", text)
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    found = re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+", text.lower())
    return [NUMBERS.get(w, w) for w in found if w != "s"]


def same(slot, word):
    for choice in slot.split("|"):
        choice = choice.lower()
        choice = NUMBERS.get(choice, choice)
        if choice.endswith("*"):
            if word.startswith(choice[:-1]):
                return True
        elif word == choice or word in (choice + "s", choice + "es") or choice in (word + "s", word + "es"):
            return True
    return False


def said(form, text):
    """All slots stand within a stretch of 2 x slots + 4 words of one sentence, in any order, and no negation before it."""
    slots = form.split()
    negative = any(c in NEGATIONS for slot in slots for c in slot.split("|"))
    for sentence in re.split(r"(?<=[.!?;])\s+", text):
        ws = words(sentence)
        if not negative and re.match(r".{0,25}\b(not|un)\s*(true|so|the case|correct|right)|.{0,25}\b(false|wrong|untrue|incorrect)\b.{0,12}\bthat\b",
                                     sentence.lower()):
            continue
        span = 2 * len(slots) + 4
        for start in range(len(ws)):
            window = ws[start : start + span]
            if not any(same(slot, window[0]) for slot in slots):
                continue
            if all(any(same(slot, w) for w in window) for slot in slots):
                before = ws[max(0, start - 3) : start]
                if negative or not any(w in NEGATIONS for w in before):
                    return True
    return False


def main():
    corpus = {}
    for path in sorted(CORPUS.glob("*.toml")):
        for passage in tomllib.loads(path.read_text())["passage"]:
            for q in passage["question"]:
                corpus[passage["id"], q["ask"].strip()] = q
    bad = 0
    for path in [Path(a) for a in sys.argv[1:]] or sorted(HERE.glob("*.toml")):
        questions = tomllib.loads(path.read_text())["question"]
        seen = set()
        for q in questions:
            def broken(rule):
                nonlocal bad
                bad += 1
                print(f"{path.name}: {q.get('passage')}: {q.get('ask', '')[:50]}: {rule}")

            key = (q["passage"], q["ask"])
            if key not in corpus:
                broken("no such question in the corpus")
                continue
            if key in seen:
                broken("asked twice")
            seen.add(key)
            asked = corpus[key]
            reference, must, never = asked["answer"], asked["must"], asked.get("never", [])
            for fact in must:
                if not any(said(form, reference) for form in fact):
                    broken(f"the reference lacks the fact {fact}")
            for kind, least in KINDS.items():
                if sum(a["kind"] == kind for a in q["answer"]) < least:
                    broken(f"fewer than {least} answers of the kind {kind}")
            texts = [a["text"] for a in q["answer"]]
            if len(set(texts)) < len(texts):
                broken("the same text twice")
            for a in q["answer"]:
                if a["kind"] not in KINDS:
                    broken(f"unknown kind {a['kind']}")
                hits = [any(said(form, a["text"]) for form in fact) for fact in must]
                bans = [form for form in never if said(form, a["text"])]
                if a["kind"] in ("right", "polite", "hedged", "padded") and not all(hits):
                    broken(f"{a['kind']} lacks the fact {must[hits.index(False)]}: {a['text'][:90]}")
                if a["kind"] in ("right", "polite", "hedged", "padded", "short") and bans:
                    broken(f"{a['kind']} says {bans[0]!r}, which is never right: {a['text'][:90]}")
        print(f"{path.name}: {len(questions)} questions, {sum(len(q['answer']) for q in questions)} answers")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
