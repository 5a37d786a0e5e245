"""Answers of single passages. The question stands first, so that the passage is read under it, and the LoRA acts on every token:
a passage is short and read for one question only, so there are no rows to keep, and the question is not repeated."""
import torch

from chunks import pad
from condenser_scores import Form, greedy, margin
from gguf_model import causal, forward

FORM = "Question: {}\n\nPassage:\n"
LOCAL = "\n\nAnswer:"  # an answer starts with a space


class PassageForm(Form):
    """Question, passage and answer are tokenised each by itself, as focus does."""

    def __init__(self, model):
        super().__init__(model.tokenizer)
        self.beginning, self.suffix = model.beginning, self.tokenizer.encode(LOCAL)

    def question(self, text):
        return self.beginning + self.tokenizer.encode(FORM.format(text))


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
        sequence = self.sequence(question, chunk)
        behind = lambda tokens: self.model.logits(hidden(self.model, [sequence + tokens], self.lora)[0, -1])
        return greedy(behind, self.form, forced)[0]
