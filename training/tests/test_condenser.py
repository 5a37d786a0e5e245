"""The condenser's margins against a plain pass and by hand; its chunks and evidence; a toy learns to answer or say none."""
import math
import random
import subprocess
import sys
from pathlib import Path

import gguf
import pytest
import torch

import condenser_chunks as cutting
import condenser_documents as documents
import export
import toy
from chunks import Chunk, Pool
from condenser_data import Example, is_literal, of_excerpt
from condenser_evaluate import area, f1
from condenser_losses import losses, margin_loss
from condenser_parts import evidence, part_of, parts
from condenser_scores import Form, margin, margins
from gguf_model import Model, causal, forward
from lora import Lora, from_adapter
from conftest import PASSAGE
from test_passes import whole

TRAIN = Path(__file__).parents[1] / "condenser_train.py"
TEXTS = ["A crane lifts beams.", "The harbour sells rope, and the valley sells salt.", "Rain falls in spring."]


@pytest.fixture(scope="module")
def model(condenser_gguf):
    return Model(condenser_gguf, dtype=torch.float32)


def example(form, chunks, question, answer):
    return Example("toy", question, [answer], form.local(question), form.answer(answer), True, chunks, True)


def test_a_margin_is_the_odds_of_anything_but_none():
    logits = torch.tensor([[0.3, 2.0, -1.0]])
    p = logits.softmax(-1)[0, 1]
    assert float(margin(logits, 1)) == pytest.approx(float((1 - p).log() - p.log()), abs=1e-5)


def test_margins_and_answers_are_those_of_a_plain_pass(model):
    pool, form, chunks = Pool(model), Form(model.tokenizer), [Chunk(model.tokenizer.encode(text)) for text in TEXTS]
    pool.add(chunks)
    e = example(form, [chunks[1], chunks[0], chunks[2]], "What is sold?", "rope")
    lora = Lora(model, rank=2, m=None)
    total, (found,), (nats,) = losses(pool, form, [e], lora)
    logits = [whole(model, pool.prefix + c.tokens + e.local + e.answer[:-1]) for c in e.chunks]
    first = [len(pool.prefix + c.tokens + e.local) - 1 for c in e.chunks]
    expected = torch.stack([margin(all_of[at], form.none) for all_of, at in zip(logits, first)])
    assert torch.allclose(found, expected, atol=1e-4)
    assert torch.allclose(margins(pool, form, e.chunks, [e.local] * 3, lora), expected, atol=1e-4)
    each = logits[0][first[0] :].log_softmax(-1)[range(len(e.answer)), e.answer]
    assert nats == pytest.approx(-float(each.mean()), abs=1e-4)
    assert float(total.detach()) == pytest.approx(float(margin_loss(expected, True)) + nats, abs=1e-3)


def test_a_margin_of_zero_parts_right_from_wrong_whatever_the_number_of_chunks():
    right = torch.tensor([3.0, -3.0, -3.0])
    assert margin_loss(right, True) < margin_loss(right - 3, True) and margin_loss(right - 6, False) < margin_loss(right, False)
    alone = margin_loss(torch.tensor([2.0]), False)
    assert float(alone) == pytest.approx(math.log1p(math.exp(2.0)) * 1.3, abs=1e-5)


def test_a_tokenizer_without_a_token_for_none_is_refused(toy_gguf):
    with pytest.raises(ValueError, match='" none" into 5 tokens'):
        Form(Model(toy_gguf, dtype=torch.float32).tokenizer)


def test_chunks_tile_the_text_and_end_at_paragraphs_and_sentences(model):
    text = "\n\n".join(PASSAGE.format(i=i, n=i) for i in range(30))
    pieces = cutting.cut(text, model.tokenizer.encode, 150)
    assert "".join(text[a:b] for a, b, _ in pieces) == text
    assert all(tokens == model.tokenizer.encode(text[a:b]) and len(tokens) <= 150 for a, b, tokens in pieces)
    assert all(text[:b].endswith("\n\n") for _, b, _ in pieces[:-1])
    assert [b for _, b, _ in cutting.cut("One is here. Two is there. ", list, 20)] == [13, 27]


def test_markup_leaves_the_evidence_where_it_is_said_to_be():
    text = "\n".join(PASSAGE.format(i=i, n=i) for i in range(20))
    starts = [text.index(f"beam {i} ") for i in range(20)]
    asked = [documents.Asked("", [], at, at + 6, True) for at in starts]
    marked, moved = cutting.marked_up(text, asked, random.Random(1))
    assert len(marked) > len(text) + 100
    assert [marked[a.start : a.end] for a in moved] == [text[a.start : a.end] for a in asked]


def test_questions_come_with_the_chunk_that_holds_their_answer(model, condenser_sets):
    texts = documents.load([condenser_sets])["toy"]
    rng, right, wrong = random.Random(1), 0, 0
    for _ in range(30):
        chunks, said, placed = of_excerpt(rng.choice(texts), model.tokenizer, rng, {200: 1.0})
        for asked, i, maybe in placed:
            assert asked.answerable == (i in maybe)
            assert asked.answers[0] in said[i] if asked.answerable else "crane" in said[i]
            right, wrong = right + asked.answerable, wrong + (not asked.answerable)
        assert all(len(chunk.tokens) <= 200 for chunk in chunks)
    assert right > wrong > 0


