"""Records what sentence-transformers itself gives for the golden texts.

Run by hand, once per change of the teacher, in an environment of its own that has torch and
sentence-transformers (they are large, so `make models` doesn't need them): it compares with the file.
"""

import json
from pathlib import Path

import sentence_transformers
import torch

from golden import TEXTS

OUT = Path(__file__).resolve().parent.parent / "golden" / "all-MiniLM-L6-v2.json"


def main(model_dir: str) -> None:
    model = sentence_transformers.SentenceTransformer(model_dir, device="cpu")
    model.max_seq_length = 256
    vectors = [model.encode([t], normalize_embeddings=True, show_progress_bar=False)[0] for t in TEXTS]
    ids = [model.tokenize([t])["input_ids"][0].tolist() for t in TEXTS]
    made = f"sentence-transformers {sentence_transformers.__version__}, torch {torch.__version__}"
    rows = [
        json.dumps({"text": t, "ids": i, "embedding": [round(float(x), 7) for x in v], "cosine_with_first": round(float(v @ vectors[0]), 6)}, ensure_ascii=False)
        for t, i, v in zip(TEXTS, ids, vectors)
    ]
    OUT.write_text(f'{{"model": "all-MiniLM-L6-v2", "made_with": "{made}", "rows": [\n  ' + ",\n  ".join(rows) + "\n]}\n")


if __name__ == "__main__":
    import sys

    main(sys.argv[1])
