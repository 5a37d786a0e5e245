"""The ranking scores against a plain pass and by hand; a toy learns to rank."""
import json
import math
import random

import pytest
import torch

import rank_train
from chunks import Chunk, Pool
from gguf_model import Model
from lora import Lora
from rank_scores import Question, Skim, content_words, lift, log_probabilities
from rank_recall import recall
from test_passes import whole

TEXTS = ["A crane lifts beams.", "The crane of the harbour lifts a beam, and a beam.", "Rope is bought in spring."]


@pytest.fixture(scope="module")
def model(toy_gguf):
    return Model(toy_gguf, dtype=torch.float32)


def pool_of(model, texts):
    pool, chunks = Pool(model), [Chunk(model.tokenizer.encode(text)) for text in texts]
    pool.add(chunks)
    return pool, chunks


def test_words_and_bm25_are_those_of_focus():
    assert [form for form, _, _ in content_words("The beams of glass, 山水画")] == ["beam", "glass", "山水", "水画"]
    skim = Skim(TEXTS)
    assert skim.idf("beam") == pytest.approx(math.log(1 + 1.5 / 2.5)) and skim.idf("lathe") == 0
    norm = 1.2 * (1 - 0.75 + 0.75 * 5 / (11 / 3))  # crane harbour lift beam beam; 3, 5 and 3 words
    expected = skim.idf("beam") * 2 * 2.2 / (2 + norm)
    assert skim.bm25("Which beam?")[1] == pytest.approx(expected)
    assert skim.bm25("Which beam?")[2] == 0


def test_a_word_weighs_the_same_in_all_its_tokens_and_nothing_where_no_chunk_has_it(model):
    skim = Skim(TEXTS)
    question = Question("of beam lathe", model.tokenizer, skim)  # a token is a byte here
    expected = [0.0] * 4 + [skim.idf("beam")] * 4 + [0.0] * 6
    assert question.weights.tolist() == pytest.approx(expected)


def test_likelihoods_are_those_of_a_plain_pass(model):
    pool, chunks = pool_of(model, TEXTS)
    question = Question("Which beam?", model.tokenizer, Skim(TEXTS))
    found = log_probabilities(pool, question, chunks)
    head = pool.prefix + chunks[1].tokens + question.local
    logits = whole(model, head).log_softmax(-1)
    first = len(head) - len(question.local) + question.first
    expected = torch.stack([logits[at - 1, head[at]] for at in range(first, len(head))])
    assert torch.allclose(found[1], expected, atol=1e-4)
    alone = log_probabilities(pool, question, None)
    assert lift(found, alone, question.weights).shape == (3,) and alone.shape == (1, len(question.weights))


def test_a_toy_learns_which_chunk_is_asked_about(model, tmp_path):
    groups, questions = tmp_path / "groups.jsonl", tmp_path / "questions.jsonl"
    groups.write_text(json.dumps({"chunks": TEXTS, "real": [[2, "What is bought in the spring?"]]}))
    questions.write_text(json.dumps({"group": 0, "chunk": 0, "question": None}))
    options = type("Options", (), {"groups": groups, "questions": questions})
    (texts, asked), = rank_train.load(options)
    assert asked == [(2, "What is bought in the spring?")]
    pool, chunks = pool_of(model, texts)
    # BM25 knows this one at once; what is to be learned is another.
    skim, text = Skim(texts), "Which beam is bought?"
    example = rank_train.Example(pool, chunks, skim, rank_train.picked(skim, 0, text, random.Random(1)), text)
    lora = Lora(model, rank=4)
    optimiser, losses = torch.optim.AdamW(lora.parameters(), 1e-2), []
    for _ in range(30):
        loss, _, _ = example.loss(pool, lora)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0] - 0.2


def test_recall_adds_up_shares_in_the_order_of_the_scores():
    assert recall(torch.tensor([0.1, 0.9, 0.5]), [0.25, 0.75, 0.0])[:3] == [0.75, 0.75, 1.0]
