"""Trains the candidate adapter of one base model. Stops after --minutes, on SIGTERM or Ctrl-C, and always leaves a
checkpoint that --resume goes on from."""
import argparse
import json
import random
import resource
import signal
import time
from pathlib import Path

import torch

import checkpoint
import texts
from batches import MIX, MOST_PLACED, batch, learned_candidates, placed_chunks
from chunks import Pool
from data import Data
from gguf_model import Model
from lora import M, Lora, from_adapter
from losses import cross_entropy, divergence, targets, teacher_logits
from passes import answer_logits

TAUGHT = ("real",)  # kinds with KL to the full-window teacher: a second pass C, so only where the wording is free
FIRST_CHUNKS = 64  # read before the first step; the pool grows to its size while training
MOST_RUN_TOKENS = 6000  # so that one run does not fill the pool
WARM_STEPS, FLAT_SHARE, LAST_RATE = 20, 0.6, 0.05
LOG_STEPS, SAVE_STEPS = 10, 50


def shares(text):
    return {kind: float(share) for kind, share in (part.split("=") for part in text.split(","))}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--model", required=True, help="base GGUF")
    add("--documents", required=True, help="folder of packaged manuals")
    add("--train-data", required=True, help="folder of question sets")
    add("--out", required=True, help="folder of checkpoint and log")
    add("--resume", action="store_true", help="go on from --out")
    add("--from-adapter", help="GGUF adapter to start from")
    add("--rank", type=int, default=32)
    add("--alpha", type=float, default=64.0)
    add("--m", type=int, default=M, help="candidates a chunk")
    add("--mix", type=shares, default=MIX, help="shares of the kinds of task, such as span=0.5,next=0.5")
    add("--most-chunks", type=int, default=MOST_PLACED, help="chunks' candidates in a window")
    add("--rate", type=float, default=1.2e-3)
    add("--minutes", type=float, default=60.0, help="of all steps, resumed ones too; the rate falls in the last 40 %%")
    add("--pool", type=int, default=420, help="chunks whose KV is in memory")
    add("--fresh", type=float, default=1.0, help="new chunks a step")
    add("--rows", type=int, default=40, help="chunks of a step, over all its samples; one sample may have more")
    add("--threads", type=int, default=1)
    add("--seed", type=int, default=0)
    return parser.parse_args()


class Trainer:
    def __init__(self, options):
        self.options = options
        self.model = Model(options.model, device="cuda" if torch.cuda.is_available() else "cpu")
        if options.from_adapter:
            self.lora = from_adapter(self.model, options.from_adapter, options.rank)
        else:
            self.lora = Lora(self.model, options.rank, options.alpha, options.seed, options.m)
        self.optimiser = torch.optim.AdamW(self.lora.parameters(), options.rate, (0.9, 0.98), weight_decay=0.0)
        self.progress = {"step": 0, "samples": 0, "tokens": 0, "seconds": 0.0}
        if options.resume:
            checkpoint.load(options.out, self.lora, self.optimiser, self.progress)
        seed = options.seed + 1000 * self.progress["step"]  # a resumed run reads other text, not the same again
        self.rng = random.Random(seed)
        documents = texts.load(options.documents, options.train_data)
        words = texts.vocabulary(documents)
        self.data = Data(documents, words, self.model.tokenizer, held_out=False, seed=seed)
        self.pool, self.owed, self.losses = Pool(self.model), 0.0, {}

    def refill(self, n_chunks):
        """Reads whole runs, `n_chunks` chunks or more; what is too much is not owed later"""
        while n_chunks > 0:
            run = self.data.run(self.rng.randint(8, 40))
            if run and sum(len(c.tokens) for c in run) <= MOST_RUN_TOKENS:
                self.pool.add(run)
                n_chunks -= len(run)
        self.owed = n_chunks
        self.pool.drop_oldest(self.options.pool)

    def schedule(self):
        """Rate: warm-up, flat, then linear. Quoted values grow from 2 to 8 words."""
        done = self.progress["seconds"] / 60 / self.options.minutes
        self.data.longest = 2 + int(6 * done)
        rate = self.options.rate * min(1.0, (self.progress["step"] + 1) / WARM_STEPS)
        fall = 1.0 if done < FLAT_SHARE else max(LAST_RATE, (1 - done) / (1 - FLAT_SHARE))
        for group in self.optimiser.param_groups:
            group["lr"] = rate * fall

    def step(self):
        start = time.time()
        self.owed += self.options.fresh
        if self.owed >= 16:
            self.refill(self.owed)
        self.schedule()
        samples = batch(self.pool, self.rng, self.options.rows, self.options.mix, self.options.most_chunks)
        rows = learned_candidates(self.pool, samples, self.lora, self.rng)
        keep = placed_chunks(samples, self.rng, self.options.most_chunks)
        logits = answer_logits(self.pool, samples, rows, keep)
        tokens, weights, value = targets(samples, self.model.device)
        loss, each = cross_entropy(logits, tokens, weights)
        if samples[0].task.kind in TAUGHT:
            loss = loss + divergence(teacher_logits(self.pool, samples), logits, weights)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.lora.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad()
        hit = (logits.argmax(-1) == tokens) & value
        self.note(samples, max(map(len, keep or [s.chunks for s in samples])), (each[value].sum(), value.sum(), hit.sum()))
        self.progress["step"] += 1
        self.progress["samples"] += len(samples)
        self.progress["tokens"] += int((weights > 0).sum())
        self.progress["seconds"] += time.time() - start

    def note(self, samples, k, measured):
        """Adds up nats, number and hits of value tokens by kind of task and number of chunks in the window"""
        first = samples[0]
        size = "<=8" if k <= 8 else "<=64" if k <= 64 else ">64"
        name = f"{first.task.kind}{'+real' if first.real else ''} k{size}"
        entry = self.losses.setdefault(name, [0.0, 0.0, 0.0])
        self.losses[name] = [x + float(y) for x, y in zip(entry, measured)]

    def report(self):
        train = {k: [round(n / c, 3), round(h / c, 3), int(c)] for k, (n, c, h) in sorted(self.losses.items())}
        self.losses = {}
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 20  # GB at the most so far
        return {**self.progress, "rate": self.optimiser.param_groups[0]["lr"], "GB": memory, "train": train}

    def save(self):
        checkpoint.save(self.options.out, self.lora, self.optimiser, self.progress)

    def run(self):
        stop = []
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.append(True))
        folder = Path(self.options.out)
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "log.jsonl", "a", buffering=1) as log:
            say = lambda entry: print(json.dumps(entry), file=log)
            say({"options": vars(self.options), "from": self.progress})
            self.refill(FIRST_CHUNKS)
            while not stop and self.progress["seconds"] < 60 * self.options.minutes:
                self.step()
                if self.progress["step"] % LOG_STEPS == 0:
                    say(self.report())
                if self.progress["step"] % SAVE_STEPS == 0:
                    self.save()
            self.save()


if __name__ == "__main__":
    options = arguments()
    torch.set_num_threads(options.threads)
    Trainer(options).run()
