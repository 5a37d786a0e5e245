"""Scores of chunks under a question, as focus computes them (src/engine/skim.ts, condense.ts, rank.ts): BM25, the clipped
lift of the question's likelihood, with or without an adapter, and both fused."""
import math
from collections import Counter

import regex
import torch

from chunks import pad
from gguf_model import causal, forward, visible

BEFORE = "\n\nPlease write a question based on this passage.\nQuestion:"  # prompts/condense.txt
STOP_WORDS = frozenset(
    "a about also am an and any are as at be because been being but by can could did do does doing for from had has have having "
    "he her him his how i if in into is it its just me my no not of on or our she should so such than that the their them then "
    "there these they this to too was we were what when where which who whom why will with would you your".split()
)
IDEOGRAPHIC = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
K1, B = 1.2, 0.75


def content_words(text):
    """-> [(form, start, end)]"""
    words = []
    for match in regex.finditer(r"[\p{L}\p{N}_]+", text):
        run, at = match[0].lower(), match.start()
        if IDEOGRAPHIC.search(run):
            pairs = [run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]
            words += [(pair, at + i, at + i + len(pair)) for i, pair in enumerate(pairs)]
        elif run not in STOP_WORDS:
            plural = len(run) > 3 and run.endswith("s") and not run.endswith("ss")
            words.append((run[:-1] if plural else run, at, match.end()))
    return words


class Skim:
    """Word counts of the chunks of one document."""

    def __init__(self, texts):
        self.counts = [Counter(form for form, _, _ in content_words(text)) for text in texts]
        self.lengths = [sum(count.values()) for count in self.counts]
        self.frequencies = Counter(form for count in self.counts for form in count)

    def idf(self, form):
        n = self.frequencies.get(form)
        return 0.0 if n is None else math.log(1 + (len(self.counts) - n + 0.5) / (n + 0.5))

    def bm25(self, question):
        """(nChunks)"""
        terms = {form for form, _, _ in content_words(question)}
        mean = sum(self.lengths) / len(self.lengths) or 1
        scores = []
        for count, length in zip(self.counts, self.lengths):
            norm = K1 * (1 - B + B * length / mean)
            scores.append(sum(self.idf(t) * count[t] * (K1 + 1) / (count[t] + norm) for t in terms if count[t]))
        return torch.tensor(scores)


class Question:
    """Its local tokens, and the weight (nScored) of each of those that are scored: the idf of its whole word."""

    def __init__(self, text, tokenizer, skim):
        head, tail = tokenizer.encode(BEFORE), tokenizer.encode(f" {text}")
        self.text, self.local, self.first = text, head + tail, len(head)
        words, weights, start = content_words(text), [], 0
        for i in range(len(tail)):
            end = max(0, len(tokenizer.decode(tail[: i + 1])) - 1)
            word = next((form for form, a, b in words if a < end and b > start), None)
            weights.append(0.0 if word is None else skim.idf(word))
            start = end
        self.weights = torch.tensor(weights)


def log_probabilities(pool, question, chunks, lora=None):
    """-> (nChunks, nScored) log P(question token | chunk, the tokens before it); `chunks` may be None: no chunk"""
    model, P, device = pool.model, pool.P, pool.model.device
    R = 1 if chunks is None else len(chunks)
    segments = lambda l: pool.prefix_segment(l, R)
    tokens, _ = pad([question.local] * R, device)
    T = tokens.shape[1]
    seen, n = torch.zeros(R, P, device=device), torch.zeros(R, dtype=torch.long, device=device)
    if chunks is not None:
        kv, n = pool.gather(chunks)
        seen = torch.cat([seen, visible(n, kv[0].shape[3])], -1)
        segments = lambda l: [*pool.prefix_segment(l, R), (kv[l][0], kv[l][1])]
    mask = torch.cat([seen[:, None].expand(-1, T, -1), causal(T, device).expand(R, -1, -1)], -1)[:, None, None]
    pos = P + n[:, None] + torch.arange(T, device=device)
    h = forward(model, model.embed(tokens), pos, segments, mask, lora=lora)
    logits = model.logits(h[:, question.first - 1 : T - 1])
    return logits.log_softmax(-1).gather(-1, tokens[:, question.first :, None])[..., 0]


def lift(within, without, weights):
    """(nChunks, nScored), (1, nScored), (nScored) -> (nChunks)"""
    return ((within - without).clamp(min=0) * weights).sum(-1)


def z(values):
    """(value - mean) / standard deviation; 0 where the values do not differ"""
    deviation = values.std(unbiased=False)
    return (values - values.mean()) / deviation if deviation > 0 else torch.zeros_like(values)
