"""Answers of single passages. The question stands first, so that the passage is read under it, and the LoRA acts on every token:
a passage is short and read for one question only, so there are no rows to keep, and the question is not repeated."""
import torch

from chunks import pad
from condenser_scores import END, MOST_ANSWER, NONE, margin
from gguf_model import causal, forward

FORM = "Question: {}\n\nPassage:\n"
LOCAL = "\n\nAnswer:"  # an answer starts with a space


class PassageForm:
    """Token ids of question, passage and answer. Each is tokenised by itself, as focus does."""

    def __init__(self, model):
        self.encode, self.decode = model.tokenizer.encode, model.tokenizer.decode
        self.beginning, self.end = model.beginning, model.tokenizer.ids[END]
        self.suffix, (self.none,) = self.encode(LOCAL), self.encode(NONE)

    def question(self, text):
        return self.beginning + self.encode(FORM.format(text))

    def answer(self, text):
        """With its end, where it is not cut"""
        return [*self.encode(f" {text}"), self.end][:MOST_ANSWER]


def hidden(model, sequences, lora):
    """Token ids (R lists) -> (R, longest, d_model), padded at the right"""
    tokens, _ = pad(sequences, model.device)
    T = tokens.shape[1]
    pos = torch.arange(T, device=model.device).expand(len(sequences), T)
    mask = causal(T, model.device)[None, None, None]
    return forward(model, model.embed(tokens), pos, lambda l: [], mask, lora=lora)


def margins(model, form, sequences, lora):
    """(R) at the end of each sequence"""
    h = hidden(model, sequences, lora)
    last = [len(sequence) - 1 for sequence in sequences]
    return margin(model.logits(h[torch.arange(len(last)), last]), form.none)


@torch.no_grad()
def decode(model, form, tokens, lora, forced=False, most=32):
    """Behind question, passage and suffix -> greedy answer and margin; forced: never " none" """
    said, first = [], None
    while len(said) < most:
        logits = model.logits(hidden(model, [tokens + said], lora)[0, -1])
        if first is None:
            first = float(margin(logits, form.none))
            logits[form.none] -= 1e9 * forced
        best = int(logits.argmax())
        if best == form.end or (not said and best == form.none):
            break
        said.append(best)
    return form.decode(said).strip(), first


class PassageReading:
    """The same with an adapter for passages, of the same chunks"""

    def __init__(self, model, lora):
        self.model, self.form, self.lora = model, PassageForm(model), lora

    def sequence(self, question, chunk):
        return self.form.question(question) + chunk.tokens + self.form.suffix

    @torch.no_grad()
    def margins(self, question, chunks):
        return margins(self.model, self.form, [self.sequence(question, chunk) for chunk in chunks], self.lora)

    def answer(self, question, chunk, forced):
        return decode(self.model, self.form, self.sequence(question, chunk), self.lora, forced)[0]
