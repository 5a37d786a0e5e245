"""Checkpoints of a run: written beside the old one and renamed, so that a kill at any moment leaves a whole one."""
import os
from pathlib import Path

import torch

from lora import M


def save(folder, lora, optimiser, progress):
    path = Path(folder) / "latest.pt"
    temporary = path.with_suffix(".tmp")
    state = {"rank": lora.rank, "alpha": lora.alpha, "m": lora.m, "weights": lora.state(), "progress": dict(progress)}
    with open(temporary, "wb") as file:
        torch.save({**state, "optimiser": optimiser.state_dict()}, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


def load(folder, lora, optimiser, progress):
    """Fills the three in place; rank, alpha and m are the checkpoint's."""
    state = torch.load(Path(folder) / "latest.pt", map_location="cpu", weights_only=True)
    lora.rank, lora.alpha, lora.m = state["rank"], state["alpha"], state.get("m", M)
    lora.load(state["weights"])
    optimiser.load_state_dict(state["optimiser"])
    progress.update(state["progress"])
