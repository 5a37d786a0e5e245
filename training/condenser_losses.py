"""What a question's chunks should come to: nothing to say but for the gold one, whose answer is learned word by word."""
from itertools import accumulate

import torch
import torch.nn.functional as F

from condenser_rows import passes
from condenser_scores import margin

EACH = 0.3  # weight of every chunk by itself


def margin_loss(m, counts, answerable):
    """m (n): margins of all examples' chunks, counts of each example, the chunk with the evidence, or the one most like it, first.
    One of an example's n + 1 is right: a chunk, or none of them, which has a margin of 0: so 0 parts right from wrong even for
    the best of many chunks. Every chunk by itself counts too, right and wrong ones the same in all. -> sum over examples"""
    table = torch.nn.utils.rnn.pad_sequence(m.split(counts), batch_first=True, padding_value=float("-inf"))  # (examples, most)
    none = table.new_zeros(len(counts), 1)
    choice = F.cross_entropy(torch.cat([none, table], -1), answerable.long(), reduction="sum")
    first = F.softplus(torch.where(answerable, -table[:, 0], table[:, 0])).sum()
    others = F.softplus(table[:, 1:])  # 0 where there is none
    each = others.sum(-1) / (table.new_tensor(counts) - 1).clamp(min=1)
    return choice + EACH * (first + each.sum())


def losses(rows, none, examples, lora):
    """-> loss summed over examples, margins of each (n), nats an answer token of each, None without an answer. The gold
    chunk's margin comes from the pass that reads its answer, so that nothing is evaluated twice."""
    model = rows.model
    parts = [part for e in examples for part in e.parts]
    counts = [len(e.parts) for e in examples]
    golds = dict(zip(accumulate(counts, initial=0), examples))
    asked = [len(e.local) - 1 for e in examples for _ in e.parts]  # the token that tells a margin, and the answer's first
    locals_ = [e.local for e in examples for _ in e.parts]
    tokens = [local + golds[i].answer[:-1] if i in golds else local for i, local in enumerate(locals_)]
    taken, order = [], []  # hidden rows, and which they are: a part's index and how many tokens of its answer are behind it
    with lora.joined():
        for some in passes(parts, tokens):
            h = rows.hidden([parts[i] for i in some], [tokens[i] for i in some], lora)
            behind = [range(max(1, len(golds[i].answer)) if i in golds else 1) for i in some]
            index = [row * h.shape[1] + asked[i] + j for row, i in enumerate(some) for j in behind[row]]
            taken.append(h.flatten(0, 1).index_select(0, torch.tensor(index, device=h.device)))
            order += [(i, j) for row, i in enumerate(some) for j in behind[row]]
    places = {key: at for at, key in enumerate(order)}
    taken = torch.cat(taken)
    pick = lambda keys: taken.index_select(0, torch.tensor([places[key] for key in keys], device=model.device))
    m = margin(model.logits(pick([(i, 0) for i in range(len(parts))])), none)
    total = margin_loss(m, counts, torch.tensor([e.answerable for e in examples], device=model.device))
    said = {i: e.answer for i, e in golds.items() if e.answer}
    nats = {}
    if said:
        each, nats = answer_nats(model.logits(pick([(i, j) for i, answer in said.items() for j in range(len(answer))])), said)
        total = total + each
    return total, m.detach().cpu().split(counts), [nats.get(i) for i in golds]


def answer_nats(logits, said):
    """logits: (tokens of all answers, vocabulary). -> sum over answers of the mean cross-entropy of their tokens, and those means"""
    lengths = [len(answer) for answer in said.values()]
    targets = torch.tensor([token for answer in said.values() for token in answer], device=logits.device)
    each = F.cross_entropy(logits, targets, reduction="none")
    shares = torch.tensor([1 / n for n in lengths for _ in range(n)], device=logits.device)
    means = [float(some.mean()) for some in each.detach().cpu().split(lengths)]
    return (each * shares).sum(), dict(zip(said, means, strict=True))
