"""What a question's chunks should come to: nothing to say but for the gold one, whose answer is learned word by word."""
import torch
import torch.nn.functional as F

from condenser_scores import hidden, margin, margins

EACH = 0.3  # weight of every chunk by itself


def margin_loss(m, answerable):
    """m (n): margins of the chunks, the one with the evidence, or the one most like it, first. One of n + 1 is right: a chunk, or
    none of them, which has a margin of 0: so 0 parts right from wrong even for the best of many chunks. Every chunk by
    itself counts too, right and wrong ones the same in all."""
    logits = torch.cat([m.new_zeros(1), m])[None]
    choice = F.cross_entropy(logits, torch.tensor([int(answerable)], device=m.device))
    first = F.softplus(-m[0] if answerable else m[0])
    others = F.softplus(m[1:]).mean() if len(m) > 1 else 0.0
    return choice + EACH * (first + others)


def losses(pool, form, examples, lora):
    """-> loss summed over examples, margins of each (n), answer's nats a token of each, None without an answer. The gold
    chunk's margin comes from the pass that reads its answer, so that nothing is evaluated twice."""
    h = hidden(pool, [e.chunks[0] for e in examples], [e.local + e.answer[:-1] for e in examples], lora)
    firsts = [margin(pool.model.logits(h[i, len(e.local) - 1]), form.none) for i, e in enumerate(examples)]
    pairs = [(chunk, e.local) for e in examples for chunk in e.chunks[1:]]
    others = iter(margins(pool, form, *zip(*pairs), lora) if pairs else ())
    all_margins = [torch.stack([firsts[i], *(next(others) for _ in e.chunks[1:])]) for i, e in enumerate(examples)]
    return summed(pool.model, examples, all_margins, [h[i, len(e.local) - 1 :] for i, e in enumerate(examples)])


def summed(model, examples, all_margins, answers_h):
    """all_margins: (n) of each example; answers_h: (…, d_model) of each, from what predicts its answer's first token on.
    -> as losses"""
    total, nats = 0.0, []
    for e, m, h in zip(examples, all_margins, answers_h, strict=True):
        total = total + margin_loss(m, e.answerable)
        nats.append(None)
        if e.answer:
            answer = F.cross_entropy(model.logits(h[: len(e.answer)]), torch.tensor(e.answer, device=h.device))
            total, nats[-1] = total + answer, float(answer.detach())
    return total, [m.detach() for m in all_margins], nats
