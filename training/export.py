"""Checkpoint -> GGUF LoRA adapter for llama.cpp and focus: f16, with what focus checks before it uses one."""
import argparse
import hashlib
import os
from contextlib import contextmanager
from pathlib import Path

import gguf
import numpy as np
import torch

from lora import M


COUNTS = {"samples": "samples", "tokens": "tokens", "steps": "step"}  # of focus.training: of a checkpoint's progress


def write(state, base, path, before=None):
    """state: a checkpoint's; base: the GGUF it was trained on; before: the adapter that the run started from, whose
    training counts too. Rows are in the GGUF's order: nothing is permuted."""
    m = state.get("m", M)
    form, value = ("condenser", 1) if m is None else ("candidates", m)
    with adapter(base, path, "lora", form, value) as writer:
        writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, float(state["alpha"]))
        earlier = gguf.GGUFReader(before).fields if before else {}
        for name, of_run in COUNTS.items():
            key = f"focus.training.{name}"
            writer.add_uint32(key, state["progress"][of_run] + (earlier[key].contents() if key in earlier else 0))
        for name, values in (state.get("mean") or state["weights"]).items():  # lora_a (r, in), lora_b (out, r)
            writer.add_tensor(name, np.ascontiguousarray(values.numpy().astype(np.float16)))


@contextmanager
def adapter(base, path, kind, form, value):
    """A GGUF writer with what every adapter says of itself and of its base; the file is there when all is written."""
    temporary = f"{path}.tmp"
    fields = gguf.GGUFReader(base).fields
    text = lambda key: fields[key].contents()
    writer = gguf.GGUFWriter(temporary, text("general.architecture"))
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, kind)
    writer.add_name(f"focus {form} of {text('general.name')}")
    writer.add_uint32(f"focus.{form}", value)
    writer.add_string("focus.base.name", text("general.name"))
    writer.add_string("focus.base.sha256", sha256(base))
    yield writer
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    os.replace(temporary, path)


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", help="a run's latest.pt")
    parser.add_argument("adapter", help="GGUF to write")
    parser.add_argument("--model", required=True, help="base GGUF")
    parser.add_argument("--before", help="adapter that the run started from (--from-adapter)")
    options = parser.parse_args()
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=True)
    write(state, options.model, options.adapter, options.before)
    size = Path(options.adapter).stat().st_size
    print(f"{options.adapter}: {size / 1e6:.1f} MB, sha256 {sha256(options.adapter)}")
