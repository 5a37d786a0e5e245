"""Chunks with their cached KV behind the shared prefix. A pool holds some hundred; old runs leave as fresh ones come."""
from dataclasses import dataclass, field

import numpy as np
import torch

from gguf_model import causal, forward

PREFIX = "Passage:\n"  # prompts/prefix.txt


@dataclass
class Task:
    """A question about one chunk, or text to go on with."""

    kind: str
    key: str  # what is asked for: other chunks with the same key must not stand beside this one
    local: list  # token ids
    answer: list  # token ids
    weights: list  # loss weight of each answer token
    value: slice  # answer tokens that must be right
    before: list = field(default_factory=list)  # token ids of the local context in front of what is the dynamic prompt


@dataclass
class Chunk:
    tokens: list
    tasks: list = field(default_factory=list)
    kv: torch.Tensor = None  # (n_layers, 2, n_kv, nTokens, head_dim), K rotated to positions P + start …
    start: int = 0  # tokens of its text before it, of which it has no rows


class Pool:
    def __init__(self, model):
        self.model, self.runs = model, []
        self.prefix = model.beginning + model.tokenizer.encode(PREFIX)
        self.P = len(self.prefix)
        self.prefix_kv = None
        self.prefix_kv = self.prefill([self.prefix])[0]

    @torch.no_grad()
    def prefill(self, token_lists):
        """KV of token lists, each behind the prefix. About 1,000 tokens a second on one Zen 5 core in bf16."""
        m = self.model
        tokens, lengths = pad(token_lists, m.device)
        B, T = tokens.shape
        out = [torch.empty(m.n_layers, 2, m.n_kv, n, m.head_dim, dtype=m.dtype, device=m.device) for n in lengths]

        def write(l, _, k, v):
            for i, n in enumerate(lengths):
                out[i][l, 0], out[i][l, 1] = k[i, :, :n], v[i, :, :n]

        P = 0 if self.prefix_kv is None else self.P
        mask = torch.cat([torch.zeros(T, P, device=m.device), causal(T, m.device)], -1)[None, None, None]
        pos = (P + torch.arange(T, device=m.device)).expand(B, T)
        forward(m, m.embed(tokens), pos, lambda l: self.prefix_segment(l, B) if P else [], mask, write=write)
        return out

    def prefix_segment(self, l, B):
        k, v = self.prefix_kv[l]
        return [(k.expand(B, -1, -1, -1), v.expand(B, -1, -1, -1))]

    def add(self, run, batch=8):
        """Reads a run of chunks that follow each other in a document."""
        for at in range(0, len(run), batch):
            some = run[at : at + batch]
            for chunk, kv in zip(some, self.prefill([c.tokens for c in some])):
                chunk.kv = kv
        self.runs.append(run)

    def drop_oldest(self, n_chunks):
        """Forgets runs from the front while `n_chunks` are left without them."""
        while len(self.runs) > 1 and self.size - len(self.runs[0]) >= n_chunks:
            self.runs.pop(0)

    @property
    def size(self):
        return sum(map(len, self.runs))

    def gather(self, chunks):
        """-> KV by layer, each (2, B, n_kv, longest, head_dim), padded with zeros, and lengths (B)"""
        m = self.model
        lengths = [c.kv.shape[3] for c in chunks]
        shape = (2, len(chunks), m.n_kv, max(lengths), m.head_dim)
        kv = [torch.empty(shape, dtype=m.dtype, device=m.device) for _ in range(m.n_layers)]
        for l, layer in enumerate(kv):  # a tensor each: blocks of some MB are used again, one large one is mapped anew
            for i, c in enumerate(chunks):
                layer[:, i, :, : lengths[i]] = c.kv[l]
                layer[:, i, :, lengths[i] :] = 0
        return kv, torch.tensor(lengths, device=m.device)


@dataclass
class Sample:
    task: Task
    chunks: list  # k chunks in order
    gold: int  # index of the one that holds the answer
    real: list = field(default_factory=list)  # chunks whose own rows stand behind the candidates


def draw(pool, rng, kind, k, longest=1 << 20):
    """A task of the given kind with k chunks of at most `longest` tokens (padding costs): the gold one's neighbours, and
    chunks from elsewhere when they run out. None when no run has such a task."""
    runs = [run for run in pool.runs if all(len(c.tokens) <= longest for c in run)]
    found = [(run, i, t) for run in runs for i, c in enumerate(run) for t in c.tasks if t.kind == kind]
    if not found:
        return None
    run, at, task = rng.choice(found)
    first = at - rng.randint(0, k - 1)
    near = [c for c in run[max(0, first) : first + k] if c is run[at] or not holds(c, task.key)]
    far = [c for other in rng.sample(runs, len(runs)) if other is not run for c in other]
    far = [c for c in far if not holds(c, task.key)]
    extra = rng.sample(far, min(k - len(near), len(far)))
    cut = rng.randint(0, len(extra))
    chunks = extra[:cut] + near + extra[cut:]
    return Sample(task, chunks, next(i for i, c in enumerate(chunks) if c is run[at]))


def holds(chunk, key):
    return any(task.key == key for task in chunk.tasks)


def pad(lists, device="cpu"):
    """-> token ids (B, longest) padded with 0, lengths as a list"""
    lengths = [len(x) for x in lists]
    tokens = np.zeros((len(lists), max(lengths)), dtype=np.int64)
    for i, x in enumerate(lists):
        tokens[i, : lengths[i]] = x
    return torch.from_numpy(tokens).to(device), lengths
