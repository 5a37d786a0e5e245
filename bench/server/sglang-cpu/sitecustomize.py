"""On PYTHONPATH: lets SGLang start beside a torch for CPUs. Its torchvision is CUDA's and brings no operator; no picture is read."""
import sys

if any("sglang" in a for a in sys.argv + sys.orig_argv) or "multiprocessing" in " ".join(sys.orig_argv):
    import torch

    for name in ("nms", "qnms"):
        torch.library.define(f"torchvision::{name}", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
