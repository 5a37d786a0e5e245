"""Endless questions with the passage that answers and others of the same excerpt: sentences or two, as focus asks them."""
from dataclasses import dataclass

from condenser_data import answer_of, groups, phrased, ranked
from condenser_scores import MOST_QUESTION
from rank_scores import Skim

LIMITS = {32: 0.35, 56: 0.35, 88: 0.2, 128: 0.1}  # tokens a passage
HARD, RANDOM = 2, 1  # wrong passages: the best by BM25, and others
GROUPS = 6  # excerpts whose questions are mixed
MOST_OF_AN_EXCERPT = 4  # questions


@dataclass
class PassageExample:
    answers: list
    answerable: bool
    sequences: list  # question, passage and suffix as token ids; the passage with the evidence first
    answer: list  # token ids; empty: none to learn
    bm25_first: bool


def examples_of(group, form, rng):
    _, chunks, texts, placed = group
    skim = Skim(texts)
    for asked, gold, maybe in rng.sample(placed, min(len(placed), MOST_OF_AN_EXCERPT)):
        question = phrased(asked.question, rng)
        prefix = form.question(question)
        if len(prefix) > MOST_QUESTION:
            continue
        others, bm25_first = ranked(skim, question, gold, maybe)
        wrong = others[:HARD] + rng.sample(others[HARD:], min(RANDOM, len(others[HARD:])))
        answer = answer_of(asked, form, rng)
        sequences = [prefix + chunks[i].tokens + form.suffix for i in (gold, *wrong)]
        yield PassageExample(asked.answers, asked.answerable, sequences, answer, bm25_first)


def batches(texts, tokenizer, form, rng, size):
    """Endless lists of `size` examples of several excerpts"""
    stream, waiting = groups(texts, tokenizer, rng, LIMITS), []
    while True:
        while len(waiting) < size:
            waiting += [e for _ in range(GROUPS) for e in examples_of(next(stream), form, rng)]
            rng.shuffle(waiting)
        yield waiting[:size]
        waiting = waiting[size:]
