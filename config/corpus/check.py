#!/usr/bin/env python3
"""Check the passages that challenges are built from.

Usage: check.py [FOLDER]    (default: the folder of this script)

Prints one line per file and a total. Each broken rule is printed as
"FILE: ID: RULE", and then the exit status is 1. A file that is not valid TOML
is a broken rule too. Standard library only (Python 3.11 or later).
"""

import re
import sys
import tomllib
from pathlib import Path

PASSAGES_IN_CORPUS = 80
PASSAGE_WORDS = (60, 200)
ANSWER_WORDS = (15, 60)
QUESTIONS = (2, 4)
# Two passages that share more of their vocabulary than this are one topic told
# twice: a miner's answer to one would then score well on the other.
MAX_SHARED_VOCABULARY = 0.35

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Printable ASCII without markup, and the accented Latin letters of names.
TEXT = re.compile(r"[ !\"$%&'()+,\-./0-9:;?A-Za-z\u00c0-\u024f]+")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def words(text):
    return re.findall(r"[^\W_]+(?:['.,-][^\W_]+)*", text.lower())


def plain(text):
    """The words alone, so that case and punctuation cannot hide a copy."""
    return " ".join(words(text))


def sentences(text):
    return {plain(part) for part in re.split(r"(?<=[.!?])\s+", text.strip())}


def vocabulary(text):
    return {word for word in words(text) if len(word) > 4}


def outside(count, limits):
    return not limits[0] <= count <= limits[1]


def string(table, key):
    value = table.get(key)
    return value.strip() if isinstance(value, str) else ""


def check_keys(table, expected, broken, where, optional=frozenset()):
    for key in sorted(expected - table.keys()):
        broken(f"{where} lacks the key '{key}'")
    for key in sorted(table.keys() - expected - optional):
        broken(f"{where} has the unknown key '{key}'")


def check_question(item, number, text, asked, broken):
    where = f"question {number}"
    check_keys(item, {"ask", "answer", "must"}, broken, where, {"never"})
    ask, answer = string(item, "ask"), string(item, "answer")

    for name, value in (("ask", ask), ("answer", answer)):
        if not TEXT.fullmatch(value):
            broken(f"{where}: '{name}' is empty or holds a character outside plain text")
    if not ask.endswith("?"):
        broken(f"{where}: 'ask' does not end with a question mark")
    if plain(ask) in asked:
        broken(f"{where}: the same question is asked in {asked[plain(ask)]}")

    if not answer.endswith("."):
        broken(f"{where}: 'answer' is not made of full sentences")
    if outside(len(words(answer)), ANSWER_WORDS):
        broken(f"{where}: 'answer' has {len(words(answer))} words, allowed {ANSWER_WORDS}")
    if sentences(answer) & sentences(text):
        broken(f"{where}: 'answer' repeats a sentence of the passage")
    known = set(NUMBER.findall(text)) | set(NUMBER.findall(ask))
    for figure in NUMBER.findall(answer):
        if figure not in known:
            broken(f"{where}: 'answer' holds the figure {figure}, which the passage does not")
    return plain(ask)


def check_passage(passage, seen_ids, asked, broken):
    check_keys(passage, {"id", "subject", "text", "question"}, broken, "passage")
    name, text = string(passage, "id"), string(passage, "text")

    if not ID.fullmatch(name):
        broken("'id' is not made of a-z, 0-9 and single hyphens")
    if name in seen_ids:
        broken(f"'id' is used before in {seen_ids[name]}")
    if not string(passage, "subject"):
        broken("'subject' is empty")
    if not TEXT.fullmatch(text):
        odd = sorted(set(re.sub(TEXT, "", text)))
        broken(f"'text' is empty, or not one paragraph of plain text: {odd}")
    if outside(len(words(text)), PASSAGE_WORDS):
        broken(f"'text' has {len(words(text))} words, allowed {PASSAGE_WORDS}")

    questions = passage.get("question", [])
    if outside(len(questions), QUESTIONS):
        broken(f"{len(questions)} questions, allowed {QUESTIONS}")
    answers = [plain(string(item, "answer")) for item in questions]
    if len(set(answers)) < len(answers):
        broken("two questions have the same answer")
    for number, item in enumerate(questions, 1):
        asked[check_question(item, number, text, asked, broken)] = name
    return len(questions)


def check_topics(texts, faults):
    known = [(file, name, vocabulary(text)) for file, name, text in texts]
    for index, (file, name, mine) in enumerate(known):
        for _, other, theirs in known[:index]:
            shared = len(mine & theirs) / max(1, len(mine | theirs))
            if shared > MAX_SHARED_VOCABULARY:
                faults.append(f"{file}: {name}: same topic as {other} ({shared:.2f})")


def load(path):
    """The passages of one file; ValueError says why it holds none."""
    passages = tomllib.loads(path.read_text(encoding="utf-8")).get("passage")
    if not passages or not is_tables(passages):
        raise ValueError("no [[passage]] tables")
    if not all(is_tables(passage.get("question", [])) for passage in passages):
        raise ValueError("'question' must be written as [[passage.question]] tables")
    return passages


def is_tables(value):
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def check(folder):
    faults, seen_ids, asked, texts = [], {}, {}, []
    total = 0
    for path in sorted(folder.glob("*.toml")):
        try:
            passages = load(path)
        except ValueError as error:  # TOML and UTF-8 errors are ValueErrors too
            faults.append(f"{path.name}: -: not a file of passages: {error}")
            continue
        in_file = 0
        for passage in passages:
            name = string(passage, "id") or "(no id)"

            def broken(rule, name=name):
                faults.append(f"{path.name}: {name}: {rule}")

            in_file += check_passage(passage, seen_ids, asked, broken)
            seen_ids[name] = path.name
            texts.append((path.name, name, string(passage, "text")))
        sizes = [len(words(string(p, "text"))) for p in passages]
        print(
            f"{path.name}: {len(passages)} passages of {min(sizes)} to {max(sizes)} words,"
            f" {in_file} questions"
        )
        total += in_file
    check_topics(texts, faults)
    if len(texts) < PASSAGES_IN_CORPUS:
        faults.append(f"corpus: -: {len(texts)} passages, at least {PASSAGES_IN_CORPUS} wanted")
    print(f"total: {len(texts)} passages, {total} questions, {len(faults)} broken rules")
    return faults


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    faults = check(folder)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
