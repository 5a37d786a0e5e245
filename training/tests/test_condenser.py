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
from condenser_parts import Part, evidence, part_of, parts, widened
from condenser_rows import Rows
from condenser_scores import Form, margin, margins
from condenser_workers import batches, merged, stream
from gguf_model import Model, causal, forward, fused
from gguf_model import joined as joined_attention
from lora import Lora, from_adapter
from conftest import PASSAGE
from test_passes import whole

TRAIN = Path(__file__).parents[1] / "condenser_train.py"
TEXTS = ["A crane lifts beams.", "The harbour sells rope, and the valley sells salt.", "Rain falls in spring."]


@pytest.fixture(scope="module")
def model(condenser_gguf):
    return Model(condenser_gguf, dtype=torch.float32)


def example(form, chunks, which, question, answer):
    """which: indexes of whole chunks, the right one first"""
    parts = [Part(i, 0, len(chunks[i])) for i in which]
    return Example("toy", question, [answer], form.local(question), form.answer(answer), True, parts, True)


def test_a_margin_is_the_odds_of_anything_but_none():
    logits = torch.tensor([[0.3, 2.0, -1.0]])
    p = logits.softmax(-1)[0, 1]
    assert float(margin(logits, 1)) == pytest.approx(float((1 - p).log() - p.log()), abs=1e-5)


def test_margins_and_answers_are_those_of_a_plain_pass(model):
    form, chunks = Form(model.tokenizer), [model.tokenizer.encode(text) for text in TEXTS]
    questions = [example(form, chunks, [1, 0, 2], "What is sold?", "rope"), example(form, chunks, [0, 2], "Does it lift?", "yes, beams")]
    lora, rows = Lora(model, rank=2, m=None, feed_forward=3), Rows(model, chunks)
    with torch.no_grad():
        for name, w in lora.weights.items():
            w += 0.1 * torch.randn(w.shape, generator=torch.Generator().manual_seed(len(name)))
    total, found, nats = losses(rows, form.none, questions, lora)
    expected = 0.0
    for e, margins_, nat in zip(questions, found, nats, strict=True):
        tokens = [chunks[part.chunk] for part in e.parts]
        said = [e.answer[:-1], *([] for _ in e.parts[1:])]
        logits = [behind_rows(model, rows.prefix + t, e.local + a, lora) for t, a in zip(tokens, said)]
        first = len(e.local) - 1
        plain = torch.stack([margin(some[first], form.none) for some in logits])
        assert torch.allclose(margins_, plain, atol=1e-4)
        each = logits[0][first:].log_softmax(-1)[range(len(e.answer)), e.answer]
        assert nat == pytest.approx(-float(each.mean()), abs=1e-4)
        expected += float(margin_loss(plain, [len(plain)], torch.tensor([True]))) + nat
    assert float(total.detach()) == pytest.approx(expected, abs=1e-3)


@torch.no_grad()
def behind_rows(model, before, tokens, lora):
    """Logits of tokens that are evaluated with a LoRA behind plain rows of others"""
    own, n, T = [], len(before), len(tokens)
    mask = causal(n)[None, None, None]
    forward(model, model.embed(torch.tensor([before])), torch.arange(n)[None], lambda l: [], mask, write=lambda l, _, k, v: own.append((k, v)))
    mask = torch.cat([torch.zeros(T, n), causal(T)], -1)[None, None, None]
    pos = n + torch.arange(T)[None]
    return model.logits(forward(model, model.embed(torch.tensor([tokens])), pos, lambda l: [own[l]], mask, lora=lora)[0])


def test_attention_in_one_kernel_is_attention():
    g = torch.Generator().manual_seed(0)
    q, *kv = (torch.randn(2, 2, n, 8, generator=g) for n in (3 * 4, 5, 5, 4, 4))
    seen, mask = [tuple(kv[:2]), tuple(kv[2:])], torch.cat([torch.zeros(4, 5), causal(4)], -1).expand(2, 1, 1, -1, -1)
    one = mask[:, 0].repeat(1, 1, 3, 1)
    assert torch.allclose(fused(q, seen, one), joined_attention(q, seen, mask), atol=1e-5)