def test_a_part_has_the_rows_of_its_sentences_at_their_places(model):
    pool, form, text = Pool(model), Form(model.tokenizer), "The harbour sells rope. The valley sells salt, and oil. Rain falls."
    chunk = Chunk(model.tokenizer.encode(text))
    pool.add([chunk])
    start = text.index("salt")
    first, end = evidence(text, start, start + 4, random.Random(0))
    assert text[first:end].strip() == "The valley sells salt, and oil."
    part = part_of(chunk, text, first, end, model.tokenizer.encode)
    assert model.tokenizer.decode(part.tokens).strip() == text[first:end].strip()
    assert torch.equal(part.kv, chunk.kv[:, :, :, part.start : part.start + len(part.tokens)])
    local, lora = form.local("What does the valley sell?"), Lora(model, rank=2, m=None)
    expected = margin(behind_hidden_rows(pool, chunk, part, local, lora), form.none)
    assert torch.allclose(margins(pool, form, [part], [local], lora)[0], expected, atol=1e-4)


def behind_hidden_rows(pool, chunk, part, local, lora):
    """Logits of the last local token behind the whole chunk, of which all but the part is hidden"""
    model, T, end = pool.model, len(local), part.start + len(part.tokens)
    seen = torch.full((pool.P + len(chunk.tokens),), float("-inf"))
    seen[: pool.P] = seen[pool.P + part.start : pool.P + end] = 0
    mask = torch.cat([seen.expand(T, -1), causal(T, model.device)], -1)[None, None, None]
    segments = lambda l: [*pool.prefix_segment(l, 1), (chunk.kv[l, 0][None], chunk.kv[l, 1][None])]
    pos = pool.P + end + torch.arange(T)[None]
    return model.logits(forward(model, model.embed(torch.tensor([local])), pos, segments, mask, lora=lora)[0, -1])


def test_parts_are_those_with_the_evidence_and_others_without(model):
    pool, rng = Pool(model), random.Random(2)
    first = "The first harbour sells rope. The second harbour sells salt. The third harbour sells oil."
    texts = [first, "In the valley the harbour is far. Nobody there sells salt. Goats climb the rocks."]
    chunks = [Chunk(model.tokenizer.encode(text)) for text in texts]
    pool.add(chunks)
    at = first.index("salt")
    asked = documents.Asked("What does the second harbour sell?", ["salt"], at, at + 4, True)
    picks = [(chunks[0], texts[0], 0), (chunks[1], texts[1], len(texts[0]))]
    own, *others = parts(asked, asked.question, picks, rng, model.tokenizer.encode)
    said = lambda part: model.tokenizer.decode(part.tokens)
    assert "second harbour sells salt" in said(own)
    assert others and all("salt" not in said(part) for part in others)


def test_a_question_is_literal_whose_words_stand_beside_its_answer():
    text, at = "The gate is green. The first harbour sells salt. Goats climb.", 100
    start = text.index("salt")
    asked = lambda question: documents.Asked(question, ["salt"], at + start, at + start + 4, True)
    assert is_literal(asked("What does the first harbour sell?"), text, at)
    assert not is_literal(asked("What can one buy at the pier of the green gate?"), text, at)


def test_a_toy_learns_to_answer_or_say_none(model):
    pool, form, chunks = Pool(model), Form(model.tokenizer), [Chunk(model.tokenizer.encode(text)) for text in TEXTS]
    pool.add(chunks)
    lora = Lora(model, rank=8, m=None)
    optimiser, values = torch.optim.AdamW(lora.parameters(), 1e-2), []
    examples = [example(form, [chunks[i], *chunks[:i], *chunks[i + 1 :]], f"What, {i}?", w) for i, w in enumerate(("a", "b", "c"))]
    for _ in range(40):
        loss, found, _ = losses(pool, form, examples, lora)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        values.append(float(loss.detach()))
    assert values[-1] < values[0] * 0.6


def test_a_run_goes_on_and_is_exported_as_a_condenser(tmp_path, condenser_gguf, condenser_sets):
    options = [sys.executable, str(TRAIN), str(condenser_sets), "--model", str(condenser_gguf), "--out", str(tmp_path), "--rank", "4"]
    subprocess.run([*options, "--minutes", "0.02"], check=True)
    subprocess.run([*options, "--minutes", "0.05", "--resume"], check=True)
    state = torch.load(tmp_path / "latest.pt", weights_only=True)
    export.write(state, condenser_gguf, tmp_path / "a.gguf")
    fields = gguf.GGUFReader(tmp_path / "a.gguf").fields
    assert fields["focus.condenser"].contents() == 1 and "focus.candidates" not in fields
    assert fields["focus.training.samples"].contents() == state["progress"]["samples"] > 0
    lora = from_adapter(Model(condenser_gguf), tmp_path / "a.gguf")
    assert lora.m is None and lora.rank == 4
    assert all(torch.allclose(w, state["mean"][name], 1e-3, 1e-5) for name, w in lora.weights.items())
    assert any(not torch.allclose(w, state["weights"][name], 1e-3, 1e-5) for name, w in lora.weights.items())


def test_answers_are_compared_as_squad_does():
    assert f1("The red beam.", "red beams") == 0.5 and f1("a rope", "Rope") == 1 and f1("x", "y") == 0
    assert area([2, 1], [1, 0]) == 0.875
