"""Trains a LoRA that reads a passage under its question and answers in a few words, or says none. Leaves DIR/latest.pt."""
import torch

import checkpoint
from condenser_losses import summed
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
        found = margin(model.logits(h[torch.arange(len(last)), last]), form.none)
        sizes = [len(e.sequences) for e in examples]
        firsts = [sum(sizes[:i]) for i in range(len(sizes))]
        total, margins, nats = summed(model, examples, found.split(sizes), [h[i, last[i] :] for i in firsts])
        (total / self.options.batch).backward()
        return float(total.detach()), margins, nats


if __name__ == "__main__":
    options = arguments(__doc__)
    torch.set_num_threads(options.threads)
    checkpoint.run(PassageTrainer(options), LOG_STEPS, SAVE_STEPS)
