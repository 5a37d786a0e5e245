"""focus and training cut a text into the same chunks; torch and llama.cpp agree on the condenser's margins. Needs the base model, a
condenser adapter and a text file, Node, and the repository's node_modules: FOCUS_MODEL, FOCUS_CONDENSER and FOCUS_TEXT name them.
Without them the test fails; deselect it where there are none."""
import json
import os
import subprocess
from pathlib import Path

import pytest
import torch

import condenser_chunks as cutting
from chunks import Chunk, Pool
from condenser_scores import LOCAL, Form, margins
from gguf_model import Model
from lora import from_adapter

ROOT = Path(__file__).parents[2]
QUESTIONS = ("What is this about?", "Who is the author of the text?", "when is it done, and how often", "How many are there in all?")


def path_of(name):
    value = os.environ.get(name)
    if not value:
        pytest.fail(f"{name} is not set: this test needs it (see its first lines)")
    return str(Path(value).resolve())


def in_llama_cpp(asked, folder):
    subprocess.run(["npx", "tsc", "-p", "tsconfig.build.json", "--outDir", folder / "build"], cwd=ROOT, check=True)
    (folder / "build" / "package.json").write_text('{"type": "module"}')
    (folder / "asked.json").write_text(json.dumps(asked))
    script = [Path(__file__).parent / "condenser-agree.mjs", folder / "build", path_of("FOCUS_MODEL"), path_of("FOCUS_CONDENSER")]
    subprocess.run(["node", *script, folder / "asked.json", folder], cwd=ROOT, check=True)
    return json.loads((folder / "results.json").read_text())


@torch.no_grad()
def test_chunks_and_margins_agree_with_focus_and_llama_cpp(tmp_path):
    torch.set_num_threads(1)
    model = Model(path_of("FOCUS_MODEL"))
    pool, form, lora = Pool(model), Form(model.tokenizer), from_adapter(model, path_of("FOCUS_CONDENSER"))
    text = Path(path_of("FOCUS_TEXT")).read_text(encoding="utf-8")[:9000]
    local = [LOCAL.format(question) for question in QUESTIONS]
    found = in_llama_cpp({"text": text, "chunkTokens": 256, "prefix": pool.prefix, "none": form.none, "local": local}, tmp_path)
    pieces = cutting.cut(text, model.tokenizer.encode, 256)
    offset = lambda at: len(text[:at].encode("utf-16-le")) // 2
    assert [c["tokens"] for c in found["chunks"]] == [tokens for _, _, tokens in pieces]
    assert [c["end"] for c in found["chunks"]] == [offset(end) for _, end, _ in pieces]
    chunks = [Chunk(tokens) for _, _, tokens in pieces]
    pool.add(chunks)
    expected = torch.stack([margins(pool, form, chunks, [form.local(q)] * len(chunks), lora) for q in QUESTIONS], 1)
    difference = (torch.tensor(found["margins"]) - expected).abs()
    spread = float(expected.std())
    print(f"{difference.numel()} margins: mean difference {difference.mean():.3f}, largest {difference.max():.3f}; they spread by {spread:.2f}")
    # llama.cpp quantises activations to 8 bits for Q4_1 weights; torch computes with bf16.
    assert difference.mean() < 0.2 and difference.max() < 0.8 and spread > 4 * difference.mean()
