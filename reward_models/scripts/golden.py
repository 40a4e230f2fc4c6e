"""Fixed texts and pairs, and the scores that ONNX Runtime gives them: what other runtimes must repeat."""

import json

from common import MODELS, pad, session, sha256, tokenizer

TEXTS = [
    "The Moon pulls the water of the oceans into two bulges, and so the tides rise and fall.",
    "Tides are caused mainly by the gravity of the Moon.",
    "A sonata has a slow second movement more often than not.",
    "How do vaccines teach the immune system?",
    "",
    "a",
    "Yes.",
    "Café Müller, naïve façade: accents are stripped!",
    "月は潮を引く",
    "😀 emoji and \u200b zero-width, tabs\tand\nnewlines",
    "antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis",
    "1,234.5 + 67% = $89; e-mail: someone@example.org",
    "THE SAME WORDS IN CAPITALS",
    "the same words in capitals",
    "In 1687 Newton published the Principia.",
    "In 1687 Newton did not publish the Principia.",
    "bridge the over walked dog old The",
    "The old dog walked over the bridge.",
    "qzxv kjwq pfft zzkx vbnm",
    "Photosynthesis turns light, water and carbon dioxide into sugar and oxygen.",
    "The parliament passed the budget after a long debate.",
    "word " * 400,
    "A compiler translates source code into machine code before the program runs.",
    "[CLS] special tokens in text [SEP] [MASK] [PAD]",
]

QUESTION = "What makes spring tides larger than neap tides?"
ANSWER = (
    "Spring tides happen at new and full moon, when the Sun and Moon line up with the Earth and "
    "their effects add together. At the half moons they act at right angles, so the neap tides are weak."
)
PASSAGE = (
    "Ocean tides are driven mainly by the Moon. The Sun adds a tidal effect a little less than half as "
    "strong. When Sun, Moon and Earth stand in line, at new and full moon, the effects add up to large "
    "spring tides; at the half moons they work at right angles and give weak neap tides."
)
SHUFFLED = "tides when and Spring happen moon full at new the and Sun up Moon line with Earth their the add effects"
PAIRS = [
    (prompt, completion)
    for prompt in (QUESTION, f"{PASSAGE}\n\n{QUESTION}")
    for completion in (
        ANSWER,
        "When the Sun and the Moon pull in one line, their effects add up.",
        "Sun and Moon aligned.",
        ANSWER[:70],
        SHUFFLED,
        "A fugue opens with one voice alone, which states the subject.",
        ("The effects add together. " * 6).strip(),
        ANSWER.replace("happen", "do not happen").replace("weak", "strong"),
        "x8#kd qpw zmv 29dk aa;l",
        QUESTION,
        "",
    )
]


def encode_pairs(pairs: list[tuple[str, str]], max_length: int) -> list:
    """[CLS] prompt [SEP] completion [SEP]; over the limit the longer side loses its end first."""
    tok = tokenizer()
    tok.enable_truncation(max_length, strategy="longest_first")
    return tok.encode_batch(pairs)


def pair_feed(encodings: list) -> dict:
    return {
        "input_ids": pad([e.ids for e in encodings]),
        "attention_mask": pad([[1] * len(e.ids) for e in encodings]),
        "token_type_ids": pad([e.type_ids for e in encodings]),
    }


def write(name: str, body: list[dict]) -> None:
    model = MODELS / f"{name}.onnx"
    path = MODELS / "golden" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    rows = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in body)
    path.write_text(f'{{"model": "{name}", "sha256": "{sha256(model)}", "rows": [\n{rows}\n]}}\n')


def relevance(max_length: int) -> None:
    """Each row alone, unpadded: ids, embedding, and its cosine with the first text."""
    tok = tokenizer()
    tok.enable_truncation(max_length)
    model, first, body = session(MODELS / "relevance.onnx"), None, []
    for text in TEXTS:
        ids = tok.encode(text).ids
        vector = model.run(None, {"input_ids": pad([ids]), "attention_mask": pad([[1] * len(ids)])})[0][0]
        first = vector if first is None else first
        body.append({
            "text": text,
            "ids": ids,
            "embedding": [round(float(x), 6) for x in vector],
            "cosine_with_first": round(float(vector @ first), 6),
        })
    write("relevance", body)


def preference(max_length: int) -> None:
    """Each pair alone, unpadded: ids, type ids and logit."""
    model, body = session(MODELS / "preference.onnx"), []
    for (prompt, completion), e in zip(PAIRS, encode_pairs(PAIRS, max_length)):
        logit = float(model.run(None, pair_feed([e]))[0].ravel()[0])
        body.append({"prompt": prompt, "completion": completion, "ids": e.ids, "type_ids": e.type_ids, "logit": round(logit, 6)})
    write("preference", body)


def agreement(reader) -> None:
    """Each answer beside the question and its reference, alone and unpadded: ids, type ids and the three chances."""
    body, first = [], f"{QUESTION}\n{ANSWER}"
    for _, completion in PAIRS[: len(PAIRS) // 2]:
        e = reader.encode([(first, completion)])[0]
        chances = reader.model.run(["agreement"], pair_feed([e]))[0][0]
        body.append({
            "question_and_reference": first,
            "answer": completion,
            "ids": e.ids,
            "type_ids": e.type_ids,
            "agreement": [round(float(x), 6) for x in chances],
        })
    write("agreement", body)
