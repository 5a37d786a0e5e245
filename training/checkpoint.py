"""Checkpoints of a run: written beside the old one and renamed, so that a kill at any moment leaves a whole one."""
import json
import os
from pathlib import Path

import torch

from lora import M


def save(folder, lora, optimiser, progress, mean=None):
    """mean: of the weights so far, which is exported in their place"""
    path = Path(folder) / "latest.pt"
    temporary = path.with_suffix(".tmp")
    state = {"rank": lora.rank, "alpha": lora.alpha, "m": lora.m, "feed_forward": lora.feed_forward}
    state |= {"weights": lora.state(), "progress": dict(progress)}
    state |= {"mean": {name: values.cpu() for name, values in mean.items()}} if mean else {}
    with open(temporary, "wb") as file:
        torch.save({**state, "optimiser": optimiser.state_dict()}, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


def load(folder, lora, optimiser, progress):
    """Fills the three in place; rank, alpha and m are the checkpoint's. -> its mean of weights, or None"""
    state = torch.load(Path(folder) / "latest.pt", map_location="cpu", weights_only=True)
    if state.get("feed_forward", 0) != lora.feed_forward:
        raise ValueError(f"{folder}/latest.pt has rank {state.get('feed_forward', 0)} on the feed-forward: go on with --feed-forward as it is there")
    lora.rank, lora.alpha, lora.m = state["rank"], state["alpha"], state.get("m", M)
    lora.load(state["weights"])
    optimiser.load_state_dict(state["optimiser"])
    progress.update(state["progress"])
    return state.get("mean")


def run(trainer, log_steps, save_steps):
    """Steps of a trainer for as many minutes as its options say; logs its reports and keeps its checkpoint in their folder."""
    options, progress = trainer.options, trainer.progress
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    keep = lambda: save(folder, trainer.lora, trainer.optimiser, progress, trainer.mean)
    with open(folder / "log.jsonl", "a", buffering=1) as log:
        print(json.dumps({"options": vars(options)}), file=log)
        while progress["seconds"] < 60 * options.minutes:
            trainer.step()
            if progress["step"] % log_steps == 0:
                print(json.dumps(trainer.report()), file=log)
            if progress["step"] % save_steps == 0:
                keep()
    keep()
