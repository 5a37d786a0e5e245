"""A toy trains; a run that was killed goes on; what is exported is what was trained."""
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import gguf
import pytest
import torch

import export
import texts
from chunks import Pool, draw
from data import Data
from gguf_model import Model
from lora import Lora, from_adapter
from losses import cross_entropy, targets
from passes import answer_logits, candidates

TRAIN = Path(__file__).parents[1] / "train.py"


def toy_data(model, toy_texts, held_out=False):
    documents = texts.load(*toy_texts)
    words = texts.vocabulary(documents) * 50 + [f"word{c}" for c in "abcdefgh"]
    return Data(documents, words, model.tokenizer, held_out=held_out, seed=1)


def test_the_loss_of_a_toy_falls_within_a_minute(toy_gguf, toy_texts):
    model = Model(toy_gguf, dtype=torch.float32)
    pool, data, lora = Pool(model), toy_data(model, toy_texts), Lora(model, rank=8)
    data.rng.seed(3)
    pool.add(data.run(12, 96))
    samples = [draw(pool, data.rng, "span", 2) for _ in range(4)]
    optimiser = torch.optim.AdamW(lora.parameters(), 1e-2)
    tokens, weights, _ = targets(samples, "cpu")
    losses = []
    for _ in range(60):
        loss, _ = cross_entropy(answer_logits(pool, samples, candidates(pool, samples, lora)), tokens, weights)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0] - 0.5


def command(out, toy_gguf, toy_texts, *more):
    documents, sets = toy_texts
    options = {"--model": toy_gguf, "--documents": documents, "--train-data": sets, "--out": out, "--pool": 40, "--rank": 4}
    return [sys.executable, str(TRAIN), *(str(x) for pair in options.items() for x in pair), "--rows", "8", *more]


def test_a_killed_run_goes_on_from_its_last_checkpoint(tmp_path, toy_gguf, toy_texts):
    run = subprocess.Popen(command(tmp_path, toy_gguf, toy_texts, "--minutes", "5"), stdout=subprocess.DEVNULL)
    path, deadline = tmp_path / "latest.pt", time.time() + 120
    while not path.exists() and time.time() < deadline:
        time.sleep(0.2)
    run.send_signal(signal.SIGKILL)
    run.wait()
    (tmp_path / "latest.tmp").write_bytes(b"half a checkpoint")
    killed = torch.load(path, weights_only=True)["progress"]
    assert killed["step"] >= 50
    more = ("--minutes", str((killed["seconds"] + 4) / 60), "--resume")
    subprocess.run(command(tmp_path, toy_gguf, toy_texts, *more), check=True, stdout=subprocess.DEVNULL)
    after = torch.load(path, weights_only=True)["progress"]
    assert after["step"] > killed["step"] and after["samples"] > killed["samples"]
    starts = [json.loads(line)["from"] for line in open(tmp_path / "log.jsonl") if '"from"' in line]
    assert starts[-1]["step"] == killed["step"]


def test_an_adapter_holds_the_trained_weights_and_names_its_base(tmp_path, toy_gguf):
    model = Model(toy_gguf, dtype=torch.float32)
    lora = Lora(model, rank=4, feed_forward=2)
    for weights in lora.parameters():
        torch.nn.init.normal_(weights)
    progress = {"step": 3, "samples": 7, "tokens": 9}
    state = {"rank": 4, "alpha": lora.alpha, "m": lora.m, "weights": lora.state(), "progress": progress}
    path = tmp_path / "adapter.gguf"
    export.write(state, toy_gguf, path)
    fields = gguf.GGUFReader(path).fields
    assert fields["general.type"].contents() == "adapter" and fields["adapter.type"].contents() == "lora"
    assert fields["focus.candidates"].contents() == 8
    assert fields["focus.base.sha256"].contents() == export.sha256(toy_gguf)
    again = from_adapter(model, path, rank=8, feed_forward=6)  # higher ranks: the surplus has no effect
    x = torch.randn(5, model.d_model)
    for group in ("qkv", "gate_up"):
        expected, found = lora.delta(1, group, x), again.delta(1, group, x)
        assert (found - expected).norm() < 0.002 * expected.norm()  # f16
    with pytest.raises(ValueError, match="rank 4 on the attention and 2 on the feed-forward: give no lower ones"):
        from_adapter(model, path, feed_forward=1)


def test_no_value_or_name_of_a_held_out_fact_is_ever_trained_on(toy_gguf, toy_texts):
    model = Model(toy_gguf, dtype=torch.float32)
    train, held = toy_data(model, toy_texts), toy_data(model, toy_texts, held_out=True)
    assert set(train.facts.vocabulary).isdisjoint(held.facts.vocabulary)
    assert {train.facts.name() for _ in range(200)}.isdisjoint(held.facts.name() for _ in range(200))


def test_answers_are_found_in_their_gold_chunk_alone(toy_gguf, toy_texts):
    model = Model(toy_gguf, dtype=torch.float32)
    data, pool = toy_data(model, toy_texts), Pool(model)
    pool.runs = [run for run in (data.run(8, 300) for _ in range(6)) if run]
    text = lambda tokens: model.tokenizer.decode(tokens)
    for _ in range(30):
        sample = draw(pool, data.rng, "fact", 4)
        value = text(sample.task.answer[sample.task.value]).strip()
        assert value in text(sample.chunks[sample.gold].tokens)
        assert [sample.task.key in (t.key for t in c.tasks) for c in sample.chunks].count(True) == 1
