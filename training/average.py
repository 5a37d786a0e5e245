"""Two condensers -> one between them, where the second's training went on from the first. As Wortsman et al. 2022 ("Robust fine-tuning of zero-shot
models", arXiv 2109.01903) average weights, but factor by factor of the LoRA. Matrices that only the second has are weighed by its share."""
import argparse
from pathlib import Path

import gguf

import export
from gguf_model import Model
from lora import from_adapter


def between(first, second, share):
    """Weights of two LoRAs of one shape -> share of the second, the rest of the first"""
    mixed = {}
    for name, theirs in second.items():
        is_new = not first[f"{name[:-1]}b"].any()  # then `a` is still random
        own = theirs if is_new and name.endswith("a") else first[name]
        mixed[name] = own + share * (theirs - own)
    return mixed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("first", help="condenser GGUF")
    add("second", help="condenser GGUF that was trained --from-adapter FIRST")
    add("adapter", help="GGUF to write")
    add("--model", required=True, help="base GGUF")
    add("--share", type=float, default=0.5, help="of the second")
    options = parser.parse_args()
    model = Model(options.model)
    second = from_adapter(model, options.second)
    first = from_adapter(model, options.first, second.rank, second.feed_forward)
    fields = gguf.GGUFReader(options.second).fields
    progress = {of_run: fields[f"focus.training.{name}"].contents() for name, of_run in export.COUNTS.items()}
    weights = between(first.state(), second.state(), options.share)
    export.write({"m": None, "alpha": second.alpha, "progress": progress, "weights": weights}, options.model, options.adapter)
    print(f"{options.adapter}: {Path(options.adapter).stat().st_size / 1e6:.1f} MB, sha256 {export.sha256(options.adapter)}")


if __name__ == "__main__":
    main()
