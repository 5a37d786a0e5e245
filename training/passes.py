"""FocusLLM's passes over cached chunks (arXiv 2408.11745, sections 2.2 and 2.3), in the form that FORM.md fixes:
A. the dynamic prompt behind every chunk, plain weights; B. its last m tokens, with the adapter: the candidates;
C. the local context and the answer behind all candidates, plain weights."""
import torch

from chunks import Sample, pad
from gguf_model import causal, forward, visible
from lora import M


def candidates(pool, samples, lora):
    """-> per layer (K before RoPE, V), each (rows, n_kv, m, head_dim); rows: all chunks of all samples, in order"""
    model, P, m = pool.model, pool.P, lora.m if lora else M
    device = model.device
    kv, n = pool.gather([c for s in samples for c in s.chunks])
    tokens, lengths = pad([s.task.local for s in samples for _ in s.chunks], device)
    R, n_local = len(n), torch.tensor(lengths, device=device)
    T = max(lengths) - m
    own = []
    behind = lambda l: [*pool.prefix_segment(l, R), (kv[l][0], kv[l][1])]
    seen = torch.cat([torch.zeros(R, P, device=device), visible(n, kv[0].shape[3])], -1)[:, None]  # (R, 1, P+S)
    with torch.no_grad():
        mask = torch.cat([seen.expand(-1, T, -1), causal(T, device).expand(R, -1, -1)], -1)[:, None, None]
        pos = P + n[:, None] + torch.arange(T, device=device)
        forward(model, model.embed(tokens[:, :T]), pos, behind, mask, write=lambda l, _, k, v: own.append((k, v)))
    at = (n_local - m)[:, None] + torch.arange(m, device=device)  # (R, m) the last m local tokens
    seen = torch.cat([seen, visible(n_local - m, T)[:, None]], -1)
    mask = torch.cat([seen.expand(-1, m, -1), causal(m, device).expand(R, -1, -1)], -1)[:, None, None]
    rows = []
    forward(
        model,
        model.embed(tokens.gather(1, at)),
        P + n[:, None] + at,
        lambda l: [*behind(l), own[l]],
        mask,
        lora=lora,
        write=lambda l, flat_k, _, v: rows.append((flat_k, v)),
    )
    return rows


@torch.no_grad()
def rows_of(pool, task, chunks, lora, batch=64):
    """Candidates of all chunks under one question, some at a time and without gradient: per layer (K, V), each
    (nChunks, n_kv, m, head_dim)"""
    parts = [
        candidates(pool, [Sample(task, chunks[at : at + batch], 0)], lora) for at in range(0, len(chunks), batch)
    ]
    return joined(parts)


def joined(parts):
    """The rows of several chunks or samples behind each other: per layer (K, V)"""
    return [tuple(map(torch.cat, zip(*layers))) for layers in zip(*parts)]


def window(pool, samples, rows=None, keep=None):
    """What stands before the local context: [prefix][candidates, if `rows`][real chunk rows, if a sample has some].

    keep: per sample, indexes of the chunks whose candidates are placed; all by default.
    -> segments by layer, additive mask (B, width), next free position (B)"""
    P, B, device = pool.P, len(samples), pool.model.device
    start = torch.full((B,), P, device=device)
    parts, seen = [lambda l: pool.prefix_segment(l, B)[0]], [torch.zeros(B, P, device=device)]
    more = [] if rows is None else [placed(pool, samples, rows, keep)]
    start = start + more[0][1] if more else start
    for slot in range(max(len(s.real) for s in samples)):
        more.append(real_rows(pool, [s.real[slot] if slot < len(s.real) else None for s in samples], start))
        start = start + more[-1][1]
    for part, count, size in more:
        parts.append(part)
        seen.append(visible(count, size))
    return parts, torch.cat(seen, -1), start


def answer_logits(pool, samples, rows=None, keep=None):
    """Pass C. -> logits (B, longest answer, vocabulary) that predict the answer's tokens"""
    model, B, device = pool.model, len(samples), pool.model.device
    parts, seen, start = window(pool, samples, rows, keep)
    tokens, _ = pad([s.task.before + s.task.local + s.task.answer[:-1] for s in samples], device)
    T = tokens.shape[1]
    mask = torch.cat([seen[:, None].expand(-1, T, -1), causal(T, device).expand(B, -1, -1)], -1)[:, None, None]
    pos = start[:, None] + torch.arange(T, device=device)
    h = forward(model, model.embed(tokens), pos, lambda l: [part(l) for part in parts], mask)
    longest = max(len(s.task.answer) for s in samples)
    first = torch.tensor([len(s.task.before + s.task.local) - 1 for s in samples], device=device)
    at = (first[:, None] + torch.arange(longest, device=device)).clamp(max=T - 1)
    return model.logits(h.gather(1, at[..., None].expand(-1, -1, model.d_model)))


def placed(pool, samples, rows, keep):
    """Candidates at P …, chunk after chunk. -> segment by layer, rows a sample (B), width"""
    model, B, m = pool.model, len(samples), rows[0][0].shape[2]
    index, at = [], 0
    for i, s in enumerate(samples):
        index.append([at + j for j in (range(len(s.chunks)) if keep is None else keep[i])])
        at += len(s.chunks)
    count = torch.tensor([len(x) for x in index], device=model.device) * m
    index, _ = pad([x or [0] for x in index], model.device)
    size = index.shape[1] * m
    turns = model.turns((pool.P + torch.arange(size, device=model.device))[None])
    line = lambda x: x[index].permute(0, 2, 1, 3, 4).reshape(B, model.n_kv, size, model.head_dim)
    return lambda l: (model.rotate(line(rows[l][0]), turns), line(rows[l][1])), count, size


def real_rows(pool, chunks, start):
    """One cached chunk a sample, or none, moved from P to `start` (B). -> segment by layer, rows a sample (B), width"""
    model = pool.model
    some = next(c for c in chunks if c is not None)
    kv, n = pool.gather([c or some for c in chunks])
    n = n * torch.tensor([c is not None for c in chunks], device=model.device)
    turns = model.turns((start - pool.P)[:, None])
    return lambda l: (model.rotate(kv[l][0], turns), kv[l][1]), n, kv[0].shape[3]
