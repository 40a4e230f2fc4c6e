"""Writes and checks the TOML manifests: what a model is, where it comes from, how to feed it."""

import json
from pathlib import Path

from common import MODELS, TOKENIZER, sha256


def _value(value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0") + ("0" if float(value).is_integer() else "")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    return json.dumps(str(value), ensure_ascii=False)


def render(fields: dict) -> str:
    """Plain keys first, then tables, then arrays of tables."""
    plain = {k: v for k, v in fields.items() if not isinstance(v, dict) and not _is_rows(v)}
    lines = [f"{k} = {_value(v)}" for k, v in plain.items()]
    for name, table in fields.items():
        if isinstance(table, dict):
            lines += ["", f"[{name}]", *(f"{k} = {_value(v)}" for k, v in table.items())]
        elif _is_rows(table):
            for row in table:
                lines += ["", f"[[{name}]]", *(f"{k} = {_value(v)}" for k, v in row.items())]
    return "\n".join(lines) + "\n"


def _is_rows(value) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def write(name: str, model: Path, head: dict, tail: dict) -> None:
    """`head` describes, `tail` holds metrics and golden rows; hashes are taken from the files."""
    fields = {
        "name": name,
        **head,
        "file": str(model.relative_to(MODELS)),
        "sha256": sha256(model),
        "tokenizer": TOKENIZER.name,
        "tokenizer_sha256": sha256(TOKENIZER),
        **tail,
    }
    (MODELS / f"{name}.toml").write_text(render(fields))
