"""torch and llama.cpp cut text into the same tokens, make the same candidates and give answers the same likelihood. Needs the base model, an adapter
and texts, Node, and the repository's node_modules: FOCUS_MODEL, FOCUS_ADAPTER, FOCUS_DOCUMENTS and FOCUS_TRAIN_DATA name
them. FOCUS_SAMPLES: how many samples, 6 by default. Without them the test fails; deselect it where there are none."""
import base64
import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
import torch

import texts
from chunks import Pool, draw
from data import Data
from gguf_model import Model
from lora import M, from_adapter
from losses import cross_entropy, targets
from passes import answer_logits, candidates

ROOT = Path(__file__).parents[2]


def path_of(name):
    value = os.environ.get(name)
    if not value:
        pytest.fail(f"{name} is not set: this test needs it (see its first lines)")
    return value


def drawn_samples(model, n):
    documents = texts.load(path_of("FOCUS_DOCUMENTS"), path_of("FOCUS_TRAIN_DATA"))
    data = Data(documents, texts.vocabulary(documents), model.tokenizer, held_out=True, seed=4)
    pool = Pool(model)
    while pool.size < 24:
        pool.add(data.run(6, 100))
    excerpts = [d.text[5000:7000] for d in documents[::7]]
    return pool, excerpts, [draw(pool, data.rng, kind, 2) for kind in ("fact", "quote", "span") for _ in range(n // 3)]


def in_llama_cpp(pool, samples, texts, adapter, folder):
    subprocess.run(["npx", "tsc", "-p", "tsconfig.build.json", "--outDir", folder / "build"], cwd=ROOT, check=True)
    (folder / "build" / "package.json").write_text('{"type": "module"}')
    asked = [
        {"prefix": pool.prefix, "chunks": [c.tokens for c in s.chunks], "local": s.task.local, "answer": s.task.answer}
        for s in samples
    ]
    (folder / "samples.json").write_text(json.dumps({"texts": texts, "samples": asked}))
    script = [Path(__file__).parent / "agree.mjs", folder / "build", path_of("FOCUS_MODEL"), adapter]
    command = ["node", *script, folder / "samples.json", folder]
    subprocess.run(command, cwd=ROOT, check=True)
    first, *lines = map(json.loads, (folder / "results.jsonl").read_text().splitlines())
    return first["tokens"], lines


def rows_in_torch(pool, sample, rows):
    """Candidates with K at the positions where they were computed: per layer K and V, each (k * m, n_kv * head_dim)"""
    first = torch.tensor([pool.P + len(c.tokens) + len(sample.task.local) - M for c in sample.chunks])
    turns = pool.model.turns(first[:, None] + torch.arange(M))
    flat = lambda x: x.transpose(1, 2).reshape(len(sample.chunks) * M, -1).float().numpy()
    return [(flat(pool.model.rotate(k, turns)), flat(v)) for k, v in rows]


def relative_error(found, expected):
    return float(np.linalg.norm(found - expected) / np.linalg.norm(expected))


@torch.no_grad()
def test_torch_and_llama_cpp_agree_on_candidates_and_answers(tmp_path):
    torch.set_num_threads(1)
    adapter = path_of("FOCUS_ADAPTER")
    model = Model(path_of("FOCUS_MODEL"))
    lora = from_adapter(model, adapter)
    pool, excerpts, samples = drawn_samples(model, int(os.environ.get("FOCUS_SAMPLES", 6)))
    tokens, results = in_llama_cpp(pool, samples, excerpts, adapter, tmp_path)
    assert tokens == [model.tokenizer.encode(text) for text in excerpts]
    errors, nats = {"K": [], "V": []}, []
    for sample, found in zip(samples, results, strict=True):
        rows = candidates(pool, [sample], lora)
        for l, pair in enumerate(rows_in_torch(pool, sample, rows)):
            for name, expected, text in (("K", pair[0], found["keys"][l]), ("V", pair[1], found["values"][l])):
                values = np.frombuffer(base64.b64decode(text), np.float16).astype(np.float32).reshape(expected.shape)
                errors[name].append(relative_error(values, expected))
        tokens, weights, _ = targets([sample], "cpu")
        _, each = cross_entropy(answer_logits(pool, [sample], rows), tokens, weights)
        nats.append(np.array(found["logprobs"]) + each[0].numpy())
    means = {name: float(np.mean(all_of)) for name, all_of in errors.items()}
    difference, mean = np.abs(np.concatenate(nats)).mean(), np.concatenate(nats).mean()
    print(f"{len(samples)} samples: relative error of K {means['K']:.4f}, V {means['V']:.4f}; answer tokens differ by "
          f"{difference:.3f} nats on average, their mean by {mean:.4f}")  # fmt: skip
    # llama.cpp quantises activations to 8 bits for Q4_1 weights; torch computes with bf16.
    assert means["K"] < 0.05 and means["V"] < 0.1
    assert difference < 0.15 and abs(mean) < 0.05
