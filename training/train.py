"""Trains the candidate adapter of one base model. Stops after --minutes, on a SIGTERM, or when asked to (Ctrl-C), and
always leaves a checkpoint that `--resume` goes on from."""
import argparse
import json
import random
import signal
import time
from pathlib import Path

import torch

import checkpoint
import texts
from chunks import Pool, Sample, draw
from data import Data
from gguf_model import Model
from lora import Lora, from_adapter
from losses import cross_entropy, divergence, targets, teacher_logits
from passes import answer_logits, candidates

MIX = {"fact": 0.58, "span": 0.14, "quote": 0.14, "next": 0.04, "real": 0.10}
TAUGHT = ("real",)  # kinds with KL to the full-window teacher: a second pass C, so only where the wording is free
MAX_SAMPLES = 10
MAX_LEARNED = 4  # chunks of a sample whose candidates get a gradient: the gold one and random others
LARGE_K = 0.25  # share of the steps with 8 … 64 chunks
FIRST_CHUNKS = 72  # read before the first step; the pool grows to its size while training
LONGEST = (200, 300, 640)  # tokens of the longest chunk in a step, drawn anew: padding costs


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--model", required=True, help="base GGUF")
    add("--documents", required=True, help="folder of packaged manuals")
    add("--train-data", required=True, help="folder of question sets")
    add("--out", required=True, help="folder of checkpoints and log")
    add("--resume", action="store_true", help="go on from --out")
    add("--from-adapter", help="GGUF adapter to start from")
    add("--rank", type=int, default=32)
    add("--alpha", type=float, default=64.0)
    add("--rate", type=float, default=1.2e-3)
    add("--minutes", type=float, default=60.0, help="length of the whole run; the rate falls in its last 40 %%")
    add("--pool", type=int, default=420, help="chunks whose KV is in memory")
    add("--fresh", type=float, default=1.0, help="new chunks a step")
    add("--rows", type=int, default=40, help="chunks of a step, over all its samples; one sample may have more")
    add("--threads", type=int, default=1)
    add("--seed", type=int, default=0)
    return parser.parse_args()


