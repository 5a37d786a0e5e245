"""Trains a ranking adapter over cached chunk KV: the score of `focus`, clipped lift of the question's likelihood, with a
LoRA on the question's tokens. Softmax over the gold chunk and hard negatives of 2 z(BM25) + score, so that it learns
what BM25 misses, and KL to the same with the frozen model's score. Leaves DIR/latest.pt, as train.py does."""
import argparse
import json
import math
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import checkpoint
from chunks import Chunk, Pool
from gguf_model import Model
from lora import Lora
from rank_scores import Question, Skim, lift, log_probabilities, z

HARD, RANDOM = 4, 1  # negatives: the best by BM25, and others
KL = 0.2
GROUPS, MOST_TOKENS = 4, 640
LOG_STEPS, SAVE_STEPS, WARM_STEPS = 20, 100, 20


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    for name in ("--model", "--groups", "--questions", "--out"):
        add(name, required=True)
    add("--rank", type=int, default=16)
    add("--alpha", type=float, default=32.0)
    add("--rate", type=float, default=6e-4)
    add("--minutes", type=float, default=25.0)
    add("--batch", type=int, default=4, help="questions a step")
    add("--seed", type=int, default=0)
    return parser.parse_args()


def load(options):
    """-> [(texts, [(gold index, question)])]"""
    lines = lambda path: [json.loads(line) for line in Path(path).read_text().splitlines()]
    groups = lines(options.groups)
    asked = [list(map(tuple, group["real"])) for group in groups]
    for line in lines(options.questions):
        if line["question"]:
            asked[line["group"]].append((line["chunk"], line["question"]))
    return [(group["chunks"], some) for group, some in zip(groups, asked) if some]


def picked(skim, gold, text, rng):
    """Indexes of the chunks that a question is scored on, the gold one first"""
    others = [i for i in skim.bm25(text).argsort(descending=True).tolist() if i != gold]
    rest = others[HARD:]
    return [gold, *others[:HARD], *rng.sample(rest, min(RANDOM, len(rest)))]


class Example:
    """A question with the chunks that it is scored on, the gold one first, and the frozen model's scores of them."""

    def __init__(self, pool, chunks, skim, picks, text):
        self.question = Question(text, pool.model.tokenizer, skim)
        self.chunks = [chunks[i] for i in picks]
        self.bm25 = 2 * z(skim.bm25(text))[picks]
        with torch.no_grad():
            self.without = log_probabilities(pool, self.question, None)
            frozen = self.lift(pool)
        self.middle, self.deviation = frozen.mean(), frozen.std().clamp(min=1e-3)
        self.frozen = self.bm25 + (frozen - self.middle) / self.deviation

    def lift(self, pool, lora=None):
        within = log_probabilities(pool, self.question, self.chunks, lora)
        return lift(within, self.without, self.question.weights)

    def loss(self, pool, lora):
        """-> loss, whether gold is first by the trained score, whether it was by the frozen one"""
        logits = self.bm25 + (self.lift(pool, lora) - self.middle) / self.deviation
        kept = F.kl_div(logits.log_softmax(-1), self.frozen.softmax(-1), reduction="sum")
        loss = F.cross_entropy(logits[None], torch.zeros(1, dtype=torch.long)) + KL * kept
        return loss, int(logits.argmax() == 0), int(self.frozen.argmax() == 0)


def read_group(pool, texts, asked, rng):
    """Examples of one group; only chunks that some question is scored on are read"""
    skim = Skim(texts)
    picks = [(text, picked(skim, gold, text, rng)) for gold, text in asked if skim.bm25(text).any()]
    used = sorted({i for _, some in picks for i in some})
    chunks = {i: Chunk(pool.model.tokenizer.encode(texts[i])[:MOST_TOKENS]) for i in used}
    pool.runs = []
    pool.add(list(chunks.values()))
    return [Example(pool, chunks, skim, some, text) for text, some in picks]


def examples(pool, groups, rng):
    """Endless; the questions of some groups are mixed, so that a step sees several documents"""
    while True:
        order = rng.sample(groups, len(groups))
        for at in range(0, len(order), GROUPS):
            some = [one for texts, asked in order[at : at + GROUPS] for one in read_group(pool, texts, asked, rng)]
            yield from rng.sample(some, len(some))


class Trainer:
    def __init__(self, options):
        self.options, rng = options, random.Random(options.seed)
        model = Model(options.model)
        self.pool, self.lora = Pool(model), Lora(model, options.rank, options.alpha, options.seed)
        self.optimiser = torch.optim.AdamW(self.lora.parameters(), options.rate, (0.9, 0.98), weight_decay=0.0)
        self.mean = None
        self.progress = {"step": 0, "samples": 0, "tokens": 0, "seconds": 0.0}
        self.stream, self.sums = examples(self.pool, load(options), rng), [0.0, 0, 0]

    def step(self):
        """Rate: warm-up, then half a cosine"""
        start, progress, n = time.time(), self.progress, self.options.batch
        done = progress["seconds"] / 60 / self.options.minutes
        rate = self.options.rate * min(1, (progress["step"] + 1) / WARM_STEPS) * 0.5 * (1 + math.cos(math.pi * done))
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        for _ in range(n):
            example = next(self.stream)
            loss, *right = example.loss(self.pool, self.lora)
            (loss / n).backward()
            self.sums = [a + b for a, b in zip(self.sums, (float(loss.detach()), *right))]
            progress["tokens"] += len(example.question.weights) * len(example.chunks)
        torch.nn.utils.clip_grad_norm_(self.lora.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad()
        progress["step"] += 1
        progress["samples"] += n
        progress["seconds"] += time.time() - start

    def report(self):
        loss, right, frozen = (round(x / LOG_STEPS / self.options.batch, 3) for x in self.sums)
        self.sums = [0.0, 0, 0]
        return {**self.progress, "loss": loss, "right": right, "frozen right": frozen}


if __name__ == "__main__":
    torch.set_num_threads(1)
    checkpoint.run(Trainer(arguments()), LOG_STEPS, SAVE_STEPS)
