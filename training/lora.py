"""LoRA on attn_q, attn_k, attn_v and attn_output of every layer: the candidate weights of FocusLLM (section 2.2, there
full copies); a condenser may have some on ffn_gate, ffn_up and ffn_down too. Tensor names and shapes are those of llama.cpp's adapters."""
import math
from contextlib import contextmanager

import gguf
import numpy as np
import torch
import torch.nn.functional as F

TARGETS = ("attn_q", "attn_k", "attn_v", "attn_output")
FEED_FORWARD = ("ffn_gate", "ffn_up", "ffn_down")
ATTENTION = {"qkv": TARGETS[:3], "out": TARGETS[3:]}
GROUPS = {**ATTENTION, "gate_up": FEED_FORWARD[:2], "down": FEED_FORWARD[2:]}  # matrices that read the same


M = 8  # candidates a chunk, unless an adapter has another number; None: a condenser, which reads with its local tokens


class Lora:
    """`rank` is that of the attention's matrices, `feed_forward` that of the others; 0: they have none. A matrix of rank r is
    weighed by alpha / r, as llama.cpp does."""

    def __init__(self, model, rank=32, alpha=64.0, seed=0, m=M, feed_forward=0):
        self.rank, self.alpha, self.m, self.feed_forward, self.weights = rank, alpha, m, feed_forward, {}
        self.kept, self.groups = {}, GROUPS if feed_forward else ATTENTION
        generator = torch.Generator().manual_seed(seed)
        d, kv, hidden = model.d_model, model.n_kv * model.head_dim, model.d_hidden
        shapes = {"attn_q": (d, d), "attn_k": (d, kv), "attn_v": (d, kv), "attn_output": (d, d)}  # in, out
        shapes |= {"ffn_gate": (d, hidden), "ffn_up": (d, hidden), "ffn_down": (hidden, d)}
        ranks = dict.fromkeys(TARGETS, rank) | (dict.fromkeys(FEED_FORWARD, feed_forward) if feed_forward else {})
        for layer in range(model.n_layers):
            for target, r in ranks.items():
                size, out = shapes[target]
                a = torch.randn(r, size, generator=generator) / math.sqrt(size)  # (r, in)
                b = torch.zeros(out, r)  # (out, r): no delta at the start
                name = f"blk.{layer}.{target}.weight.lora_"
                self.weights[name + "a"] = a.to(model.device).requires_grad_()
                self.weights[name + "b"] = b.to(model.device).requires_grad_()
        self.dtype = model.dtype if model.device.type == "cuda" else torch.float32  # that it computes in

    def parameters(self):
        return list(self.weights.values())

    @contextmanager
    def joined(self):
        """Keeps the factors of all layers for the passes of one step"""
        layers = {int(name.split(".")[1]) for name in self.weights}
        self.kept = {(layer, group): self.factors(layer, group) for layer in layers for group in self.groups}
        try:
            yield
        finally:
            self.kept = {}

    def factors(self, layer, group):
        """-> (sum of ranks, in) and (sum of out, sum of ranks) of matrices that read the same"""
        names = [f"blk.{layer}.{target}.weight.lora_" for target in GROUPS[group]]
        a = torch.cat([self.weights[name + "a"] for name in names])
        b = torch.block_diag(*(self.weights[name + "b"] * (self.alpha / len(self.weights[name + "a"])) for name in names))
        return a.to(self.dtype), b.to(self.dtype)

    def delta(self, layer, group, x):
        a, b = self.kept.get((layer, group)) or self.factors(layer, group)
        return F.linear(F.linear(x.to(self.dtype), a), b)

    def load(self, weights):
        with torch.no_grad():
            for name, values in weights.items():
                self.weights[name].copy_(values)

    def cut(self, rank):
        """The best approximation of every product b·a by one of lower rank (Eckart-Young)"""
        for name in [name[:-1] for name in self.weights if name.endswith("a")]:
            a, b = self.weights[name + "a"], self.weights[name + "b"]
            with torch.no_grad():
                u, s, v = torch.linalg.svd(b @ a, full_matrices=False)
                a.zero_(), b.zero_()
                a[:rank], b[:, :rank] = v[:rank], u[:, :rank] * s[:rank]

    def state(self):
        return {name: w.detach().cpu().clone() for name, w in self.weights.items()}


def from_adapter(model, path, rank=None, feed_forward=None):
    """The LoRA of a GGUF adapter; with higher ranks than its own, the surplus starts without effect. Lower ones are refused."""
    reader = gguf.GGUFReader(path)
    old = {t.name: torch.from_numpy(np.array(t.data, dtype=np.float32)) for t in reader.tensors}
    own, own_inner = (len(old.get(f"blk.0.{target}.weight.lora_a", ())) for target in ("attn_q", "ffn_up"))
    alpha, rank, feed_forward = reader.fields["adapter.lora.alpha"].contents(), rank or own, feed_forward or own_inner
    if rank < own or feed_forward < own_inner:
        raise ValueError(f"{path} has rank {own} on the attention and {own_inner} on the feed-forward: give no lower ones")
    m = int(reader.fields["focus.candidates"].contents()) if "focus.candidates" in reader.fields else None
    lora = Lora(model, rank, alpha * rank / own, m=m, feed_forward=feed_forward)
    # The attention keeps its alpha / rank; what another alpha does to the feed-forward's is undone in b.
    undone = own * feed_forward / (rank * own_inner) if own_inner else 1.0
    with torch.no_grad():
        for name, values in old.items():
            rows, columns = values.shape
            lora.weights[name][:rows, :columns] = values * undone if ".ffn_" in name and name.endswith("b") else values
    return lora