def test_a_margin_of_zero_parts_right_from_wrong_whatever_the_number_of_chunks():
    loss = lambda m, answerable: float(margin_loss(m, [len(m)], torch.tensor([answerable])))
    right = torch.tensor([3.0, -3.0, -3.0])
    assert loss(right, True) < loss(right - 3, True) and loss(right - 6, False) < loss(right, False)
    alone = torch.tensor([2.0])
    assert loss(alone, False) == pytest.approx(math.log1p(math.exp(2.0)) * 1.3, abs=1e-5)
    both = margin_loss(torch.cat([right, alone]), [3, 1], torch.tensor([True, False]))
    assert float(both) == pytest.approx(loss(right, True) + loss(alone, False), abs=1e-5)


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
        assert all(len(tokens) <= 200 for tokens in chunks)
    assert right > wrong > 0


def test_a_part_has_the_rows_of_its_sentences_at_their_places(model):
    pool, form, text = Pool(model), Form(model.tokenizer), "The harbour sells rope. The valley sells salt, and oil. Rain falls."
    chunk = Chunk(model.tokenizer.encode(text))
    pool.add([chunk])
    start = text.index("salt")
    first, end = evidence(text, start, start + 4)
    assert text[first:end].strip() == "The valley sells salt, and oil."
    part = part_of(chunk, text, first, end, model.tokenizer.pieces)
    assert model.tokenizer.decode(part.tokens).strip() == text[first:end].strip()
    assert torch.equal(part.kv, chunk.kv[:, :, :, part.start : part.start + len(part.tokens)])
    local, lora = form.local("What does the valley sell?"), Lora(model, rank=2, m=None)
    expected = margin(behind_hidden_rows(pool, chunk, part, local, lora), form.none)
    assert torch.allclose(margins(pool, form, [part], [local], lora)[0], expected, atol=1e-4)
    rows = Rows(model, [chunk.tokens[:7], chunk.tokens])
    h = rows.hidden([Part(0, 0, 7), Part(1, part.start, part.start + len(part.tokens))], [local[:9], local], lora)
    assert torch.allclose(margin(model.logits(h[1, -1]), form.none), expected, atol=1e-4)


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
    rng = random.Random(2)
    first = "The first harbour sells rope. The second harbour sells salt. The third harbour sells oil."
    texts = [first, "In the valley the harbour is far. Nobody there sells salt. Goats climb the rocks."]
    chunks = [model.tokenizer.encode(text) for text in texts]
    at = first.index("salt")
    asked = documents.Asked("What does the second harbour sell?", ["salt"], at, at + 4, True)
    picks = [(4, chunks[0], texts[0], 0), (7, chunks[1], texts[1], len(texts[0]))]
    tokens = dict(zip((4, 7), chunks))
    said = lambda part: model.tokenizer.decode(tokens[part.chunk][part.first : part.end])
    for _ in range(20):
        own, *others = parts(asked, asked.question, picks, rng, model.tokenizer.pieces)
        assert "second harbour sells salt" in said(own)
        assert {part.chunk for part in others} == {4, 7} and all("salt" not in said(part) for part in others)


def test_a_part_goes_on_into_sentences_that_are_not_kept_from_it():
    text = "One is here. Two is there. Three is far. "
    spans = {widened(text, (13, 27), random.Random(i), [(27, 41)]) for i in range(40)}
    assert spans == {(13, 27), (0, 27)}


def test_workers_make_what_a_step_trains_on(model, condenser_sets):
    texts = documents.load([condenser_sets])
    chunks, examples = merged(next(batches(stream(texts, model.tokenizer, 3, workers=2), 20)))
    assert len(examples) >= 20
    for e in examples:
        first = e.parts[0]
        said = model.tokenizer.decode(chunks[first.chunk][first.first : first.end])
        assert e.answers[0] in said if e.answerable else "crane" in said
        assert len(e.parts) == len({(p.chunk, p.first, p.end) for p in e.parts})


def test_a_question_is_literal_whose_words_stand_beside_its_answer():
    text, at = "The gate is green. The first harbour sells salt. Goats climb.", 100
    start = text.index("salt")
    asked = lambda question: documents.Asked(question, ["salt"], at + start, at + start + 4, True)
    assert is_literal(asked("What does the first harbour sell?"), text, at)
    assert not is_literal(asked("What can one buy at the pier of the green gate?"), text, at)


