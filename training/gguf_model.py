"""Frozen llama- or qwen2-like GGUF in torch: the dequantised weights that llama.cpp computes with, and a forward pass
over cached segments. Rows of attn_q and attn_k stay in the file's order, so an adapter needs no permutation."""
import math

import gguf
import numpy as np
import torch
import torch.nn.functional as F

from tokenizer import Tokenizer

NEG = float("-inf")


def fastest(device):
    """bf16 where the hardware multiplies it (CPUs with AMX or AVX512-BF16: 4 times fp32's speed); elsewhere it takes 8
    times as long as fp32."""
    cpu = torch.cpu.get_capabilities()
    has_bf16 = device != "cpu" or cpu.get("amx_bf16") or cpu.get("avx512_bf16")
    return torch.bfloat16 if has_bf16 else torch.float32


class Model:
    """Matrices in `dtype` (the fastest by default), norms in fp32."""

    def __init__(self, path, dtype=None, device="cpu"):
        reader = gguf.GGUFReader(path)
        self.tensors = {t.name: t for t in reader.tensors}
        self.dtype, self.device = dtype or fastest(device), torch.device(device)
        self.arch = reader.fields["general.architecture"].contents()
        if self.arch not in ("llama", "qwen2"):
            raise ValueError(f"architecture {self.arch}: only llama and qwen2 are known here")
        hyper = lambda key: reader.fields[f"{self.arch}.{key}"].contents()
        self.n_layers, self.d_model = hyper("block_count"), hyper("embedding_length")
        self.n_heads, self.n_kv = hyper("attention.head_count"), hyper("attention.head_count_kv")
        self.head_dim = self.d_model // self.n_heads
        self.d_hidden = hyper("feed_forward_length")
        self.eps = hyper("attention.layer_norm_rms_epsilon")
        self.interleaved = self.arch == "llama"  # RoPE pairs (2i, 2i+1); qwen2: (i, i + head_dim/2)
        half = torch.arange(0, self.head_dim, 2, dtype=torch.float64) / self.head_dim
        self.freq = (hyper("rope.freq_base") ** -half).to(self.device)  # (head_dim/2)
        self.tokenizer = Tokenizer(reader.fields)
        wants_bos = reader.fields.get("tokenizer.ggml.add_bos_token")
        bos = reader.fields.get("tokenizer.ggml.bos_token_id")
        self.beginning = [bos.contents()] if wants_bos and wants_bos.contents() else []
        self.load_weights()

    def load_weights(self):
        self.embedding = self.weight("token_embd.weight")  # (vocabulary, d_model)
        self.head = self.weight("output.weight") if "output.weight" in self.tensors else self.embedding
        self.out_norm = self.weight("output_norm.weight", torch.float32)
        self.layers = [self.layer(f"blk.{i}.") for i in range(self.n_layers)]
        del self.tensors

    def layer(self, at):
        qkv = ("attn_q", "attn_k", "attn_v")
        biases = [self.weight(f"{at}{n}.bias") for n in qkv if f"{at}{n}.bias" in self.tensors]
        return {
            "norm": self.weight(f"{at}attn_norm.weight", torch.float32),
            "qkv": torch.cat([self.weight(f"{at}{n}.weight") for n in qkv]),
            "bias": torch.cat(biases) if biases else None,
            "out": self.weight(f"{at}attn_output.weight"),
            "ffn_norm": self.weight(f"{at}ffn_norm.weight", torch.float32),
            "gate_up": torch.cat([self.weight(f"{at}ffn_gate.weight"), self.weight(f"{at}ffn_up.weight")]),
            "down": self.weight(f"{at}ffn_down.weight"),
        }

    def weight(self, name, dtype=None):
        tensor = self.tensors[name]
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        return torch.from_numpy(np.array(values, dtype=np.float32)).to(self.device, dtype or self.dtype)

    def embed(self, tokens):
        return self.embedding[tokens].float()

    def logits(self, h):
        """(..., d_model) fp32 -> (..., vocabulary) fp32"""
        return F.linear(F.rms_norm(h, (self.d_model,), self.out_norm, self.eps).to(self.dtype), self.head).float()

    def turns(self, pos):
        """positions (...) -> (..., head_dim/2) complex: cos + i sin"""
        theta = pos.to(torch.float64)[..., None] * self.freq
        return torch.complex(theta.cos().float(), theta.sin().float())

    def rotate(self, x, turns):
        """RoPE of x (B, heads, T, head_dim) by turns (B, T, head_dim/2): a product of complex numbers"""
        y, turns = x.float(), turns[:, None]
        if not self.interleaved:
            z = torch.complex(*y.chunk(2, -1)) * turns
            return torch.cat((z.real, z.imag), -1).to(x.dtype)
        return torch.view_as_real(torch.view_as_complex(y.unflatten(-1, (-1, 2))) * turns).flatten(-2).to(x.dtype)


