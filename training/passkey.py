"""Passkey retrieval (the paper's figure 1) from candidates alone, by length: a five-digit number in one chunk of
filler that repeats. The filler's chunks are all the same, so their candidates are computed once for a question."""
import argparse
import json
import random
from pathlib import Path

import torch

from chunks import Chunk, Pool, Sample, Task
from data import Data
from decoding import greedy
from evaluate import interval, load_lora
from gguf_model import Model
from passes import candidates

FILLER = "The grass is green. The sky is blue. The sun is yellow. Here we go. There and back again. "
NEEDLE = "The pass key is {key}. Remember it. {key} is the pass key. "
QUESTION = "What is the pass key?"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--model", "--checkpoint", "--out"):
        parser.add_argument(name, required=True)
    numbers = lambda text: [int(x) for x in text.split(",")]
    parser.add_argument("--lengths", type=numbers, default=[4096, 16384, 65536, 131072, 262144, 409600])
    parser.add_argument("--chunk", type=int, default=512, help="tokens of a chunk")
    parser.add_argument("--n", type=int, default=20, help="keys, each at a depth of its own")
    parser.add_argument("--seed", type=int, default=5)
    return parser.parse_args()


def needle(tokenizer, key, size, rng):
    """A chunk of `size` tokens with the key at a random place"""
    sentence, filler = tokenizer.encode(NEEDLE.format(key=key)), tokenizer.encode(FILLER)
    before = rng.randint(0, (size - len(sentence)) // len(filler)) * len(filler)
    line = filler * (size // len(filler) + 1)
    return Chunk((line[:before] + sentence + line)[:size])


@torch.no_grad()
def main(options):
    torch.set_num_threads(1)
    model, rng = Model(options.model), random.Random(options.seed)
    lora, progress = load_lora(model, options.checkpoint)
    tokenizer, pool = model.tokenizer, Pool(model)
    local = Data([], ["word"] * 9, tokenizer, held_out=False, seed=0).local(QUESTION)
    filler = tokenizer.encode(FILLER)
    hay = Chunk((filler * (options.chunk // len(filler) + 1))[: options.chunk])
    pool.add([hay])
    task = Task("passkey", QUESTION, local, [], [], slice(0))
    hay_rows = candidates(pool, [Sample(task, [hay], 0)], lora)
    right = {}
    for _ in range(options.n):
        key, depth = str(rng.randint(10_000, 99_999)), rng.random()
        chunk = needle(tokenizer, key, options.chunk, rng)
        pool.runs = []
        pool.add([chunk])
        rows = candidates(pool, [Sample(task, [chunk], 0)], lora)
        oracle = greedy(pool, [Sample(task, [chunk], 0, [chunk])], 24)[0]
        right.setdefault("oracle", []).append(key in tokenizer.decode(oracle))
        for length in options.lengths:
            k = length // options.chunk
            gold = min(k - 1, int(depth * k))
            index = [0] * k
            index[gold] = 1
            both = [tuple(torch.cat([h, r])[index] for h, r in zip(a, b)) for a, b in zip(hay_rows, rows)]
            said = greedy(pool, [Sample(task, [hay] * k, gold)], 24, rows=both)[0]
            right.setdefault(length, []).append(key in tokenizer.decode(said))
        report(right, options, progress)


def report(right, options, progress):
    lines = [
        {"length": name, "k": name // options.chunk if name != "oracle" else 1, "n": len(hits),
         "exact": round(100 * sum(hits) / len(hits)), "interval": interval(sum(hits), len(hits))}
        for name, hits in right.items()
    ]  # fmt: skip
    Path(options.out).write_text(json.dumps({"options": vars(options), "progress": progress, "table": lines}, indent=1))
    print(" | ".join(f"{line['length']} (k {line['k']}): {line['exact']} %" for line in lines), flush=True)


if __name__ == "__main__":
    main(arguments())
