"""Trains a condenser: a LoRA on question and answer behind a chunk that the frozen model has read. It answers from the chunk in
a few words, or says none. Leaves DIR/latest.pt, as train.py does."""
import argparse
import math
import time
from collections import Counter

import torch

import checkpoint
from condenser_documents import load
from condenser_losses import losses
from condenser_rows import Rows
from condenser_scores import Form
from condenser_workers import batches, merged, stream
from gguf_model import Model
from lora import Lora, from_adapter

LOG_STEPS, SAVE_STEPS, WARM_STEPS = 10, 25, 15
LEAST_RATE = 0.05  # of the rate, at the end


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    add = parser.add_argument
    add("questions", nargs="+", help="SOURCE.train.jsonl.gz; SOURCE.docs.jsonl.gz is read where it stands beside one")
    add("--model", required=True, help="base GGUF")
    add("--out", required=True)
    add("--from-adapter", help="condenser GGUF to go on from")
    add("--resume", action="store_true", help="go on from DIR/latest.pt")
    add("--rank", type=int, default=32)
    add("--alpha", type=float, default=64.0)
    add("--rate", type=float, default=8e-4)
    add("--mean", type=float, default=0.99, help="of the mean of weights that is exported: share kept a step; 0: the last weights")
    add("--minutes", type=float, default=60.0, help="in all, resumed runs too")
    add("--batch", type=int, default=8, help="questions a step, or some more")
    add("--feed-forward", type=int, default=0, help="rank of the feed-forward's matrices")
    add("--workers", type=int, default=0, help="processes that make examples; 0: none but the trainer's own")
    add("--threads", type=int, default=1)
    add("--seed", type=int, default=0)
    return parser.parse_args()


class Trainer:
    def __init__(self, options):
        self.options = options
        device = "cuda" if torch.cuda.is_available() else "cpu"
        torch.backends.cuda.matmul.allow_tf32 = True
        self.model = model = Model(options.model, device=device)
        self.none = Form(model.tokenizer).none
        fresh = lambda: Lora(model, options.rank, options.alpha, options.seed, m=None, feed_forward=options.feed_forward)
        known = lambda: from_adapter(model, options.from_adapter, feed_forward=options.feed_forward)
        self.lora = known() if options.from_adapter else fresh()
        self.optimiser = torch.optim.AdamW(self.lora.parameters(), options.rate, (0.9, 0.98), weight_decay=0.0)
        self.progress = {"step": 0, "samples": 0, "tokens": 0, "seconds": 0.0}
        self.mean = None
        if options.resume:
            self.mean = checkpoint.load(options.out, self.lora, self.optimiser, self.progress)
        if options.mean and self.mean is None:
            self.mean = self.lora.state()
        self.mean = {name: mean.to(device) for name, mean in (self.mean or {}).items()}
        seed = options.seed + self.progress["step"]  # a resumed run draws other excerpts than before
        excerpts = stream(load(options.questions, options.seed), model.tokenizer, seed, options.workers)
        self.stream = batches(excerpts, options.batch)
        self.sums, self.first_step = Counter(), self.progress["step"]

    def step(self):
        """Rate: warm-up, then half a cosine"""
        start, progress = time.time(), self.progress
        done = min(1.0, progress["seconds"] / 60 / self.options.minutes)
        cosine = LEAST_RATE + (1 - LEAST_RATE) * 0.5 * (1 + math.cos(math.pi * done))
        warm = min(1, (progress["step"] - self.first_step + 1) / WARM_STEPS)
        for group in self.optimiser.param_groups:
            group["lr"] = self.options.rate * warm * cosine
        chunks, examples = merged(next(self.stream))
        loss, margins, nats = losses(Rows(self.model, chunks), self.none, examples, self.lora)
        (loss / len(examples)).backward()
        torch.nn.utils.clip_grad_norm_(self.lora.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad()
        if self.mean:
            torch._foreach_lerp_(list(self.mean.values()), [w.detach() for w in self.lora.parameters()], 1 - self.options.mean)
        self.count(examples, margins, nats, float(loss.detach()))
        progress["step"] += 1
        progress["samples"] += len(examples)
        progress["tokens"] += sum(map(len, margins)) + sum(len(e.answer) for e in examples)  # supervised
        progress["seconds"] += time.time() - start

    def count(self, examples, margins, nats, loss):
        sums = self.sums
        sums["loss"] += loss
        for e, m, nat in zip(examples, margins, nats, strict=True):
            kind = "answerable" if e.answerable else "unanswerable"
            best = m.max()
            add = {"n": 1, f"{kind} n": 1, f"{kind} right": float((m[0] > 0) == e.answerable)}
            add |= {f"{kind} all right": float(m.argmax() == 0 and best > 0) if e.answerable else float(best <= 0)}
            if e.answerable:
                add |= {"first": float(m.argmax() == 0), "bm25 first": float(e.bm25_first)}
            if nat is not None:
                add |= {"answers": 1, "nats": nat}
            sums.update(add)

    def report(self):
        """Means since the last report: first: gold has the best margin; right: the sign of the first chunk's margin; all
        right: the sign of the best margin, and where it belongs"""
        s = self.sums
        over = {"loss": "n", "nats": "answers", "first": "answerable n", "bm25 first": "answerable n"}
        over |= {f"{k} {what}": f"{k} n" for k in ("answerable", "unanswerable") for what in ("right", "all right")}
        means = {name: round(s[name] / s[n], 3) for name, n in over.items() if s[n]}
        self.sums = Counter()
        return {**self.progress, "seconds": round(self.progress["seconds"]), **means}


if __name__ == "__main__":
    options = arguments(__doc__)
    torch.set_num_threads(options.threads)
    checkpoint.run(Trainer(options), LOG_STEPS, SAVE_STEPS)
