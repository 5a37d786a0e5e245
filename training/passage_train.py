"""Trains a LoRA that reads a passage under its question and answers in a few words, or says none. Leaves DIR/latest.pt."""
import torch
import torch.nn.functional as F

import checkpoint
from condenser_losses import margin_loss
from condenser_scores import margin
from condenser_train import LOG_STEPS, SAVE_STEPS, Trainer, arguments
from passage_data import batches
from passage_scores import PassageForm, hidden

AT_ONCE = 4  # questions whose activations are kept for one backward pass


class PassageTrainer(Trainer):
    def prepare(self, model, texts, rng):
        self.model, self.form = model, PassageForm(model)
        return batches(texts, model.tokenizer, self.form, rng, self.options.batch)

    def backward(self, examples):
        parts = [self.losses(examples[at : at + AT_ONCE]) for at in range(0, len(examples), AT_ONCE)]
        losses, margins, nats = zip(*parts)
        return sum(losses), sum(margins, []), sum(nats, [])

    def losses(self, examples):
        """As condenser_losses.losses, and the gradient of its share of the batch"""
        model, form = self.model, self.form
        sequences = [s + (e.answer[:-1] if i == 0 else []) for e in examples for i, s in enumerate(e.sequences)]
        last = [len(s) - 1 for e in examples for s in e.sequences]
        h = hidden(model, sequences, self.lora)
        all_margins = margin(model.logits(h[torch.arange(len(last)), last]), form.none)
        total, margins, nats, at = 0.0, [], [], 0
        for e in examples:
            m = all_margins[at : at + len(e.sequences)]
            total = total + margin_loss(m, e.answerable)
            margins.append(m.detach())
            nats.append(None)
            if e.answer:
                logits = model.logits(h[at, last[at] : last[at] + len(e.answer)])
                answer = F.cross_entropy(logits, torch.tensor(e.answer, device=h.device))
                total, nats[-1] = total + answer, float(answer.detach())
            at += len(e.sequences)
        (total / self.options.batch).backward()
        return float(total.detach()), margins, nats


if __name__ == "__main__":
    options = arguments(__doc__)
    torch.set_num_threads(options.threads)
    checkpoint.run(PassageTrainer(options), LOG_STEPS, SAVE_STEPS)
