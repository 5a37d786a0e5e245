"""Greedy decoding behind a window of candidates and real rows, for evaluation."""
import torch

from gguf_model import causal, forward, visible
from passes import window


@torch.no_grad()
def greedy(pool, samples, n_tokens, rows=None, keep=None, end=2):
    """-> per sample the token ids of its answer, at most `n_tokens`, with the end token where one came"""
    model, device = pool.model, pool.model.device
    B = len(samples)
    parts, seen, start = window(pool, samples, rows, keep)
    fixed = [[part(l) for part in parts] for l in range(model.n_layers)]
    own = [None] * model.n_layers  # (K, V) of local context and answer so far, padded locals masked
    lengths = torch.tensor([len(s.task.local) for s in samples], device=device)
    T = int(lengths.max())
    tokens = torch.zeros(B, T, dtype=torch.long, device=device)
    for i, s in enumerate(samples):
        tokens[i, : lengths[i]] = torch.tensor(s.task.local, device=device)

    def extend(l, _, k, v):
        own[l] = (k, v) if own[l] is None else (torch.cat([own[l][0], k], 2), torch.cat([own[l][1], v], 2))

    def run(tokens, pos, mask):
        before = list(own)
        segments = lambda l: [*fixed[l], *([before[l]] if before[l] is not None else [])]
        return forward(model, model.embed(tokens), pos, segments, mask[:, None, None], write=extend)

    mask = torch.cat([seen[:, None].expand(-1, T, -1), causal(T, device).expand(B, -1, -1)], -1)
    h = run(tokens, start[:, None] + torch.arange(T, device=device), mask)
    last = model.logits(h[torch.arange(B), lengths - 1]).argmax(-1)
    out, done = [last], last == end
    own_seen = visible(lengths, T)
    while len(out) < n_tokens and not done.all():
        own_seen = torch.cat([own_seen, torch.zeros(B, 1, device=device)], -1)
        mask = torch.cat([seen, own_seen], -1)[:, None]
        h = run(last[:, None], (start + lengths + len(out) - 1)[:, None], mask)
        last = model.logits(h[:, 0]).argmax(-1)
        out.append(last)
        done |= last == end
    answers = torch.stack(out, 1).tolist()
    return [a[: a.index(end) + 1] if end in a else a for a in answers]
