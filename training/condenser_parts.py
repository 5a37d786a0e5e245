"""Parts of chunks, as short answers are asked of them (src/engine/reader/chunk-part.ts): the rows of a sentence or a few, read in
their chunk; all before and behind is hidden from the question."""
import functools
from dataclasses import dataclass

import numpy as np
import regex

from chunks import Chunk
from condenser_chunks import holds
from rank_scores import content_words

BREAK = regex.compile(r"(?<=[.!?…][\"'”’)\]]*)\s+|\n+")
LEAST_WORDS = 3  # of a part that is nobody's evidence
MOST_TOKENS = 192
BEFORE, BEHIND = 0.3, 0.2  # how often the sentence next to a part's belongs to it
BESIDE, DRAWN = 3, 1  # other parts of the chunk with the evidence: those with most of the question's words, and others


@dataclass
class Part:
    """Tokens first … end-1 of a chunk."""

    chunk: int
    first: int
    end: int


@functools.lru_cache(maxsize=200_000)
def words_of(text):
    return frozenset(form for form, _, _ in content_words(text))


@functools.lru_cache(maxsize=2_000)
def sentences(text):
    """-> [(start, end)] in characters"""
    cuts = [0, *(m.end() for m in BREAK.finditer(text)), len(text)]
    return [(a, b) for a, b in zip(cuts, cuts[1:]) if text[a:b].strip()]


def tokens_of(tokens, text, start, end, pieces):
    """-> first, end of the tokens of text[start:end]; space before a word is part of its token. pieces: the vocabulary's, which
    have a symbol for every byte"""
    ends = np.cumsum([len(pieces[token]) for token in tokens])
    count = lambda at: int(np.searchsorted(ends, len(text[:at].rstrip(" \t").encode()), "right"))
    first = min(count(start), len(tokens) - 1)
    return first, max(first + 1, count(end))


def part_of(chunk, text, start, end, pieces):
    """-> the chunk's rows of text[start:end]"""
    first, end = tokens_of(chunk.tokens, text, start, end, pieces)
    return Chunk(chunk.tokens[first:end], kv=chunk.kv[:, :, :, first:end], start=first)


def evidence(text, start, end):
    """-> span of the sentences that hold text[start:end]"""
    inside = [(a, b) for a, b in sentences(text) if a < end and start < b]
    return (inside[0][0], inside[-1][1]) if inside else (0, len(text))


def widened(text, span, rng, but=()):
    """-> span, sometimes with the sentences beside it, never with what is in the spans `but`"""
    free = lambda a, b: not any(a < end and start < b for start, end in but)
    before = max((s for s in sentences(text) if s[1] <= span[0]), default=None)
    behind = min((s for s in sentences(text) if s[0] >= span[1]), default=None)
    start = before[0] if before and rng.random() < BEFORE and free(*before) else span[0]
    end = behind[1] if behind and rng.random() < BEHIND and free(*behind) else span[1]
    return start, end


def likest(text, question, rng, but=()):
    """-> spans of sentences outside the spans `but`, those with most of the question's words first"""
    asked = words_of(question)
    free = [(a, b) for a, b in sentences(text) if not any(a < end and start < b for start, end in but)]
    words = {(a, b): words_of(text[a:b]) for a, b in free}
    some = [span for span in free if len(words[span]) >= LEAST_WORDS]
    return sorted(some, key=lambda span: (-len(words[span] & asked), rng.random()))


def parts(asked, question, picks, rng, pieces):
    """picks: [(index of a chunk, its tokens, its text, where it starts in the excerpt)], the one with the evidence first. -> parts of
    them, first the one with the evidence, then others of the same chunk. None where the evidence is longer than a part"""
    index, tokens, text, at = picks[0]
    if asked.answerable:
        gold = evidence(text, asked.start - at, asked.end - at)
    else:
        gold = next(iter(likest(text, question, rng)), None)
    if gold is None:
        return None
    own = Part(index, *tokens_of(tokens, text, *widened(text, gold, rng), pieces))
    if own.end - own.first > MOST_TOKENS:
        return None
    wrong = lambda said, span: not (asked.answerable and holds(said[slice(*span)], asked.answers))
    beside = [span for span in likest(text, question, rng, [gold]) if wrong(text, span)]
    rest = beside[BESIDE:]
    spans = [(picks[0], span) for span in beside[:BESIDE] + rng.sample(rest, min(DRAWN, len(rest)))]
    for pick in picks[1:]:
        spans += [(pick, span) for span in likest(pick[2], question, rng) if wrong(pick[2], span)][:1]
    found = [own]
    for (i, its, said, _), span in spans:
        wide = widened(said, span, rng, [gold] if i == index else ())
        part = Part(i, *tokens_of(its, said, *(wide if wrong(said, wide) else span), pieces))
        if part.end - part.first <= MOST_TOKENS and part not in found:
            found.append(part)
    return found
