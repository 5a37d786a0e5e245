"""Perplexity with memory: of 256 tokens behind a local context, when candidates of the chunks before it stand in front.
The chunks of the largest memory are read once, some at a time; every smaller memory is the part that is nearest to the
local context."""
import argparse
import json
import math
import random
import time
from pathlib import Path

import torch

from chunks import Chunk, Pool, Sample, Task
from evaluate import load_lora, measure
from gguf_model import Model
from passes import joined, rows_of

PROMPT_TOKENS = 24  # the end of the local context is the dynamic prompt, as long as in training
LOCAL_TOKENS = 256
SLIDING_TOKENS = 2048
SCORED_TOKENS = 256
BLOCK = 64  # chunks whose KV is in memory at once


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", help="a document as plain text, longer than the largest memory")
    for name in ("--model", "--checkpoint", "--out"):
        parser.add_argument(name, required=True)
    numbers = lambda text: [int(x) for x in text.split(",")]
    parser.add_argument("--memory", type=numbers, default=[4096, 16384, 65536, 131072, 409600], help="tokens")
    parser.add_argument("--chunk", type=int, default=512, help="tokens of a chunk")
    parser.add_argument("--n", type=int, default=8, help="places that are scored, one after another behind the largest memory")
    parser.add_argument("--seed", type=int, default=5)
    return parser.parse_args()


def continuation(local, answer):
    """Of a local context, the end of which is the dynamic prompt"""
    n = len(answer)
    return Task("next", "next", local[-PROMPT_TOKENS:], answer, [1.0] * n, slice(0, n), local[:-PROMPT_TOKENS])


@torch.no_grad()
def main(options):
    torch.set_num_threads(1)
    model, rng = Model(options.model), random.Random(options.seed)
    lora, progress = load_lora(model, options.checkpoint)
    memory = max(options.memory)
    tokens = model.tokenizer.encode(Path(options.text).read_text("utf-8"))
    room = len(tokens) - memory - LOCAL_TOKENS - options.n * SCORED_TOKENS
    if room < 0:
        raise SystemExit(f"{options.text} has {len(tokens)} tokens, {-room} too few for a memory of {memory}")
    first = rng.randint(0, room)
    chunks = [Chunk(tokens[at : at + options.chunk]) for at in range(first, first + memory, options.chunk)]
    starts = [first + memory + LOCAL_TOKENS + i * SCORED_TOKENS for i in range(options.n)]
    local = [continuation(tokens[at - LOCAL_TOKENS : at], tokens[at : at + SCORED_TOKENS]) for at in starts]
    pool, start, nats = Pool(model), time.time(), {}
    rows = rows_of_each(pool, local, chunks, lora)
    print(f"{len(chunks)} chunks read, {len(local)} times condensed in {time.time() - start:.0f} s", flush=True)
    for at, task, own in zip(starts, local, rows):
        sliding = continuation(tokens[at - SLIDING_TOKENS : at], task.answer)
        for name, value in score(pool, chunks, (task, sliding), own, options).items():
            nats.setdefault(name, []).append(value)
        report(nats, options, progress)


def rows_of_each(pool, tasks, chunks, lora):
    """Candidates of all chunks under each task, as `rows_of` has them; the chunks' own KV is forgotten behind them."""
    parts = [[] for _ in tasks]
    for at in range(0, len(chunks), BLOCK):
        block, pool.runs = chunks[at : at + BLOCK], []
        pool.add(block)
        for task, own in zip(tasks, parts):
            own.append(rows_of(pool, task, block, lora))
        for chunk in block:
            chunk.kv = None
    return [joined(own) for own in parts]


def score(pool, chunks, tasks, rows, options):
    """tasks: behind the local context, behind a sliding window. -> {arm: nats a token}"""
    local, sliding = tasks
    per_token = lambda measured: measured[0] / measured[1]
    out = {"local context alone": per_token(measure(pool, Sample(local, [], 0)))}
    out["sliding window"] = per_token(measure(pool, Sample(sliding, [], 0)))
    for memory in options.memory:
        near = list(range(len(chunks) - memory // options.chunk, len(chunks)))
        out[f"candidates of {memory}"] = per_token(measure(pool, Sample(local, chunks, 0), rows, near))
    return out


def report(nats, options, progress):
    mean = lambda values: sum(values) / len(values)
    lines = [{"arm": arm, "nats": round(mean(v), 4), "perplexity": round(math.exp(mean(v)), 2)} for arm, v in nats.items()]
    n = len(next(iter(nats.values())))
    result = {"options": vars(options), "progress": progress, "n": n, "table": lines, "each": nats}
    Path(options.out).write_text(json.dumps(result, indent=1))
    print(n, " | ".join(f"{line['arm']}: {line['perplexity']}" for line in lines), flush=True)


if __name__ == "__main__":
    main(arguments())
