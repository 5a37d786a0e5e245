"""Parts of chunks, as short answers are asked of them (src/engine/reader/chunk-part.ts): the rows of a sentence or a few, read in
their chunk; all before and behind is hidden from the question."""
import regex

from chunks import Chunk
from condenser_chunks import holds
from rank_scores import content_words

BREAK = regex.compile(r"(?<=[.!?…][\"'”’)\]]*)\s+|\n+")
LEAST_WORDS = 3  # of a part that is nobody's evidence
MOST_TOKENS = 192
BEFORE, BEHIND = 0.3, 0.2  # how often the sentence next to the evidence belongs to it


def sentences(text):
    """-> [(start, end)] in characters"""
    cuts = [0, *(m.end() for m in BREAK.finditer(text)), len(text)]
    return [(a, b) for a, b in zip(cuts, cuts[1:]) if text[a:b].strip()]


def part_of(chunk, text, start, end, encode):
    """-> the chunk's rows of text[start:end]; space before a word is part of its token"""
    count = lambda at: len(encode(text[:at].rstrip(" \t")))
    first = min(count(start), len(chunk.tokens) - 1)
    last = min(len(chunk.tokens), max(first + 1, count(end)))
    return Chunk(chunk.tokens[first:last], kv=chunk.kv[:, :, :, first:last], start=first)


def evidence(text, start, end, rng=None):
    """-> span of the sentences that hold text[start:end]; with an rng, sometimes with those beside them"""
    all_of = sentences(text)
    inside = [i for i, (a, b) in enumerate(all_of) if a < end and start < b]
    if not inside:
        return 0, len(text)
    beside = lambda share: rng is not None and rng.random() < share
    first = max(0, inside[0] - beside(BEFORE))
    last = min(len(all_of) - 1, inside[-1] + beside(BEHIND))
    return all_of[first][0], all_of[last][1]


def likest(text, question, rng, but=()):
    """-> span of the sentence with most of the question's words outside the spans `but`; None: there is none"""
    asked = {form for form, _, _ in content_words(question)}
    free = [(a, b) for a, b in sentences(text) if not any(a < end and start < b for start, end in but)]
    words = {(a, b): {form for form, _, _ in content_words(text[a:b])} for a, b in free}
    some = [span for span in free if len(words[span]) >= LEAST_WORDS]
    return max(some, key=lambda span: (len(words[span] & asked), rng.random()), default=None)


def parts(asked, question, picks, rng, encode):
    """picks: [(chunk, its text, where it starts in the excerpt)], the one with the evidence first. -> parts of them, and behind the
    first one another of the same chunk. None where the evidence is longer than a part"""
    chunk, text, at = picks[0]
    span = evidence(text, asked.start - at, asked.end - at, rng) if asked.answerable else likest(text, question, rng)
    if span is None:
        return None
    own = part_of(chunk, text, *span, encode)
    if len(own.tokens) > MOST_TOKENS:
        return None
    found = [own]
    spans = [(chunk, text, likest(text, question, rng, [span]))]
    spans += [(chunk, text, likest(text, question, rng)) for chunk, text, _ in picks[1:]]
    for chunk, text, other in spans:
        if other and not (asked.answerable and holds(text[slice(*other)], asked.answers)):
            found.append(part_of(chunk, text, *other, encode))
    return found
