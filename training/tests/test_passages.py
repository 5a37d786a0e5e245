"""Passages under their question: margins as in a plain pass, the right passage first; a toy learns; a run is exported."""
import random
import subprocess
import sys
from pathlib import Path

import gguf
import pytest
import torch

import condenser_documents as documents
import export
from condenser_losses import margin_loss
from condenser_scores import margin
from gguf_model import Model
from lora import Lora, from_adapter
from passage_data import batches
from passage_scores import PassageForm, margins
from passage_train import PassageTrainer
from test_passes import whole

TRAIN = Path(__file__).parents[1] / "passage_train.py"


@pytest.fixture(scope="module")
def model(condenser_gguf):
    return Model(condenser_gguf, dtype=torch.float32)


@pytest.fixture(scope="module")
def examples(model, condenser_sets):
    """Their sequences have a question, a passage and what stands behind it"""
    texts, form = documents.load([condenser_sets]), PassageForm(model)
    return next(batches(texts, model.tokenizer, form, random.Random(3), 8))


def test_margins_of_padded_sequences_are_those_of_plain_passes(model):
    form = PassageForm(model)
    sequences = [form.question("Who?") + form.tokenizer.encode(text) + form.suffix for text in ("Ada.", "Nobody was there.")]
    expected = torch.stack([margin(whole(model, s)[-1], form.none) for s in sequences])
    assert torch.allclose(margins(model, form, sequences, Lora(model, rank=2, m=None)), expected, atol=1e-4)


def test_the_first_passage_is_the_one_with_the_evidence(model, examples):
    decode = model.tokenizer.decode
    said = [(e, [decode(s) for s in e.sequences]) for e in examples if e.answerable]
    assert said and all(e.answers[0] in first for e, (first, *_) in said)
    assert all(e.answers[0] not in other for e, (_, *others) in said for other in others)
    assert all(text.startswith("Question: ") and text.endswith("\n\nAnswer:") for _, texts in said for text in texts)


def test_the_gradient_is_that_of_answers_and_margins(model, examples):
    trainer = PassageTrainer.__new__(PassageTrainer)
    trainer.model, trainer.form, trainer.lora = model, PassageForm(model), Lora(model, rank=4, m=None)
    trainer.options = type("Options", (), {"batch": len(examples)})
    loss, found, nats = trainer.backward(examples)
    expected = sum(float(margin_loss(m, e.answerable)) for m, e in zip(found, examples))
    assert loss == pytest.approx(expected + sum(n for n in nats if n is not None), rel=1e-4)
    plain = [margins(model, trainer.form, e.sequences, trainer.lora) for e in examples]
    assert all(torch.allclose(a, b, atol=1e-4) for a, b in zip(found, plain))
    assert any(float(w.grad.abs().max()) > 0 for name, w in trainer.lora.weights.items() if name.endswith("b"))


def test_a_run_goes_on_and_is_exported_for_passages(tmp_path, condenser_gguf, condenser_sets):
    options = [sys.executable, str(TRAIN), str(condenser_sets), "--model", str(condenser_gguf), "--out", str(tmp_path), "--rank", "4"]
    subprocess.run([*options, "--minutes", "0.02"], check=True)
    subprocess.run([*options, "--minutes", "0.05", "--resume"], check=True)
    state = torch.load(tmp_path / "latest.pt", weights_only=True)
    export.write(state, condenser_gguf, tmp_path / "a.gguf", of_passages=True)
    fields = gguf.GGUFReader(tmp_path / "a.gguf").fields
    assert fields["focus.passages"].contents() == 1 and "focus.condenser" not in fields
    assert from_adapter(Model(condenser_gguf), tmp_path / "a.gguf").m is None
