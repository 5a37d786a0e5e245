"""Excerpts with questions, made by other processes while the trainer computes."""
import multiprocessing
import random

import torch

from condenser_data import excerpts

AHEAD = 4  # excerpts that wait, a process


def stream(texts, tokenizer, seed, workers=0):
    """Endless excerpts; without workers they are made here"""
    if not workers:
        yield from excerpts(texts, tokenizer, random.Random(seed))
        return
    context = multiprocessing.get_context("fork")
    waiting = context.Queue(AHEAD * workers)
    for worker in range(workers):
        args = (texts, tokenizer, f"{seed}.{worker}", waiting)
        context.Process(target=make, args=args, daemon=True).start()
    while True:
        yield waiting.get()


def make(texts, tokenizer, seed, waiting):
    torch.set_num_threads(1)
    for excerpt in excerpts(texts, tokenizer, random.Random(seed)):
        waiting.put(excerpt)


def batches(excerpts, size):
    """Endless lists of excerpts with at least `size` questions in all"""
    some, count = [], 0
    for excerpt in excerpts:
        some.append(excerpt)
        count += len(excerpt.examples)
        if count >= size:
            yield some
            some, count = [], 0


def joined(excerpts):
    """-> chunks of all, and examples whose parts name them"""
    chunks, examples = [], []
    for excerpt in excerpts:
        examples += [e.moved(len(chunks)) for e in excerpt.examples]
        chunks += excerpt.chunks
    return chunks, examples
