"""Evidence recall of a ranking adapter on question sets that bench/question-sets.mjs has written: the share of a
question's evidence in the best k chunks. Brackets: 95 % interval of the difference to BM25, paired bootstrap."""
import argparse
import json
import random
from pathlib import Path

import torch

from chunks import Chunk, Pool
from evaluate import load_lora
from gguf_model import Model
from rank_scores import Question, Skim, lift, log_probabilities, z

KS = (1, 2, 4, 8, 16)
DRAWS, ROWS = 2000, 16


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--model", "--checkpoint", "--out"):
        parser.add_argument(name, required=True)
    parser.add_argument("sets", nargs="+", help="files of bench/question-sets.mjs")
    parser.add_argument("--questions", type=int, default=1 << 30, help="of each document, drawn at random")
    parser.add_argument("--documents", type=int, default=1 << 30, help="of each file, the first")
    return parser.parse_args()


@torch.no_grad()
def scores(pool, chunks, question, lora):
    """(nChunks)"""
    without = log_probabilities(pool, question, None)
    parts = [log_probabilities(pool, question, chunks[at : at + ROWS], lora) for at in range(0, len(chunks), ROWS)]
    return lift(torch.cat(parts), without, question.weights)


def arms(pool, chunks, skim, text, lora):
    """-> {arm: (nChunks)}"""
    question = Question(text, pool.model.tokenizer, skim)
    bm25, frozen, trained = skim.bm25(text), scores(pool, chunks, question, None), scores(pool, chunks, question, lora)
    found = {"BM25": bm25, "frozen": frozen, "trained": trained}
    found["BM25 + frozen"] = 2 * z(bm25) + z(frozen)
    found["BM25 + trained"] = 2 * z(bm25) + z(trained)
    found["BM25 + both"] = 2 * z(bm25) + 0.5 * z(frozen) + 0.5 * z(trained)
    return found


def recall(values, shares):
    """(nKs)"""
    ranked = torch.tensor(shares)[values.argsort(descending=True, stable=True)]
    return [float(ranked[:k].sum()) for k in KS]


def report(found):
    generator = torch.Generator().manual_seed(1)
    base = torch.tensor(found["BM25"])
    draws = torch.randint(len(base), (DRAWS, len(base)), generator=generator)
    for arm, rows in found.items():
        rows = torch.tensor(rows)
        low, high = (rows - base)[draws].mean(1).quantile(torch.tensor([0.025, 0.975]), 0)
        cells = [
            f"@{k} {100 * mean:.1f}" + ("" if arm == "BM25" else f" [{100 * a:+.0f}, {100 * b:+.0f}]")
            for k, mean, a, b in zip(KS, rows.mean(0), low, high)
        ]
        print(f"{arm:15} n={len(rows)}  " + "  ".join(cells), flush=True)


def main(options):
    torch.set_num_threads(1)
    model, rng = Model(options.model), random.Random(1)
    lora, progress = load_lora(model, options.checkpoint)
    pool, results = Pool(model), {}
    for path in options.sets:
        found = {}
        for document in json.loads(Path(path).read_text())[: options.documents]:
            chunks = [Chunk(model.tokenizer.encode(text)) for text in document["chunks"]]
            pool.runs = []
            pool.add(chunks)
            skim, asked = Skim(document["chunks"]), document["asked"]
            for one in rng.sample(asked, min(options.questions, len(asked))):
                for arm, values in arms(pool, chunks, skim, one["question"], lora).items():
                    found.setdefault(arm, []).append(recall(values, one["shares"]))
            results[Path(path).stem] = found
            Path(options.out).write_text(json.dumps({"progress": progress, "found": results}))
        print(Path(path).stem if found else f"{path}: no question has its evidence in the text")
        if found:
            report(found)


if __name__ == "__main__":
    main(arguments())
