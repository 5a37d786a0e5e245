"""LoRA on attn_q, attn_k, attn_v and attn_output of every layer: the candidate weights of FocusLLM (section 2.2, there
full copies). Tensor names and shapes are those of llama.cpp's adapters."""
import math

import gguf
import numpy as np
import torch
import torch.nn.functional as F

TARGETS = ("attn_q", "attn_k", "attn_v", "attn_output")


M = 8  # candidates a chunk, unless an adapter has another number; None: a condenser, which reads with its local tokens


class Lora:
    def __init__(self, model, rank=32, alpha=64.0, seed=0, m=M):
        generator = torch.Generator().manual_seed(seed)
        d, kv = model.d_model, model.n_kv * model.head_dim
        out = {"attn_q": d, "attn_k": kv, "attn_v": kv, "attn_output": d}
        self.rank, self.alpha, self.m, self.weights = rank, alpha, m, {}
        for layer in range(model.n_layers):
            for target in TARGETS:
                a = torch.randn(rank, d, generator=generator) / math.sqrt(d)  # (r, in)
                b = torch.zeros(out[target], rank)  # (out, r): no delta at the start
                name = f"blk.{layer}.{target}.weight.lora_"
                self.weights[name + "a"] = a.to(model.device).requires_grad_()
                self.weights[name + "b"] = b.to(model.device).requires_grad_()

    def parameters(self):
        return list(self.weights.values())

    def delta(self, layer, target, x):
        name = f"blk.{layer}.{target}.weight.lora_"
        return F.linear(F.linear(x.float(), self.weights[name + "a"]), self.weights[name + "b"]) * (self.alpha / self.rank)

    def delta_qkv(self, layer, x):
        return torch.cat([self.delta(layer, target, x) for target in TARGETS[:3]], -1)

    def delta_out(self, layer, x):
        return self.delta(layer, "attn_output", x)

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


def from_adapter(model, path, rank=None):
    """The LoRA of a GGUF adapter; with a higher `rank` than its own, the surplus starts without effect."""
    reader = gguf.GGUFReader(path)
    old = {t.name: torch.from_numpy(np.array(t.data, dtype=np.float32)) for t in reader.tensors}
    old_rank = old["blk.0.attn_q.weight.lora_a"].shape[0]
    rank = rank or old_rank
    scale = reader.fields["adapter.lora.alpha"].contents() / old_rank
    m = int(reader.fields["focus.candidates"].contents()) if "focus.candidates" in reader.fields else None
    lora = Lora(model, rank, alpha=scale * rank, m=m)
    with torch.no_grad():
        for name, values in old.items():
            rows, columns = values.shape
            lora.weights[name][:rows, :columns] = values
    return lora
