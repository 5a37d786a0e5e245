"""In the place of SGLang's kernels, which the index has for CUDA alone: SGLang computes with torch instead."""
__version__ = "0.0"


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def missing(*_, **__):
        raise NotImplementedError(f"sgl_kernel.{name}")

    return missing