class Trainer:
    def __init__(self, options):
        self.options, self.rng = options, random.Random(options.seed)
        device = "cuda" if torch.cuda.is_available() else "cpu"
        self.model = Model(options.model, device=device)
        documents = texts.load(options.documents, options.train_data)
        words = texts.vocabulary(documents)
        self.progress = {"step": 0, "samples": 0, "tokens": 0, "seconds": 0.0}
        self.lora = (
            from_adapter(self.model, options.from_adapter, options.rank)
            if options.from_adapter
            else Lora(self.model, options.rank, options.alpha, options.seed)
        )
        self.optimiser = torch.optim.AdamW(self.lora.parameters(), options.rate, (0.9, 0.98), weight_decay=0.0)
        if options.resume:
            checkpoint.load(options.out, self.lora, self.optimiser, self.progress)
        seed = options.seed + 1000 * self.progress["step"]  # a resumed run reads other text, not the same again
        self.rng.seed(seed)
        self.data = Data(documents, words, self.model.tokenizer, held_out=False, seed=seed)
        self.pool = Pool(self.model)
        self.owed, self.log = 0.0, {}

    def refill(self, n_chunks):
        """Runs of 8 … 40 chunks; small chunks come in long runs"""
        while n_chunks > 0:
            run = self.data.run(self.rng.randint(8, 40))
            if sum(len(c.tokens) for c in run) <= 6000 and run:
                self.pool.add(run)
                n_chunks -= len(run)
        self.owed = n_chunks
        self.pool.drop_oldest(self.options.pool)

    def schedule(self):
        """Warm-up of 20 steps, flat, linear to a twentieth in the last 40 % of the time"""
        done = self.progress["seconds"] / 60 / self.options.minutes
        rate = self.options.rate * min(1.0, (self.progress["step"] + 1) / 20)
        self.data.longest = 6 + int(10 * min(1.0, 2 * done))
        for group in self.optimiser.param_groups:
            group["lr"] = rate * (1.0 if done < 0.6 else max(0.05, (1 - done) / 0.4))

    def batch(self):
        """Samples of one kind and one number of chunks k: log-uniform in 1 … 8 or, for a share of the steps, 8 … 64"""
        kind = self.rng.choices(list(MIX), list(MIX.values()))[0]
        low, high = (0, 3) if self.rng.random() > LARGE_K else (3, 6)
        k = round(2 ** self.rng.uniform(low, high))
        size = max(1, min(MAX_SAMPLES, self.options.rows // k))
        longest = self.rng.choices(LONGEST, (0.55, 0.33, 0.12))[0]
        if draw(self.pool, self.rng, kind, k, longest) is None:
            kind, longest = "fact", LONGEST[-1]
        samples = [draw(self.pool, self.rng, kind, k, longest) for _ in range(size)]
        if k > 1 and self.rng.random() < 0.3:
            for s in samples:
                s.real = self.real_chunks(s)
        return samples

    def real_chunks(self, sample):
        """One or two chunks whose own rows stand in the window too: half of the time the gold one is among them"""
        wrong = [c for c in sample.chunks if c is not sample.chunks[sample.gold]]
        chosen = self.rng.sample(wrong, min(len(wrong), self.rng.choice((1, 1, 2))))
        if self.rng.random() < 0.5:
            chosen[0] = sample.chunks[sample.gold]
        return [c for c in sample.chunks if any(c is other for other in chosen)]

    def learned_candidates(self, samples):
        """All candidates of the samples, in order; the backward pass goes through MAX_LEARNED chunks of each alone"""
        learned, still, at = [], [], 0
        for s in samples:
            others = [i for i in range(len(s.chunks)) if i != s.gold]
            picked = sorted([s.gold, *self.rng.sample(others, min(len(others), MAX_LEARNED - 1))])
            learned.append((s, at, picked))
            still.append((s, at, [i for i in others if i not in picked]))
            at += len(s.chunks)
        order = torch.tensor([at + i for half in (learned, still) for _, at, some in half for i in some]).argsort()
        halves = [[Sample(s.task, [s.chunks[i] for i in some], 0) for s, _, some in half if some] for half in (learned, still)]
        rows = candidates(self.pool, halves[0], self.lora)
        if not halves[1]:
            return rows
        with torch.no_grad():
            more = candidates(self.pool, halves[1], self.lora)
        return [tuple(torch.cat(pair)[order] for pair in zip(*layers)) for layers in zip(rows, more)]

    def step(self):
        start = time.time()
        self.owed += self.options.fresh
        if self.owed >= 16:
            self.refill(self.owed)
        self.schedule()
        samples = self.batch()
        kind = samples[0].task.kind
        rows = self.learned_candidates(samples)
        logits = answer_logits(self.pool, samples, rows)
        tokens, weights, value = targets(samples, self.model.device)
        loss, each = cross_entropy(logits, tokens, weights)
        total = loss if kind not in TAUGHT else loss + divergence(teacher_logits(self.pool, samples), logits, weights)
        total.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.lora.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad()
        hit = (logits.argmax(-1) == tokens) & value
        self.note(samples, kind, each[value].sum(), value.sum(), hit.sum())
        self.progress["step"] += 1
        self.progress["samples"] += len(samples)
        self.progress["tokens"] += int((weights > 0).sum())
        self.progress["seconds"] += time.time() - start
        return float(norm)

    def note(self, samples, kind, nats, count, hits):
        k = len(samples[0].chunks)
        name = f"{kind}{'+real' if samples[0].real else ''} k{'<=8' if k <= 8 else '>8'}"
        entry = self.log.setdefault(name, [0.0, 0, 0])
        for i, x in enumerate((nats, count, hits)):
            entry[i] += float(x)

    def run(self):
        stop = []
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.append(True))
        folder = Path(self.options.out)
        folder.mkdir(parents=True, exist_ok=True)
        log = open(folder / "log.jsonl", "a")
        say = lambda entry: print(line := json.dumps(entry), file=log, flush=True) or print(line, flush=True)
        say({"options": vars(self.options), "from": self.progress})
        self.refill(FIRST_CHUNKS)
        while not stop and self.progress["seconds"] < 60 * self.options.minutes:
            norm = self.step()
            if self.progress["step"] % 10 == 0:
                train = {k: [round(n / c, 3), round(h / c, 3), int(c)] for k, (n, c, h) in sorted(self.log.items())}
                rate = self.optimiser.param_groups[0]["lr"]
                say({**self.progress, "seconds": round(self.progress["seconds"]), "rate": rate, "norm": norm, "train": train})
                self.log = {}
            if self.progress["step"] % 50 == 0:
                checkpoint.save(self.options.out, self.lora, self.optimiser, self.progress)
        checkpoint.save(self.options.out, self.lora, self.optimiser, self.progress)


if __name__ == "__main__":
    options = arguments()
    torch.set_num_threads(options.threads)
    Trainer(options).run()
