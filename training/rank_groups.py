"""Groups of chunks that follow each other in a training document, for questions to be asked about: JSON lines
{"kind", "name", "chunks": [text], "asked": [index], "real": [[index, question]]}. Held-out documents have none."""
import argparse
import json
import random
from pathlib import Path

import gguf

import texts
from data import Data
from tokenizer import Tokenizer

SHARES = {"manual": 0.3, "foreign": 0.12, "story": 0.22, "article": 0.1, "abstract": 0.1, "source": 0.16}
CHUNKS, ASKED = 24, 7


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--model", "--documents", "--train-data", "--out"):
        parser.add_argument(name, required=True)
    parser.add_argument("--sources", help="folder whose Markdown and code files are documents as well")
    parser.add_argument("--n", type=int, default=220)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def sources(folder):
    """Long Markdown and code files"""
    paths = [p for p in sorted(Path(folder).rglob("*")) if p.suffix in (".md", ".ts", ".js", ".py", ".c", ".h")]
    for path in paths:
        if path.is_file() and 20_000 < path.stat().st_size < 400_000 and ".min." not in path.name:
            text = path.read_text("utf-8", "replace")
            if max(map(len, text.split("\n"))) < 2000:
                yield texts.Document(path.name, "source", text, False)


def group(document, tokenizer, rng, data):
    """CHUNKS chunks of 120 … 260 tokens from a random place; paragraphs with real questions stay whole"""
    size = rng.randint(120, 260)
    if document.questions:
        paragraphs = list(dict.fromkeys(paragraph for paragraph, _, _ in document.questions))
        real = [[paragraphs.index(p), question] for p, question, _ in document.questions]
        return {"chunks": paragraphs, "real": rng.sample(real, min(ASKED, len(real)))}
    chunks, now, length = [], [], 0
    for piece in data.sentences(document.text, CHUNKS * size):
        n = len(tokenizer.encode(piece))
        if now and length + n > size:
            chunks.append("".join(now))
            now, length = [], 0
        now.append(piece)
        length += n
    return {"chunks": chunks[:CHUNKS], "real": []}


def main(options):
    tokenizer = Tokenizer(gguf.GGUFReader(options.model).fields)
    rng = random.Random(options.seed)
    documents = [d for d in texts.load(options.documents, options.train_data) if not d.held_out]
    documents += list(sources(options.sources)) if options.sources else []
    data = Data(documents, ["word"] * 9, tokenizer, held_out=False, seed=options.seed)
    by_kind = {kind: [d for d in documents if d.kind == kind] for kind in SHARES}
    by_kind = {kind: some for kind, some in by_kind.items() if some}
    with open(options.out, "w") as out:
        for _ in range(options.n):
            kind = rng.choices(list(by_kind), [SHARES[kind] for kind in by_kind])[0]
            document = rng.choice(by_kind[kind])
            found = group(document, tokenizer, rng, data)
            if len(found["chunks"]) < 4:
                continue
            long = [i for i, text in enumerate(found["chunks"]) if len(text) > 200]
            asked = [] if found["real"] and kind != "article" else sorted(rng.sample(long, min(ASKED, len(long))))
            print(json.dumps({"kind": kind, "name": document.name, **found, "asked": asked}), file=out)


if __name__ == "__main__":
    main(arguments())
