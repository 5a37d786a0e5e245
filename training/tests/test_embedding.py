"""The static embedding: words, windows, and what is written."""
import argparse
import json
import random
import re
from pathlib import Path

import gguf
import numpy as np
import torch

import embedding_data as data
import embedding_train as training
from tokenizer import Tokenizer

PAIR = data.Pair(["deposit", "returned"], [f"b{i}" for i in range(80)], ["two", "weeks"], ["returned"] + [f"a{i}" for i in range(80)])


def test_words_are_lower_case_and_carry_content():
    assert data.words("Who returns the Deposit of 1450 crowns?") == ["returns", "deposit", "1450", "crowns"]
    assert data.words("Is it so?") == ["is", "it", "so"]


def test_function_words_are_those_of_focus():
    source = (Path(__file__).parents[2] / "src/engine/ranking/stop-words.ts").read_text()
    (list_of_english,) = re.findall(r"const ENGLISH = words\((.*?)\);", source, re.DOTALL)
    assert data.FUNCTION_WORDS == set(" ".join(re.findall(r'"([^"]*)"', list_of_english)).split())


def test_windows_hold_the_evidence_and_other_windows_of_the_passage_do_not():
    for seed in range(200):
        found, others = data.window(PAIR, random.Random(seed))
        at = found.index("two")
        assert found[at : at + 2] == ["two", "weeks"] and len(found) <= max(data.WINDOWS)
        assert others and not any("two" in other for other in others)
        assert not set(found) & {word for other in others for word in other}


def test_most_windows_lack_the_words_of_the_question():
    found = [data.window(PAIR, random.Random(seed)) for seed in range(400)]
    has_own = [any("returned" in some for some in (window, *others)) for window, others in found]
    assert 0.02 < sum(has_own) / 400 < 1 - data.STRIPPED + 0.1


def test_equal_questions_and_equal_evidence_are_no_wrong_ones():
    other = data.Pair(["rent"], [], ["two", "weeks"], [])
    third = data.Pair(["rent"], [], ["a", "month"], [])
    assert data.same([PAIR, other, third]) == [[True, True, False], [True, True, True], [False, True, True]]


def test_what_is_trained_is_written(toy_gguf, tmp_path):
    model = str(toy_gguf)
    reader = gguf.GGUFReader(model)
    path = tmp_path / "set.train.jsonl"
    records = [
        {"lang": "en", "answerable": True, "span": [30, 36], "question": f"Which q{i}x?", "passage": f"{'filler ' * 4}so it is k{i}k{i}y then {'more ' * 9}"}
        for i in range(200)
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    pairs = data.load([path])
    assert list(map(len, pairs.values())) == [200]
    tensor = next(t for t in reader.tensors if t.name == "token_embd.weight")
    embedding = training.Embedding(training.start_table(np.array(tensor.data, dtype=np.float32), 32))
    before = embedding.table.detach().clone()
    options = argparse.Namespace(seed=1, steps=5, rate=1e-2, batch=16, dimensions=32)
    training.train(embedding, pairs, Tokenizer(reader.fields).encode, options)
    assert not torch.equal(before, embedding.table)
    training.write(embedding, model, str(tmp_path / "own.gguf"), 200, options)
    written = gguf.GGUFReader(tmp_path / "own.gguf")
    assert written.fields["focus.embedding.dimensions"].contents() == 32
    rows = next(t for t in written.tensors if t.name == "token_embd.weight")
    values = gguf.quants.dequantize(rows.data, rows.tensor_type)
    assert np.allclose(values, embedding.table.detach().numpy(), atol=0.02)
