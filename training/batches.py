"""What a step trains on: samples of one kind of task and one number of chunks."""
import math

import torch

from chunks import Sample, draw
from passes import candidates, joined, rows_of

MIX = {"fact": 0.81, "span": 0.03, "quote": 0.05, "next": 0.03, "real": 0.08}
MAX_SAMPLES = 10
K_SHARES = {(1, 8): 0.58, (8, 64): 0.38, (64, 200): 0.04}  # number of chunks in a step, log-uniform within each
REPEATED = 0.5  # share of the steps that place the wrong chunks' candidates many times over: windows of up to MOST_PLACED
MOST_PLACED = 960  # chunks' candidates in a window: 960 * 8 rows stay within 8,192 positions
MOST_TOKENS = 2400  # evaluated behind the candidates of a step, padding too: activations take 1 MB each in fp32
MOST_SEEN = 100_000  # tokens times chunks that each sees in such a step: their attention scores take 4 GB in fp32
LONGEST = {200: 0.55, 300: 0.33, 640: 0.12}  # tokens of the longest chunk in a step: padding costs
MIXED = 0.3  # share of the steps whose windows have real rows too
MAX_LEARNED = 4  # chunks of a sample whose candidates get a gradient: the gold one and random others


def batch(pool, rng, max_rows, mix=MIX, most=MOST_PLACED):
    """Samples of one kind and one k, at most `most`"""
    kind = rng.choices(list(mix), list(mix.values()))[0]
    low, high = rng.choices(list(K_SHARES), list(K_SHARES.values()))[0]
    k = min(most, round(math.exp(rng.uniform(math.log(low), math.log(high)))))
    longest = rng.choices(list(LONGEST), list(LONGEST.values()))[0]
    if draw(pool, rng, kind, k, longest) is None:
        kind, longest = max(mix, key=mix.get), max(LONGEST)
    size = max(1, min(MAX_SAMPLES, max_rows // k))
    samples = [draw(pool, rng, kind, k, longest) for _ in range(size)]
    samples = samples[: max(1, MOST_TOKENS // max(map(n_evaluated, samples)))]
    if k > 1 and rng.random() < MIXED:
        for s in samples:
            s.real = real_chunks(s, rng)
    return samples


def n_evaluated(sample):
    """Tokens behind the candidates"""
    return len(sample.task.before + sample.task.local + sample.task.answer)


def placed_chunks(samples, rng, most=MOST_PLACED):
    """Per sample, the chunks whose candidates stand in the window, in order: each once, or the gold one once and the
    others many times over. Rows are copied, not computed, so a window of hundreds of chunks costs little more than one
    of ten; what it teaches is to find one chunk's rows among thousands of others."""
    k = min(len(s.chunks) for s in samples)
    if k < 2 or rng.random() >= REPEATED:
        return None
    most = max(k, min(most, MOST_SEEN // max(map(n_evaluated, samples))) // len(samples))
    size = round(math.exp(rng.uniform(math.log(k), math.log(most))))
    return [repeated(s, size, rng) for s in samples]


def repeated(sample, size, rng):
    wrong = [i for i in range(len(sample.chunks)) if i != sample.gold]
    more = (wrong * (size // len(wrong) + 1))[: max(len(wrong), size - 1)]
    rng.shuffle(more)
    at = rng.randint(0, len(more))
    return [*more[:at], sample.gold, *more[at:]]


def real_chunks(sample, rng):
    """One or two chunks whose own rows stand in the window too: half of the time the gold one is among them"""
    wrong = [i for i in range(len(sample.chunks)) if i != sample.gold]
    chosen = rng.sample(wrong, min(len(wrong), rng.choice((1, 1, 2))))
    if not chosen or rng.random() < 0.5:
        chosen[:1] = [sample.gold]
    return [sample.chunks[i] for i in sorted(chosen)]


def learned_candidates(pool, samples, lora, rng):
    """All candidates of the samples, in order; the backward pass goes through MAX_LEARNED chunks of each alone"""
    learned, still, at = [], [], 0
    for s in samples:
        others = [i for i in range(len(s.chunks)) if i != s.gold]
        picked = sorted([s.gold, *rng.sample(others, min(len(others), MAX_LEARNED - 1))])
        learned.append((s, at, picked))
        still.append((s, at, [i for i in others if i not in picked]))
        at += len(s.chunks)
    parts = lambda half: [Sample(s.task, [s.chunks[i] for i in some], 0) for s, _, some in half if some]
    rows = candidates(pool, parts(learned), lora)
    if not parts(still):
        return rows
    more = joined([rows_of(pool, part.task, part.chunks, lora) for part in parts(still)])
    order = torch.tensor([at + i for _, at, some in learned + still for i in some], device=rows[0][0].device).argsort()
    return [tuple(both[order] for both in layer) for layer in joined([rows, more])]
