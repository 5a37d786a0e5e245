"""How much of a haystack the candidates carry: exact match and likelihood by number of chunks, on documents, words and
names that training never saw. Rows of a chunk do not depend on the other chunks, so those of the largest haystack are
computed once for a question and every smaller one is a part of it: the same questions at every k."""
import argparse
import json
import math
import random
import time
from pathlib import Path

import torch

import texts
from chunks import Pool, Sample
from data import Data
from gguf_model import Model
from lora import M, Lora, from_adapter
from losses import cross_entropy, targets
from passes import answer_logits, rows_of

ARMS = ("closed", "oracle", "gold only", "trained", "no gold", "untrained")


def load_lora(model, path):
    """-> LoRA of a checkpoint or an exported adapter, and how far it was trained"""
    if path.endswith(".gguf"):
        return from_adapter(model, path), {"adapter": path}
    state = torch.load(path, map_location="cpu", weights_only=True)
    lora = Lora(model, state["rank"], state["alpha"], m=state.get("m", M), feed_forward=state.get("feed_forward", 0))
    lora.load(state["weights"])
    return lora, state["progress"]


def haystack(data, n_chunks, size):
    """Runs of held-out documents, one after another"""
    runs = []
    while sum(map(len, runs)) < n_chunks:
        runs.append([c for c in data.run(32, size) if len(c.tokens) <= 1.3 * size])
    return [c for run in runs for c in run][:n_chunks]


def questions(chunks, kinds, n, rng):
    """n tasks of each kind, of chunks all over the haystack"""
    for kind in kinds:
        found = [(i, t) for i, c in enumerate(chunks) for t in c.tasks if t.kind == kind]
        keys = [t.key for _, t in found]
        found = [(i, t) for i, t in found if keys.count(t.key) == 1]
        yield from rng.sample(found, min(n, len(found)))


def around(gold, k, n):
    """k indexes of n that hold `gold`, at a depth that depends on the question alone"""
    first = min(max(0, gold - (gold * 7919) % k), max(0, n - k))
    return list(range(first, min(n, first + k)))


@torch.no_grad()
def measure(pool, sample, rows=None, keep=None):
    """-> nats of the value's tokens, their number, tokens right, whether all are (greedy behind the answer's lead)"""
    logits = answer_logits(pool, [sample], rows, keep and [keep])
    tokens, weights, value = targets([sample], pool.model.device)
    _, each = cross_entropy(logits, tokens, weights)
    hit = (logits.argmax(-1) == tokens)[value]
    return float(each[value].sum()), int(value.sum()), int(hit.sum()), bool(hit.all())


def ask(pool, task, gold, chunks, options, lora):
    """-> {(arm, k): measured}"""
    sample, n = Sample(task, chunks, gold), len(chunks)
    out = {("closed", 0): measure(pool, sample)}
    out["oracle", 1] = measure(pool, Sample(task, chunks, gold, [chunks[gold]]))
    rows = rows_of(pool, task, chunks, lora)
    out["gold only", 1] = measure(pool, sample, rows, [gold])
    plain = rows_of(pool, task, [chunks[i] for i in around(gold, options.untrained, n)], None)
    few = Sample(task, [chunks[i] for i in around(gold, options.untrained, n)], 0)
    out["untrained", options.untrained] = measure(pool, few, plain)
    for k in options.ks:
        keep = around(gold, k, n)
        out["trained", k] = measure(pool, sample, rows, keep)
        out["no gold", k] = measure(pool, sample, rows, [i for i in keep if i != gold])
    return out


def interval(right, n):
    """Wilson's 95 % interval of a share, in percent"""
    z, p = 1.96, right / n
    middle, half = p + z * z / 2 / n, z * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    return [round(100 * (middle + sign * half) / (1 + z * z / n)) for sign in (-1, 1)]


def table(found):
    """{(kind, arm, k): [measured]} -> lines"""
    for (kind, arm, k), all_of in sorted(found.items(), key=lambda x: (x[0][0], ARMS.index(x[0][1]), x[0][2])):
        nats, count, hits, right = (sum(x) for x in zip(*all_of))
        low, high = interval(right, len(all_of))
        yield {
            "kind": kind, "arm": arm, "k": k, "n": len(all_of), "nll": round(nats / count, 3),
            "tokens": round(100 * hits / count), "exact": round(100 * right / len(all_of)), "interval": [low, high],
        }  # fmt: skip


def label(task, tokenizer):
    """Kind of the task; facts by their values: digits, or others"""
    if task.kind != "fact":
        return task.kind
    return "digits" if tokenizer.decode(task.answer[task.value]).strip().isdigit() else "other facts"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--model", "--documents", "--train-data", "--out"):
        parser.add_argument(name, required=True)
    parser.add_argument("--checkpoint", required=True, help="a run's latest.pt, or an adapter")
    parser.add_argument("--kinds", default="fact,quote,span,next")
    parser.add_argument("--ks", type=lambda s: [int(k) for k in s.split(",")], default=[2, 8, 32, 128, 256])
    parser.add_argument("--untrained", type=int, default=8, help="chunks of the untrained arm")
    parser.add_argument("--chunk", type=int, default=192, help="tokens of a chunk, about")
    parser.add_argument("--rank", type=int, help="cuts the adapter to so many ranks, by SVD")
    parser.add_argument("--n", type=int, default=20, help="questions of each kind")
    parser.add_argument("--seed", type=int, default=77)
    return parser.parse_args()


def main(options):
    torch.set_num_threads(1)
    model = Model(options.model)
    documents = texts.load(options.documents, options.train_data)
    words = texts.vocabulary(documents)
    data = Data(documents, words, model.tokenizer, held_out=True, seed=options.seed)
    lora, progress = load_lora(model, options.checkpoint)
    if options.rank:
        lora.cut(options.rank)
    pool, start = Pool(model), time.time()
    chunks = haystack(data, max(options.ks), options.chunk)
    pool.add(chunks)
    read = sum(len(c.tokens) for c in chunks)
    print(f"{len(chunks)} chunks, {read} tokens read in {time.time() - start:.0f} s; {progress}", flush=True)
    found = {}
    for gold, task in questions(chunks, options.kinds.split(","), options.n, random.Random(options.seed)):
        for (arm, k), measured in ask(pool, task, gold, chunks, options, lora).items():
            found.setdefault((label(task, model.tokenizer), arm, k), []).append(measured)
        result = {"options": vars(options), "progress": progress, "tokens": read, "table": list(table(found))}
        Path(options.out).write_text(json.dumps(result, indent=1))
    for line in table(found):
        print(json.dumps(line))


if __name__ == "__main__":
    main(arguments())
