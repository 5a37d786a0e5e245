"""The condenser reads behind a chunk: `[prefix][chunk]` as ever by the frozen model, then question and answer under a LoRA. Its
margin says how likely it has anything to say."""
import torch

from chunks import pad
from gguf_model import causal, forward, visible

LOCAL = "\n\nQuestion: {}\nAnswer:"  # an answer starts with a space
NONE = " none"
END = "<|im_end|>"
MOST_QUESTION, MOST_ANSWER = 64, 24  # tokens


class Form:
    """Token ids of what stands behind a chunk."""

    def __init__(self, tokenizer):
        self.tokenizer, self.end = tokenizer, tokenizer.ids[END]
        tokens = tokenizer.encode(NONE)
        if len(tokens) != 1:
            raise ValueError(f'the tokenizer cuts "{NONE}" into {len(tokens)} tokens: a condenser needs a model where it is one')
        self.none = tokens[0]

    def local(self, question):
        return self.tokenizer.encode(LOCAL.format(question))

    def answer(self, text):
        """With its end, where it is not cut"""
        tokens = [*self.tokenizer.encode(f" {text}"), self.end]
        return tokens[:MOST_ANSWER]


def hidden(pool, chunks, locals_, lora):
    """Local tokens, each behind its chunk -> (R, longest, d_model), padded at the right"""
    model, P, R = pool.model, pool.P, len(chunks)
    kv, n = pool.gather(chunks)
    tokens, _ = pad(locals_, model.device)
    T = tokens.shape[1]
    seen = torch.cat([torch.zeros(R, P, device=model.device), visible(n, kv[0].shape[3])], -1)
    mask = torch.cat([seen[:, None].expand(-1, T, -1), causal(T, model.device).expand(R, -1, -1)], -1)[:, None, None]
    starts = torch.tensor([c.start for c in chunks], device=model.device)
    pos = P + (starts + n)[:, None] + torch.arange(T, device=model.device)
    segments = lambda l: [*pool.prefix_segment(l, R), (kv[l][0], kv[l][1])]
    return forward(model, model.embed(tokens), pos, segments, mask, lora=lora)


def margin(logits, none):
    """(..., vocabulary) at the first answer token -> (...): log of the odds that it is not " none" """
    others = logits.index_fill(-1, torch.tensor([none], device=logits.device), float("-inf"))
    return others.logsumexp(-1) - logits[..., none]


def margins(pool, form, chunks, locals_, lora):
    """(R) of question and chunk in pairs"""
    h = hidden(pool, chunks, locals_, lora)
    last = torch.tensor([len(tokens) - 1 for tokens in locals_], device=h.device)
    return margin(pool.model.logits(h[torch.arange(len(last)), last]), form.none)


@torch.no_grad()
def greedy(logits_behind, form, forced=False, most=32):
    """logits_behind(tokens said so far) -> answer and margin; forced: never " none" """
    tokens, first = [], None
    while len(tokens) < most:
        logits = logits_behind(tokens)
        if first is None:
            first = float(margin(logits, form.none))
            logits[form.none] -= 1e9 * forced
        best = int(logits.argmax())
        if best == form.end or (not tokens and best == form.none):
            break
        tokens.append(best)
    return form.tokenizer.decode(tokens).strip(), first


def decode(pool, form, chunk, local, lora, forced=False):
    """-> as greedy"""
    behind = lambda tokens: pool.model.logits(hidden(pool, [chunk], [local + tokens], lora)[0, -1])
    return greedy(behind, form, forced)


class ChunkReading:
    """A condenser's adapter over chunks of a pool"""

    def __init__(self, pool, lora):
        self.pool, self.form, self.lora = pool, Form(pool.model.tokenizer), lora

    def margins(self, question, chunks):
        return margins(self.pool, self.form, chunks, [self.form.local(question)] * len(chunks), self.lora)

    def answer(self, question, chunk, forced):
        return decode(self.pool, self.form, chunk, self.form.local(question), self.lora, forced)[0]
