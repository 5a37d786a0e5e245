"""Endless examples for the condenser: excerpts of long texts, cut as focus cuts them, each question with the chunk that holds its
answer and with others of the same excerpt."""
import math
from dataclasses import dataclass
from itertools import accumulate

import torch

import condenser_chunks as cutting
from chunks import Chunk
from condenser_parts import evidence, parts
from condenser_scores import MOST_QUESTION, margins
from rank_scores import Skim, content_words

LIMITS = {48: 0.05, 80: 0.05, 128: 0.15, 192: 0.15, 256: 0.25, 384: 0.15, 512: 0.2}  # tokens a chunk
PARTS = 0.65  # share of questions that stand behind parts of chunks
EXCERPT_TOKENS, MOST_CHUNKS = 4000, 16
MOST_ASKED = 16  # of an excerpt
UNANSWERABLE = 0.4  # most of the questions of an excerpt
HARD, RANDOM = 3, 1  # wrong chunks: the best by BM25, or by the adapter's own margin, and others
MINED, MINED_FROM = 0.2, 7  # share of questions whose hard chunks are by margin; of how many best by BM25
MARKED_UP, KEYWORDS = 0.2, 0.15  # shares of excerpts with markup, of questions in lower case without a question mark
LITERAL, LITERAL_KEPT = 0.6, 0.35  # share of its words beside its evidence from which a question is literal; how many of those are kept
GROUPS, LONG = 6, 280  # excerpts whose questions are mixed; tokens from which a chunk goes with other long ones
SHARES = {  # of what their number of questions would give: templates, clauses, few texts
    "tldr": 0.4, "qamr": 0.5, "cuad": 0.6, "medquad": 0.6, "condaqa": 0.7, "debian-man": 0.7, "molweni": 0.4, "sharc-dev": 0.3,
    "xquad": 0.5, "jaquad": 0.3, "cmrc2018": 0.5, "squad-it": 0.5, "idk-mrc": 0.4,  # for a multilingual reader
}  # fmt: skip


@dataclass
class Example:
    source: str
    question: str
    answers: list
    local: list  # token ids
    answer: list  # token ids; empty: none to learn
    answerable: bool
    chunks: list  # the one with the evidence first; without an answer the one where it was sought
    bm25_first: bool  # whether BM25 puts the first chunk first


def groups(texts, tokenizer, rng, limits=None):
    """Endless (source, [Chunk], their texts, [(asked, gold index, indexes that no wrong chunk may have)]); a source's share goes as the root of its questions"""
    count = lambda name: sum(len(text.asked) for text in texts[name])
    texts = {name: [t for t in some if t.asked] for name, some in texts.items()}
    names = [name for name, some in texts.items() if some]
    weights = [SHARES.get(name, 1.0) * math.sqrt(count(name)) for name in names]
    by_text = {name: [len(text.asked) for text in texts[name]] for name in names}
    while True:
        name = rng.choices(names, weights)[0]
        text = rng.choices(texts[name], [math.sqrt(n) for n in by_text[name]])[0]
        group = of_excerpt(text, tokenizer, rng, limits or LIMITS)
        if group:
            yield name, *group


def of_excerpt(text, tokenizer, rng, limits=LIMITS, marked_up=MARKED_UP, most_chunks=MOST_CHUNKS):
    """-> as in groups, or None where no question has its evidence in one chunk"""
    anchor = rng.choice(text.asked)
    fitting = [n for n in limits if 4 * n > 1.3 * (anchor.end - anchor.start)] or [max(limits)]
    limit = rng.choices(fitting, [limits[n] for n in fitting])[0]
    size = 4 * min(EXCERPT_TOKENS, most_chunks * limit)
    start, end = cutting.excerpt(text.text, anchor.start, size, rng)
    some = [a for a in text.asked if start <= a.start and a.end <= end]
    some = [cutting.Asked(a.question, a.answers, a.start - start, a.end - start, a.answerable) for a in some]
    excerpt = text.text[start:end]
    if rng.random() < marked_up:
        excerpt, some = cutting.marked_up(excerpt, some, rng)
    pieces = cutting.cut(excerpt, tokenizer.encode, limit)
    texts = [excerpt[a:b] for a, b, _ in pieces]
    placed = [(a, cutting.gold(pieces, a)) for a in rng.sample(some, len(some))]
    placed = [(a, i, sought(a, some, pieces, texts)) for a, i in placed if i is not None]
    right = [p for p in placed if p[0].answerable][:MOST_ASKED]
    wrong = [p for p in placed if not p[0].answerable and p[1] not in p[2]]
    most = max(1, round(len(right) * UNANSWERABLE / (1 - UNANSWERABLE)))
    chosen = right + wrong[:most]
    return ([Chunk(tokens) for _, _, tokens in pieces], texts, chosen) if chosen else None


