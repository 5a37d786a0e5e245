"""A SmolLM2 GGUF -> the folder that vLLM and SGLang load: the dequantised weights that llama.cpp computes with, in fp32, the
same tokenizer and the same chat template. Needs gguf, safetensors and transformers.

    python bench/server/hf_folder.py smollm2-135m.gguf smollm2-135m/"""
import argparse
import json
from pathlib import Path

import gguf
import numpy as np
from safetensors.numpy import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

CONTROL = 3  # of tokenizer.ggml.token_type
SPECIAL = {"bos_token": "bos", "eos_token": "eos", "unk_token": "unknown", "pad_token": "padding"}
OUTSIDE = {"token_embd": "model.embed_tokens", "output_norm": "model.norm"}
IN_LAYER = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def config_of(value):
    """value: key of the GGUF -> its value"""
    width, heads = value("llama.embedding_length"), value("llama.attention.head_count")
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_act": "silu",
        "hidden_size": width,
        "head_dim": width // heads,
        "intermediate_size": value("llama.feed_forward_length"),
        "num_hidden_layers": value("llama.block_count"),
        "num_attention_heads": heads,
        "num_key_value_heads": value("llama.attention.head_count_kv"),
        "max_position_embeddings": value("llama.context_length"),
        "rms_norm_eps": value("llama.attention.layer_norm_rms_epsilon"),
        "rope_theta": value("llama.rope.freq_base"),
        "vocab_size": value("llama.vocab_size"),
        "bos_token_id": value("tokenizer.ggml.bos_token_id"),
        "eos_token_id": value("tokenizer.ggml.eos_token_id"),
        "tie_word_embeddings": True,
        "dtype": "float32",
    }


def weight_of(tensor, config):
    """Fp32. Llama GGUFs keep the two halves that RoPE turns together side by side: they are parted again."""
    values = gguf.quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
    heads = {"attn_q": config["num_attention_heads"], "attn_k": config["num_key_value_heads"]}
    count = heads.get(tensor.name.split(".")[-2])
    if count is None:
        return values
    pairs = values.reshape(count, config["head_dim"] // 2, 2, -1)
    return np.ascontiguousarray(pairs.swapaxes(1, 2)).reshape(values.shape)


def name_of(name):
    """blk.3.attn_q.weight -> model.layers.3.self_attn.q_proj.weight"""
    at, kind = name.split("."), name.split(".")[-1]
    if at[0] != "blk":
        return f"{OUTSIDE[at[0]]}.{kind}"
    return f"model.layers.{at[1]}.{IN_LAYER[at[2]]}.{kind}"


def tokenizer_of(value):
    """Byte-level BPE that cuts digits one by one, which is what tokenizer.ggml.pre = smollm means."""
    if value("tokenizer.ggml.pre") != "smollm":
        raise ValueError(f"tokenizer.ggml.pre is {value('tokenizer.ggml.pre')}: only smollm is known here")
    pieces = value("tokenizer.ggml.tokens")
    merges = [tuple(merge.split(" ")) for merge in value("tokenizer.ggml.merges")]
    bpe = Tokenizer(models.BPE({piece: i for i, piece in enumerate(pieces)}, merges))
    words = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), words])
    bpe.decoder = decoders.ByteLevel()
    kinds = zip(pieces, value("tokenizer.ggml.token_type"))
    bpe.add_special_tokens([AddedToken(piece, special=True) for piece, kind in kinds if kind == CONTROL])
    special = {name: pieces[value(f"tokenizer.ggml.{key}_token_id")] for name, key in SPECIAL.items()}
    template = value("tokenizer.chat_template")
    return PreTrainedTokenizerFast(tokenizer_object=bpe, chat_template=template, **special)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gguf")
    parser.add_argument("folder", type=Path, help="to write")
    options = parser.parse_args()
    reader = gguf.GGUFReader(options.gguf)
    value = lambda key: reader.fields[key].contents()
    config = config_of(value)
    tokenizer_of(value).save_pretrained(options.folder)
    (options.folder / "config.json").write_text(json.dumps(config, indent=2))
    weights = {name_of(tensor.name): weight_of(tensor, config) for tensor in reader.tensors}
    save_file(weights, options.folder / "model.safetensors", metadata={"format": "pt"})
    print(f"{options.folder}: {len(weights)} weights, {sum(w.size for w in weights.values()):,} parameters")
