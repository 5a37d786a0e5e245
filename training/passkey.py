"""Passkey retrieval (the paper's figure 1) from candidates alone, by length: a five-digit number in one chunk of
filler that repeats. The filler's chunks are all the same, so their candidates are computed once for a question."""
import argparse
import json
import random
from pathlib import Path

import torch

from chunks import Chunk, Pool, Sample
from data import Data
from decoding import greedy
from evaluate import interval, load_lora, measure
from gguf_model import Model
from passes import candidates

FILLER = "The grass is green. The sky is blue. The sun is yellow. Here we go. There and back again. "
NEEDLE = "The pass key is {key}. Remember it. {key} is the pass key. "
QUESTION = "What is the pass key?"
LEAD = "The pass key is"
ANSWER_TOKENS = 16


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


def place(needle_rows, hay_rows, gold, k):
    """Candidates of k chunks: the needle's at place `gold`, the filler's everywhere else"""
    index = [0] * k
    index[gold] = 1
    return [tuple(torch.cat(pair)[index] for pair in zip(*layers)) for layers in zip(hay_rows, needle_rows)]


def found(pool, sample, key, rows=None):
    """Whether the key is in the greedy answer, and whether it follows the words "The pass key is" """
    said = greedy(pool, [sample], ANSWER_TOKENS, rows=rows)[0]
    return key in pool.model.tokenizer.decode(said), measure(pool, sample, rows)[3]


@torch.no_grad()
def main(options):
    torch.set_num_threads(1)
    model, rng = Model(options.model), random.Random(options.seed)
    lora, progress = load_lora(model, options.checkpoint)
    tokenizer, pool = model.tokenizer, Pool(model)
    data = Data([], ["word"] * 9, tokenizer, held_out=False, seed=0)
    filler = tokenizer.encode(FILLER)
    hay = Chunk((filler * (options.chunk // len(filler) + 1))[: options.chunk])
    pool.add([hay])
    local = data.asked("passkey", QUESTION, LEAD, "")
    hay_rows = candidates(pool, [Sample(local, [hay], 0)], lora)
    right = {}
    for _ in range(options.n):
        key, depth = str(rng.randint(10_000, 99_999)), rng.random()
        task = data.asked("passkey", QUESTION, LEAD, f" {key}")
        chunk = needle(tokenizer, key, options.chunk, rng)
        pool.runs = []
        pool.add([chunk])
        rows = candidates(pool, [Sample(task, [chunk], 0)], lora)
        right.setdefault("oracle", []).append(found(pool, Sample(task, [chunk], 0, [chunk]), key))
        for length in options.lengths:
            k = length // options.chunk
            gold = min(k - 1, int(depth * k))
            sample = Sample(task, [hay] * k, gold)
            right.setdefault(length, []).append(found(pool, sample, key, place(rows, hay_rows, gold, k)))
        report(right, options, progress)


def report(right, options, progress):
    lines = []
    for name, both in right.items():
        said, behind = (sum(hits) for hits in zip(*both))
        n, k = len(both), 1 if name == "oracle" else name // options.chunk
        share = lambda hits: {"share": round(100 * hits / n), "interval": interval(hits, n)}
        lines.append({"length": name, "k": k, "n": n, "said": share(said), "behind the lead": share(behind)})
    Path(options.out).write_text(json.dumps({"options": vars(options), "progress": progress, "table": lines}, indent=1))
    shares = [f"{x['length']}: {x['said']['share']}/{x['behind the lead']['share']}" for x in lines]
    print(f"{lines[0]['n']} keys, % said / right behind the lead: {' | '.join(shares)}", flush=True)


if __name__ == "__main__":
    main(arguments())
