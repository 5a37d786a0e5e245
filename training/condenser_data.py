"""Endless examples for the condenser: excerpts of long texts, cut as focus cuts them, each question with the chunk that holds its
answer and with others of the same excerpt."""
import math
from dataclasses import dataclass, replace
from itertools import accumulate

import condenser_chunks as cutting
from condenser_parts import Part, evidence, parts, words_of
from condenser_scores import MOST_QUESTION, Form
from rank_scores import Skim

LIMITS = {48: 0.04, 80: 0.04, 128: 0.12, 192: 0.13, 256: 0.23, 384: 0.17, 512: 0.27}  # tokens a chunk
PARTS = 0.65  # share of questions that stand behind parts of chunks
EXCERPT_TOKENS, MOST_CHUNKS = 4000, 16
MOST_ASKED = 12  # of an excerpt
UNANSWERABLE = 0.4  # most of the questions of an excerpt
HARD, RANDOM = 5, 1  # wrong chunks: the best by BM25, and others
MARKED_UP, KEYWORDS = 0.2, 0.15  # shares of excerpts with markup, of questions in lower case without a question mark
LITERAL, LITERAL_KEPT = 0.6, 0.35  # share of its words beside its evidence from which a question is literal; how many of those are kept
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
    parts: list  # of chunks: the one with the evidence first; without an answer the one where it was sought
    bm25_first: bool  # whether BM25 puts the first part's chunk first

    def moved(self, by):
        """The same, where its chunks come behind `by` others"""
        return replace(self, parts=[replace(part, chunk=part.chunk + by) for part in self.parts])


@dataclass
class Excerpt:
    chunks: list  # token ids of each
    examples: list


def groups(texts, tokenizer, rng):
    """Endless (source, token ids of chunks, their texts, [(asked, gold index, indexes that no wrong chunk may have)]); a source's share
    goes as the root of its questions"""
    count = lambda name: sum(len(text.asked) for text in texts[name])
    texts = {name: [t for t in some if t.asked] for name, some in texts.items()}
    names = [name for name, some in texts.items() if some]
    weights = [SHARES.get(name, 1.0) * math.sqrt(count(name)) for name in names]
    by_text = {name: [len(text.asked) for text in texts[name]] for name in names}
    while True:
        name = rng.choices(names, weights)[0]
        text = rng.choices(texts[name], [math.sqrt(n) for n in by_text[name]])[0]
        group = of_excerpt(text, tokenizer, rng)
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
    return ([tokens for _, _, tokens in pieces], texts, chosen) if chosen else None


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


def excerpts(texts, tokenizer, rng):
    """Endless excerpts that have an example"""
    form = Form(tokenizer)
    for group in groups(texts, tokenizer, rng):
        excerpt = used(Excerpt(group[1], list(examples_of(group, form, rng))))
        if excerpt.examples:
            yield excerpt


def used(excerpt):
    """Without the chunks that no question stands behind"""
    which = sorted({part.chunk for e in excerpt.examples for part in e.parts})
    places = {chunk: i for i, chunk in enumerate(which)}
    renamed = lambda e: replace(e, parts=[replace(part, chunk=places[part.chunk]) for part in e.parts])
    return Excerpt([excerpt.chunks[i] for i in which], [renamed(e) for e in excerpt.examples])


def examples_of(group, form, rng):
    source, chunks, texts, placed = group
    skim, pieces = Skim(texts), form.tokenizer.pieces
    starts = [0, *accumulate(map(len, texts))]
    for asked, gold, maybe in placed:
        if is_literal(asked, texts[gold], starts[gold]) and rng.random() > LITERAL_KEPT:
            continue
        question = phrased(asked.question, rng)
        local = form.local(question)
        if len(local) > MOST_QUESTION:
            continue
        others, bm25_first = ranked(skim, question, gold, maybe)
        rest = others[HARD:]
        picks = [gold, *others[:HARD], *rng.sample(rest, min(RANDOM, len(rest)))]
        behind = [Part(i, 0, len(chunks[i])) for i in picks]
        if rng.random() < PARTS:
            behind = parts(asked, question, [(i, chunks[i], texts[i], starts[i]) for i in picks], rng, pieces) or behind
        yield Example(source, question, asked.answers, local, answer_of(asked, form, rng), asked.answerable, behind, bm25_first)


def is_literal(asked, text, at):
    """Whether most of a question's words are in the sentences of its evidence: counting words finds those"""
    words = words_of(asked.question)
    if not asked.answerable or not words:
        return False
    start, end = evidence(text, asked.start - at, asked.end - at)
    return len(words & words_of(text[start:end])) >= LITERAL * len(words)


def phrased(question, rng):
    return question.lower().rstrip("?").rstrip() if rng.random() < KEYWORDS else question


def ranked(skim, question, gold, maybe):
    """-> indexes of wrong chunks, best by BM25 first, and whether BM25 puts the gold one before all"""
    order = skim.bm25(question).argsort(descending=True, stable=True).tolist()
    return [i for i in order if i != gold and i not in maybe], order[0] == gold


def answer_of(asked, form, rng):
    """Token ids of one of the short answers; empty where there are none"""
    return form.answer(rng.choice(shortest(asked.answers))) if asked.answers else []


def shortest(answers):
    """Answers in few words, if there are any"""
    return [a for a in answers if len(a.split()) <= 12] or [min(answers, key=len)]
