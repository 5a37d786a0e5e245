"""Trains the static embedding by which focus finds what is said in other words: a vector for each token of a reader's vocabulary, whose
sums stand for questions and windows of text (contrastive, in-batch negatives; as sentence-transformers' static embeddings). Minutes on
one core. Writes the GGUF that comes with focus."""
import argparse
import math
import random
import time

import gguf
import numpy as np
import torch
import torch.nn.functional as F

import embedding_data as data
from export import adapter, sha256
from tokenizer import Tokenizer

COMMON = 3  # first principal components of the model's token embeddings: how frequent a token is, not what it means
WARM_UP, LAST_RATE = 30, 0.05  # steps; share of the rate at the end
START_TEMPERATURE = math.exp(-2.5)


class Embedding(torch.nn.Module):
    """(nTokens, d) table"""

    def __init__(self, table):
        super().__init__()
        self.table = torch.nn.Parameter(table)
        self.sharpness = torch.nn.Parameter(torch.tensor(-math.log(START_TEMPERATURE)))

    def forward(self, texts):
        """[token ids] -> (nTexts, d) of length 1"""
        flat = torch.tensor([token for tokens in texts for token in tokens])
        starts = torch.tensor([0] + [len(tokens) for tokens in texts[:-1]]).cumsum(0)
        return F.normalize(F.embedding_bag(flat, self.table, starts, mode="sum"), dim=1)


def start_table(embedding, d):
    """(nTokens, d_model) of the frozen model -> (nTokens, d): its directions of largest variance but the first COMMON"""
    centred = embedding - embedding.mean(0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True) + 1e-9
    sample = centred[np.random.default_rng(0).choice(len(centred), min(8000, len(centred)), replace=False)]
    _, _, directions = np.linalg.svd(sample, full_matrices=False)
    return torch.tensor(centred @ directions[COMMON : COMMON + d].T, dtype=torch.float32)


def train(model, pairs, encode, options):
    rng = random.Random(options.seed)
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.0)
    bags = lambda texts: [[token for word in words for token in encode(" " + word)] for words in texts]
    losses, hits, began = [], [], time.time()
    for step in range(options.steps):
        warm = min(1, (step + 1) / WARM_UP)
        cosine = max(LAST_RATE, 0.5 * (1 + math.cos(math.pi * step / options.steps)))
        for group in optimiser.param_groups:
            group["lr"] = options.rate * warm * cosine
        chosen, windows, others = data.batch(pairs, options.batch, rng)
        scores = model(bags([pair.question for pair in chosen])) @ model(bags(windows + others)).T * model.sharpness.exp()
        right = torch.arange(len(chosen))
        too = torch.tensor(data.same(chosen)) & ~torch.eye(len(chosen), dtype=torch.bool)
        scores[:, : len(chosen)] = scores[:, : len(chosen)].masked_fill(too, -math.inf)
        loss = F.cross_entropy(scores, right)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
        hits.append((scores.argmax(1) == right).float().mean().item())
        if (step + 1) % 100 == 0:
            mean = lambda values: sum(values[-100:]) / 100
            print(f"{step + 1} | {mean(losses):.2f} | {mean(hits):.0%} | {time.time() - began:.0f} s", flush=True)


def write(model, base, path, n_pairs, options):
    q8 = gguf.GGMLQuantizationType.Q8_0
    with adapter(base, path, "embedding", "embedding", 1) as writer:
        writer.add_uint32("focus.embedding.dimensions", options.dimensions)
        writer.add_uint32("focus.training.samples", n_pairs)
        writer.add_uint32("focus.training.steps", options.steps)
        rows = gguf.quants.quantize(model.table.detach().numpy(), q8)
        writer.add_tensor("token_embd.weight", rows, raw_dtype=q8)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", help="SOURCE.train.jsonl[.gz]")
    parser.add_argument("--model", required=True, help="GGUF of the reader")
    parser.add_argument("--out", required=True, help="GGUF to write")
    parser.add_argument("--dimensions", type=int, default=128, help="a multiple of 32")
    parser.add_argument("--steps", type=int, default=1800)
    parser.add_argument("--batch", type=int, default=384, help="questions a step")
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", default="", help="sources to leave out, with commas between them")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    reader = gguf.GGUFReader(options.model)
    tokenizer = Tokenizer(reader.fields)
    tensor = next(t for t in reader.tensors if t.name == "token_embd.weight")
    frozen = np.array(gguf.quants.dequantize(tensor.data, tensor.tensor_type), dtype=np.float32)
    pairs = data.load(options.sets, options.seed)
    pairs = {source: some for source, some in pairs.items() if source not in options.without.split(",")}
    n_pairs = sum(map(len, pairs.values()))
    print(f"{n_pairs} questions of {len(pairs)} sources: {', '.join(sorted(pairs))}")
    print("steps | loss | right window first | time", flush=True)
    model = Embedding(start_table(frozen, options.dimensions))
    train(model, pairs, tokenizer.encode, options)
    write(model, options.model, options.out, n_pairs, options)
    print(f"{options.out}: sha256 {sha256(options.out)}")
