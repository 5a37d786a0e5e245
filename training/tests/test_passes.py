"""The three passes against one plain pass over the whole text."""
import random

import pytest
import torch

from batches import MOST_PLACED, placed_chunks
from chunks import Chunk, Pool, Sample, Task
from decoding import greedy
from gguf_model import Model, causal, forward
from lora import Lora
from passes import answer_logits, candidates


@pytest.fixture(scope="module")
def model(toy_gguf):
    return Model(toy_gguf, dtype=torch.float32)


def whole(model, tokens):
    """Logits of every position of one plain pass"""
    T = len(tokens)
    h = model.embed(torch.tensor([tokens]))
    h = forward(model, h, torch.arange(T)[None], lambda l: [], causal(T)[None, None, None])
    return model.logits(h)[0]


def sample_of(model, texts, real=False):
    encode = model.tokenizer.encode
    chunks = [Chunk(encode(text)) for text in texts]
    task = Task("fact", "key", encode("\n\nQuestion: which one?"), encode(" the third"), [1.0] * 9, slice(0, 9))
    pool = Pool(model)
    pool.add(chunks)
    return pool, Sample(task, chunks, 0, chunks[:1] if real else [])


def test_real_rows_in_the_window_give_the_logits_of_the_plain_text(model):
    pool, sample = sample_of(model, ["A crane lifts a beam."], real=True)
    task = sample.task
    head = pool.prefix + sample.chunks[0].tokens + task.local
    expected = whole(model, head + task.answer[:-1])[len(head) - 1 :]
    assert torch.allclose(answer_logits(pool, [sample])[0], expected, atol=1e-4)


def test_candidates_of_an_untrained_adapter_are_the_plain_rows_of_the_last_local_tokens(model):
    pool, sample = sample_of(model, ["A crane lifts a beam.", "A longer text than the first one is."])
    rows = candidates(pool, [sample], Lora(model))
    for i, chunk in enumerate(sample.chunks):
        found = Pool(model).prefill([chunk.tokens + sample.task.local])[0]
        keys = rows[1][0][i : i + 1]
        at = pool.P + len(chunk.tokens) + len(sample.task.local) - 8
        turns = model.turns(torch.arange(at, at + 8)[None])
        assert torch.allclose(model.rotate(keys, turns)[0], found[1, 0, :, -8:], atol=1e-4)
        assert torch.allclose(rows[1][1][i], found[1, 1, :, -8:], atol=1e-4)


def test_a_sample_gives_the_same_logits_alone_and_beside_longer_ones(model):
    pool, one = sample_of(model, ["A crane.", "B.", "Some more words about cranes and beams."])
    other = Sample(one.task, one.chunks[:2], 0, one.chunks[1:2])
    alone = answer_logits(pool, [other], candidates(pool, [other], None))[0]
    beside = answer_logits(pool, [one, other], candidates(pool, [one, other], None))[1]
    assert torch.allclose(alone, beside, atol=1e-4)


def test_keeping_one_chunk_of_many_equals_asking_it_alone(model):
    pool, sample = sample_of(model, ["A crane.", "B.", "C lifts the beam."])
    lone = Sample(sample.task, sample.chunks[1:2], 0)
    kept = answer_logits(pool, [sample], candidates(pool, [sample], None), [[1]])
    assert torch.allclose(kept, answer_logits(pool, [lone], candidates(pool, [lone], None)), atol=1e-4)


def test_greedy_decoding_gives_the_most_likely_tokens(model):
    pool, sample = sample_of(model, ["A crane lifts a beam.", "B."])
    rows = candidates(pool, [sample], None)
    said = greedy(pool, [sample], 5, rows=rows)[0]
    task = Task("fact", "key", sample.task.local, said, [1.0] * 5, slice(0, 5))
    logits = answer_logits(pool, [Sample(task, sample.chunks, 0)], rows)[0]
    assert logits.argmax(-1).tolist() == said


def test_windows_of_copied_rows_have_the_gold_chunk_once_and_all_others():
    task = Task("fact", "key", [1], [2], [1.0], slice(0, 1))
    samples = [Sample(task, [Chunk([1])] * 5, 3), Sample(task, [Chunk([1])] * 6, 0)]
    sizes = []
    for seed in range(200):
        placed = placed_chunks(samples, random.Random(seed))
        for sample, order in zip(samples, placed or []):
            assert order.count(sample.gold) == 1 and set(order) == set(range(len(sample.chunks)))
            sizes.append(len(order))
    assert len(sizes) > 60 and max(sizes) > 200 and max(sizes) <= MOST_PLACED // 2 + 1
