"""Questions with the words around their evidence, nearly as focus cuts them (src/engine/ranking/words.ts, stop-words.ts): runs of letters or of
digits in lower case, without English function words."""
import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import regex

from condenser_documents import lines

WORD = regex.compile(r"[\p{L}\p{M}]+|\p{N}+")
FUNCTION_WORDS = frozenset(
    "a about also am an and any are as at be because been being but by can could did do does doing for from had has have having "
    "he her him his how i if in into is it its just me my no not of on or our she should so such than that the their them then there "
    "these they this to too was we were what when where which who whom whose why will with would you your".split()
)
WINDOWS = (10, 20, 30, 40, 60)  # words; focus compares windows of 30
MOST = 9000  # questions of a source
LEAST = 100  # questions of a source that is drawn from
TOGETHER = 32  # questions of one source in a batch: they are each other's harder negatives
STRIPPED = 0.8  # share of questions whose windows, right and wrong, lack the question's own words: BM25 knows those already
STEM = 5  # first letters by which a word is the question's own


@dataclass
class Pair:
    question: list  # words
    before: list  # words of the passage before its evidence, of the evidence, and behind it
    evidence: list
    after: list


def words(text):
    found = [w.lower() for w in WORD.findall(text)]
    return [w for w in found if w not in FUNCTION_WORDS] or found


def load(paths, seed=0):
    """SOURCE.train.jsonl[.gz] -> {source: [Pair]}: English questions whose evidence is marked"""
    pairs = defaultdict(list)
    for path in map(Path, paths):
        kept = [r for r in lines(path) if r["lang"] == "en" and r["answerable"] and r["span"]]
        random.Random(seed).shuffle(kept)
        for record in kept[:MOST]:
            passage, (start, end) = record["passage"], record["span"]
            parts = [words(text) for text in (passage[:start], passage[start:end], passage[end:])]
            if parts[1] and words(record["question"]):
                pairs[path.name.split(".")[0]].append(Pair(words(record["question"]), *parts))
    return {source: some for source, some in pairs.items() if len(some) >= LEAST}


def batch(pairs, size, rng):
    """-> [Pair], [its window], [windows of the same passages that do not answer]"""
    chosen = []
    while len(chosen) < size:
        some = pairs[rng.choice(list(pairs))]
        chosen += rng.sample(some, min(TOGETHER, len(some)))
    windows, others = zip(*(window(pair, rng) for pair in chosen[:size]))
    return chosen[:size], list(windows), [o for some in others for o in some]


def same(pairs):
    """-> [[whether the window of one pair answers another's question as well: the same question, or the same evidence]]"""
    return [[a.question == b.question or a.evidence == b.evidence for b in pairs] for a in pairs]


def window(pair, rng):
    """-> words around the evidence, [windows before and behind them]"""
    size = rng.choice(WINDOWS)
    evidence = pair.evidence[: max(WINDOWS)]
    room = max(0, size - len(evidence))
    before = min(rng.randint(0, room), len(pair.before))
    first, rest = pair.before[len(pair.before) - before :], pair.before[: len(pair.before) - before]
    found = first + evidence + pair.after[: room - before]
    others = []
    for part in (rest, pair.after[room - before :]):
        if len(part) >= min(WINDOWS):
            at = rng.randint(0, max(0, len(part) - size))
            others.append(part[at : at + size])
    if rng.random() >= STRIPPED:
        return found, others
    own = {word[:STEM] for word in pair.question}
    strip = lambda some: [word for word in some if word[:STEM] not in own] or some
    return strip(found), [strip(other) for other in others]