def forward(model, h, pos, segments, mask, lora=None, write=None):
    """One pass of h (B, T, d_model) fp32 at positions pos (B, T).

    segments(l): list of (K, V), each (B, n_kv, S, head_dim), K rotated: what the tokens see besides themselves.
    mask: (B, 1, 1, T, sum S + T) additive. write(l, k before RoPE, rotated k, v): takes the pass's own rows."""
    B, T, _ = h.shape
    n_q, n_kv, D = model.n_heads, model.n_kv, model.head_dim
    group = n_q // n_kv
    turns, attend = model.turns(pos), attention(mask, group, model)
    groups = lora.groups if lora is not None else ()
    add = lambda y, l, name, x: y + lora.delta(l, name, x).to(y.dtype) if name in groups else y
    for l, w in enumerate(model.layers):
        x = F.rms_norm(h, (model.d_model,), w["norm"], model.eps).to(model.dtype)
        qkv = add(F.linear(x, w["qkv"], w["bias"]), l, "qkv", x).view(B, T, -1, D).transpose(1, 2)  # (B, heads, T, D)
        v = qkv[:, n_q + n_kv :]
        q, k = model.rotate(qkv[:, : n_q + n_kv], turns).split((n_q, n_kv), 1)
        if write is not None:
            write(l, qkv[:, n_q : n_q + n_kv], k, v)
        o = attend(q.reshape(B, n_kv, group * T, D), [*segments(l), (k, v)])
        o = o.reshape(B, n_q, T, D).transpose(1, 2).reshape(B, T, -1)
        h = h + add(F.linear(o, w["out"]), l, "out", o)
        x = F.rms_norm(h, (model.d_model,), w["ffn_norm"], model.eps).to(model.dtype)
        gate, up = add(F.linear(x, w["gate_up"]), l, "gate_up", x).chunk(2, -1)
        y = F.silu(gate) * up
        h = h + add(F.linear(y, w["down"]), l, "down", y)
    return h


def attention(mask, group, model):
    """-> of q (B, n_kv, group * T, head_dim) and segments. On a GPU in one kernel; elsewhere segments are scored apart and joined in
    the softmax only, so that no gradient is ever made for a constant cache."""
    if model.device.type == "cuda":
        mask = mask[:, 0].to(model.dtype).repeat(1, 1, group, 1)
        return lambda q, seen: fused(q, seen, mask)
    return lambda q, seen: joined(q, seen, mask)


def joined(q, seen, mask):
    B, n_kv, rows, D = q.shape
    scores = torch.cat([q @ K.transpose(-1, -2) for K, _ in seen], -1).float()
    scores = scores.view(B, n_kv, -1, mask.shape[-2], scores.shape[-1]) / math.sqrt(D) + mask
    p = scores.softmax(-1).to(q.dtype).view(B, n_kv, rows, -1)
    parts = p.split([K.shape[2] for K, _ in seen], -1)
    return sum(part @ V for part, (_, V) in zip(parts, seen))


def fused(q, seen, mask):
    """mask: (B or 1, 1, rows of q, columns)"""
    K, V = (torch.cat(rows, 2) for rows in zip(*seen))
    return F.scaled_dot_product_attention(q, K, V, mask)


def causal(T, device="cpu"):
    """(T, T) additive"""
    return torch.full((T, T), NEG, device=device).triu(1)


def visible(n, size):
    """(B) counts -> (B, size) additive: slots below the count"""
    slots = torch.arange(size, device=n.device)
    return torch.zeros(len(n), size, device=n.device).masked_fill(slots[None] >= n[:, None], NEG)
