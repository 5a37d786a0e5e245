"""A GGUF -> the same with its weights dequantised to fp32: what a server of hf_folder.py's folder has, for this machine's
engine. Needs gguf.

    python bench/server/f32_gguf.py smollm2-135m.gguf smollm2-135m-f32.gguf"""
import argparse

import gguf
import numpy as np

FILE_TYPE = "general.file_type"
KEPT_BY_WRITER = ("GGUF.", "general.architecture")  # the header's own


def copy_fields(reader, writer):
    for name, field in reader.fields.items():
        if name.startswith(KEPT_BY_WRITER):
            continue
        kind, sub = field.types[0], field.types[-1]
        value = int(gguf.LlamaFileType.ALL_F32) if name == FILE_TYPE else field.contents()
        writer.add_key_value(name, value, kind, sub_type=sub if kind == gguf.GGUFValueType.ARRAY else None)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gguf")
    parser.add_argument("to")
    options = parser.parse_args()
    reader = gguf.GGUFReader(options.gguf)
    writer = gguf.GGUFWriter(options.to, reader.fields["general.architecture"].contents())
    copy_fields(reader, writer)
    for tensor in reader.tensors:
        writer.add_tensor(tensor.name, gguf.quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
