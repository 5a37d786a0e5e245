"""The frozen model's rows of a batch's chunks, in one tensor, and passes of question and answer behind parts of them."""
import numpy as np
import torch

from chunks import PREFIX, pad
from gguf_model import causal, forward

MOST_READ = 65_536  # tokens, with padding, that are read at once
MOST_PAIRS, SHORT = 640, 128  # questions a pass; rows up to which a part goes with other short ones
MULTIPLE = 8  # of columns of a mask that a GPU's kernels take as it is


class Rows:
    """Chunks, each behind a prefix of its own: P + n rows at starts[chunk] … of kv (n_layers, 2, nRows, n_kv, head_dim), K rotated."""

    def __init__(self, model, chunks):
        self.model, self.prefix = model, model.beginning + model.tokenizer.encode(PREFIX)
        self.P = len(self.prefix)
        lengths = np.array([self.P + len(tokens) for tokens in chunks])
        self.starts = np.concatenate([[0], lengths.cumsum()[:-1]])
        shape = (model.n_layers, 2, int(lengths.sum()), model.n_kv, model.head_dim)
        self.kv = torch.empty(shape, dtype=model.dtype, device=model.device)
        order = lengths.argsort(kind="stable")
        while len(order):
            some = order[-max(1, MOST_READ // int(lengths[order[-1]])) :]
            order = order[: len(order) - len(some)]
            self.read(some, [self.prefix + chunks[i] for i in some])

    @torch.no_grad()
    def read(self, which, token_lists):
        model = self.model
        tokens, lengths = pad(token_lists, model.device)
        B, T = tokens.shape
        from_rows = torch.from_numpy(np.concatenate([i * T + np.arange(n) for i, n in enumerate(lengths)])).to(model.device)
        to = np.concatenate([self.starts[i] + np.arange(n) for i, n in zip(which, lengths)])
        to = torch.from_numpy(to).to(model.device)

        def write(l, _, k, v):
            for half, rows in enumerate((k, v)):
                self.kv[l, half].index_copy_(0, to, rows.transpose(1, 2).flatten(0, 1)[from_rows])

        pos = torch.arange(T, device=model.device).expand(B, T)
        mask = causal(T, model.device)[None, None, None]
        forward(model, model.embed(tokens), pos, lambda l: [], mask, write=write)

    def hidden(self, parts, token_lists, lora):
        """Tokens, each behind its part -> (R, longest, d_model), padded at the right"""
        model, device = self.model, self.model.device
        tokens, _ = pad(token_lists, device)
        R, T = tokens.shape
        start, first, end = (np.array(x)[:, None] for x in ([self.starts[p.chunk] for p in parts], *zip(*((p.first, p.end) for p in parts))))
        n = self.P + end - first
        slots = np.arange(-(-(int(n.max()) + T) // MULTIPLE) * MULTIPLE - T)[None]
        rows = np.where(slots < n, start + slots + first * (slots >= self.P), start)
        rows = torch.from_numpy(rows).to(device)
        seen = torch.from_numpy(np.where(slots < n, 0.0, -np.inf).astype(np.float32)).to(device)
        mask = torch.cat([seen[:, None].expand(-1, T, -1), causal(T, device).expand(R, -1, -1)], -1)[:, None, None]
        pos = torch.from_numpy(self.P + end + np.arange(T)).to(device)
        segments = lambda l: [tuple(self.kv[l][:, rows].transpose(2, 3))]
        return forward(model, model.embed(tokens), pos, segments, mask, lora=lora)


def passes(parts, token_lists):
    """-> lists of indexes that are evaluated together: of like lengths, short parts apart from long ones"""
    is_long = lambda i: parts[i].end - parts[i].first > SHORT
    order = sorted(range(len(parts)), key=lambda i: (is_long(i), len(token_lists[i])))
    split = sum(not is_long(i) for i in order)
    return [some[at : at + MOST_PAIRS] for some in (order[:split], order[split:]) for at in range(0, len(some), MOST_PAIRS)]
