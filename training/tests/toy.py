"""Writes a tiny llama with random weights whose tokens are bytes."""
import gguf
import numpy as np

from tokenizer import byte_symbols

SPECIAL = ("<|im_start|>", "<|im_end|>")


def write(path, n_layers=2, d=64, n_heads=4, n_kv=2, ff=96, seed=0, merges=("Ġ t",)):
    rng = np.random.default_rng(seed)
    pieces = [*SPECIAL, *byte_symbols().values(), *(merge.replace(" ", "") for merge in merges)]
    w = gguf.GGUFWriter(path, "llama")
    w.add_name("toy")
    w.add_block_count(n_layers)
    w.add_embedding_length(d)
    w.add_feed_forward_length(ff)
    w.add_head_count(n_heads)
    w.add_head_count_kv(n_kv)
    w.add_layer_norm_rms_eps(1e-5)
    w.add_rope_freq_base(10000.0)
    w.add_tokenizer_model("gpt2")
    w.add_tokenizer_pre("smollm")
    w.add_token_list(pieces)
    w.add_token_merges(list(merges))
    tensor = lambda name, *shape: w.add_tensor(name, rng.normal(0, shape[-1] ** -0.5, shape).astype(np.float32))
    ones = lambda name: w.add_tensor(name, np.ones(d, np.float32))
    tensor("token_embd.weight", len(pieces), d)
    ones("output_norm.weight")
    head_dim = d // n_heads
    for i in range(n_layers):
        ones(f"blk.{i}.attn_norm.weight")
        ones(f"blk.{i}.ffn_norm.weight")
        tensor(f"blk.{i}.attn_q.weight", d, d)
        tensor(f"blk.{i}.attn_k.weight", n_kv * head_dim, d)
        tensor(f"blk.{i}.attn_v.weight", n_kv * head_dim, d)
        tensor(f"blk.{i}.attn_output.weight", d, d)
        tensor(f"blk.{i}.ffn_gate.weight", ff, d)
        tensor(f"blk.{i}.ffn_up.weight", ff, d)
        tensor(f"blk.{i}.ffn_down.weight", d, ff)
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()
    return path
