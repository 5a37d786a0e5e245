"""Cross-entropy on the answer's tokens, and KL to the same model with the gold chunk's own rows in its window."""
import torch
import torch.nn.functional as F

from chunks import Sample, pad
from passes import answer_logits


def targets(samples, device):
    """-> answer tokens (B, longest), loss weights (B, longest), mask of value tokens (B, longest)"""
    tokens, _ = pad([s.task.answer for s in samples], device)
    weights, value = torch.zeros(tokens.shape), torch.zeros(tokens.shape, dtype=torch.bool)
    for i, s in enumerate(samples):
        weights[i, : len(s.task.weights)] = torch.tensor(s.task.weights)
        value[i, s.task.value] = True
    return tokens, weights.to(device), value.to(device)


def cross_entropy(logits, tokens, weights):
    """-> weighted mean over tokens, and the tokens' own values (B, T)"""
    each = F.cross_entropy(logits.flatten(0, 1), tokens.flatten(), reduction="none").view(tokens.shape)
    return (each * weights).sum() / weights.sum(), each.detach()


@torch.no_grad()
def teacher_logits(pool, samples):
    """The frozen model with the gold chunk in its window: what the candidates should make it say"""
    return answer_logits(pool, [Sample(s.task, s.chunks, s.gold, [s.chunks[s.gold]]) for s in samples])


def divergence(teacher, logits, weights):
    """KL(teacher || student), weighted mean over tokens"""
    p, q = teacher.log_softmax(-1), logits.log_softmax(-1)
    each = (p.exp() * (p - q)).sum(-1)
    return (each * weights).sum() / weights.sum()