def test_a_toy_learns_to_answer_or_say_none(model):
    form, chunks = Form(model.tokenizer), [model.tokenizer.encode(text) for text in TEXTS]
    lora, rows = Lora(model, rank=8, alpha=16, m=None, feed_forward=4), Rows(model, chunks)
    optimiser, values = torch.optim.AdamW(lora.parameters(), 1e-2), []
    order = lambda i: [i, *(j for j in range(3) if j != i)]
    examples = [example(form, chunks, order(i), f"What, {i}?", w) for i, w in enumerate(("a", "b", "c"))]
    for _ in range(40):
        loss, *_ = losses(rows, form.none, examples, lora)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        values.append(float(loss.detach()))
    assert values[-1] < values[0] * 0.6


def test_a_run_goes_on_and_is_exported_as_a_condenser(tmp_path, condenser_gguf, condenser_sets):
    options = [sys.executable, str(TRAIN), str(condenser_sets), "--model", str(condenser_gguf), "--out", str(tmp_path), "--rank", "4", "--feed-forward", "2"]
    subprocess.run([*options, "--minutes", "0.02"], check=True)
    subprocess.run([*options, "--minutes", "0.05", "--resume"], check=True)
    other = subprocess.run([*options[:-1], "0", "--minutes", "0.06", "--resume"], capture_output=True, text=True)
    assert "has rank 2 on the feed-forward: go on with --feed-forward" in other.stderr
    state = torch.load(tmp_path / "latest.pt", weights_only=True)
    export.write(state, condenser_gguf, tmp_path / "a.gguf")
    fields = gguf.GGUFReader(tmp_path / "a.gguf").fields
    assert fields["focus.condenser"].contents() == 1 and "focus.candidates" not in fields
    assert fields["focus.training.samples"].contents() == state["progress"]["samples"] > 0
    lora = from_adapter(Model(condenser_gguf), tmp_path / "a.gguf")
    assert lora.m is None and (lora.rank, lora.feed_forward) == (4, 2)
    assert all(torch.allclose(w, state["mean"][name], 1e-3, 1e-5) for name, w in lora.weights.items())
    assert any(not torch.allclose(w, state["weights"][name], 1e-3, 1e-5) for name, w in lora.weights.items())


def test_answers_are_compared_as_squad_does():
    assert f1("The red beam.", "red beams") == 0.5 and f1("a rope", "Rope") == 1 and f1("x", "y") == 0
    assert area([2, 1], [1, 0]) == 0.875


def test_between_two_condensers_is_a_share_of_the_way(tmp_path, condenser_gguf):
    model = Model(condenser_gguf)
    first, second = Lora(model, 4, m=None), Lora(model, 4, m=None, feed_forward=2)
    progress = {"samples": 3, "tokens": 5, "step": 7}
    with torch.no_grad():
        for lora in (first, second):
            for name, w in lora.weights.items():
                w += torch.randn(w.shape, generator=torch.Generator().manual_seed(len(name) + lora.feed_forward))
    paths = [tmp_path / f"{name}.gguf" for name in ("first", "second", "between")]
    for lora, path in zip((first, second), paths):
        export.write({"m": None, "alpha": lora.alpha, "progress": progress, "weights": lora.state()}, condenser_gguf, path)
    command = [sys.executable, str(TRAIN.with_name("average.py")), *map(str, paths), "--model", str(condenser_gguf), "--share", "0.25"]
    subprocess.run(command, check=True)
    between = from_adapter(model, paths[2])
    x = torch.randn(3, model.d_model)
    name = "blk.0.attn_q.weight.lora_a"
    assert torch.allclose(between.weights[name], 0.75 * first.weights[name] + 0.25 * second.weights[name], atol=2e-3)
    quarter = second.delta(1, "gate_up", x) / 4
    assert (between.delta(1, "gate_up", x) - quarter).norm() < 0.002 * quarter.norm()
    assert gguf.GGUFReader(paths[2]).fields["focus.training.samples"].contents() == 3