def sought(asked, all_asked, pieces, texts):
    """Indexes of chunks that may answer a question: the evidence of any that asks the same is in them, or the words of an answer"""
    same = [a for a in all_asked if a.question == asked.question and a.answerable]
    answers = [answer for a in same for answer in a.answers]
    near = lambda a, start, end: a.start < end and start < a.end
    return {
        i
        for i, (start, end, _) in enumerate(pieces)
        if any(near(a, start, end) for a in same) or cutting.holds(texts[i], answers)
    }


def examples_of(group, pool, form, lora, rng):
    """Chunks that no question is scored on are not read"""
    source, chunks, texts, placed = group
    skim, found = Skim(texts), []
    starts = [0, *accumulate(map(len, texts))]
    for asked, gold, maybe in placed:
        if is_literal(asked, texts[gold], starts[gold]) and rng.random() > LITERAL_KEPT:
            continue
        question = phrased(asked.question, rng)
        local = form.local(question)
        if len(local) > MOST_QUESTION:
            continue
        others, bm25_first = ranked(skim, question, gold, maybe)
        found.append((asked, gold, question, local, others, bm25_first, rng.random() < MINED))
    first = lambda others, mined: others[: MINED_FROM if mined else HARD]
    extra = {id(f): rng.sample(f[4][HARD:], min(RANDOM, len(f[4][HARD:]))) for f in found}
    read = sorted({i for f in found for i in (f[1], *first(f[4], f[6]), *extra[id(f)])})
    pool.runs = []
    if read:
        pool.add([chunks[i] for i in sorted(read, key=lambda i: len(chunks[i].tokens))])
    for f in found:
        asked, gold, question, local, others, bm25_first, mined = f
        hard = first(others, mined)
        if mined and len(hard) > HARD:
            hard = mine(pool, form, lora, [chunks[i] for i in hard], hard, local)
        picks = [gold, *dict.fromkeys([*hard, *extra[id(f)]])]
        answer = answer_of(asked, form, rng)
        behind = [chunks[i] for i in picks]
        if rng.random() < PARTS:
            placed = [(chunks[i], texts[i], starts[i]) for i in picks]
            behind = parts(asked, question, placed, rng, form.tokenizer.encode) or behind
        yield Example(source, question, asked.answers, local, answer, asked.answerable, behind, bm25_first)


def is_literal(asked, text, at):
    """Whether most of a question's words are in the sentences of its evidence: counting words finds those"""
    words = {form for form, _, _ in content_words(asked.question)}
    if not asked.answerable or not words:
        return False
    start, end = evidence(text, asked.start - at, asked.end - at)
    found = {form for form, _, _ in content_words(text[start:end])}
    return len(words & found) >= LITERAL * len(words)


def phrased(question, rng):
    return question.lower().rstrip("?").rstrip() if rng.random() < KEYWORDS else question


def ranked(skim, question, gold, maybe):
    """-> indexes of wrong chunks, best by BM25 first, and whether BM25 puts the gold one before all"""
    order = skim.bm25(question).argsort(descending=True, stable=True).tolist()
    return [i for i in order if i != gold and i not in maybe], order[0] == gold


def answer_of(asked, form, rng):
    """Token ids of one of the short answers; empty where there are none"""
    return form.answer(rng.choice(shortest(asked.answers))) if asked.answers else []


@torch.no_grad()
def mine(pool, form, lora, chunks, indexes, local):
    order = margins(pool, form, chunks, [local] * len(chunks), lora).argsort(descending=True).tolist()
    return [indexes[i] for i in order[:HARD]]


def shortest(answers):
    """Answers in few words, if there are any"""
    return [a for a in answers if len(a.split()) <= 12] or [min(answers, key=len)]


def batches(texts, pool, form, lora, rng, size):
    """Endless lists of at most `size` examples, of several excerpts, with chunks of like length"""
    stream = groups(texts, form.tokenizer, rng)
    while True:
        some = [e for _ in range(GROUPS) for e in examples_of(next(stream), pool, form, lora, rng)]
        rng.shuffle(some)
        some.sort(key=lambda e: max(len(c.tokens) for c in e.chunks) > LONG)
        waiting = [some[at : at + size] for at in range(0, len(some), size)]
        rng.shuffle(waiting)
        yield from waiting
