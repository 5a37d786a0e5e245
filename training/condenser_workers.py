"""Excerpts with questions, made by other processes while the trainer computes."""
import multiprocessing
import os
import queue
import random

import torch

from condenser_data import excerpts

AHEAD = 4  # excerpts that wait, a process
PATIENCE = 10  # seconds until it is asked whether the others still live


def stream(texts, tokenizer, seed, workers=0):
    """Endless excerpts; without workers they are made here"""
    if not workers:
        yield from excerpts(texts, tokenizer, random.Random(seed))
        return
    context = multiprocessing.get_context("fork")
    waiting = context.Queue(AHEAD * workers)
    args = lambda worker: (texts, tokenizer, f"{seed}.{worker}", waiting, os.getpid())
    processes = [context.Process(target=make, args=args(worker), daemon=True) for worker in range(workers)]
    for process in processes:
        process.start()
    try:
        while True:
            try:
                yield waiting.get(timeout=PATIENCE)
            except queue.Empty:
                if not any(process.is_alive() for process in processes):
                    raise RuntimeError("no process is left that makes examples: what it died of stands above") from None
    finally:
        for process in processes:
            process.terminate()


def make(texts, tokenizer, seed, waiting, parent):
    """Ends with its parent, however that ended"""
    torch.set_num_threads(1)
    for excerpt in excerpts(texts, tokenizer, random.Random(seed)):
        while True:
            try:
                waiting.put(excerpt, timeout=PATIENCE)
                break
            except queue.Full:
                if os.getppid() != parent:
                    return


def batches(excerpts, size):
    """Endless lists of excerpts with at least `size` questions in all"""
    some, count = [], 0
    for excerpt in excerpts:
        some.append(excerpt)
        count += len(excerpt.examples)
        if count >= size:
            yield some
            some, count = [], 0


def merged(excerpts):
    """-> chunks of all, and examples whose parts name them"""
    chunks, examples = [], []
    for excerpt in excerpts:
        examples += [e.moved(len(chunks)) for e in excerpt.examples]
        chunks += excerpt.chunks
    return chunks, examples
