"""What a step trains on: samples of one kind of task and one number of chunks."""
import torch

from chunks import Sample, draw
from passes import candidates

MIX = {"fact": 0.90, "span": 0.02, "quote": 0.04, "next": 0.02, "real": 0.02}
MAX_SAMPLES = 10
LARGE_K = 0.4  # share of the steps with 8 … 64 chunks
LONGEST = {200: 0.55, 300: 0.33, 640: 0.12}  # tokens of the longest chunk in a step: padding costs
MIXED = 0.3  # share of the steps whose windows have real rows too
MAX_LEARNED = 4  # chunks of a sample whose candidates get a gradient: the gold one and random others


def batch(pool, rng, max_rows):
    """Samples of one kind and one k: log-uniform in 1 … 8 or, for a share of the steps, 8 … 64"""
    kind = rng.choices(list(MIX), list(MIX.values()))[0]
    low, high = (3, 6) if rng.random() < LARGE_K else (0, 3)
    k = round(2 ** rng.uniform(low, high))
    longest = rng.choices(list(LONGEST), list(LONGEST.values()))[0]
    if draw(pool, rng, kind, k, longest) is None:
        kind, longest = "fact", max(LONGEST)
    size = max(1, min(MAX_SAMPLES, max_rows // k))
    samples = [draw(pool, rng, kind, k, longest) for _ in range(size)]
    if k > 1 and rng.random() < MIXED:
        for s in samples:
            s.real = real_chunks(s, rng)
    return samples


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
    with torch.no_grad():
        more = candidates(pool, parts(still), lora)
    order = torch.tensor([at + i for _, at, some in learned + still for i in some], device=rows[0][0].device).argsort()
    return [tuple(torch.cat(pair)[order] for pair in zip(*layers)) for layers in zip(rows, more)]
