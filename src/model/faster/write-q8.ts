import { open } from "node:fs/promises";
import { writeWhole } from "../../fs/write-whole.ts";
import { TYPE_Q4_1, TYPE_Q8_0, tensorBytes } from "../gguf/ggml-types.ts";
import { GgufCursor } from "../gguf/gguf-cursor.ts";
import type { GgufHeader, GgufTensor } from "../gguf/gguf-header.ts";
import { asQ8 } from "./q8-blocks.ts";

/** Whole blocks of Q4_1, and of any other type. */
const SLICE_BYTES = 20 * 65_536;

/**
 * Writes a model with its Q4_1 tensors as Q8_0, everything else as it is. Types and offsets keep their places in the header,
 * so that no other byte of it changes. Throws what the file system throws, or the signal's reason.
 */
export async function writeAsQ8(header: GgufHeader, path: string, signal: AbortSignal): Promise<void> {
  const cursor = new GgufCursor(header.path);
  const file = await open(path, "wx");
  try {
    const { bytes, placed } = changedHeader(header, cursor.bytesAt(0, header.headerBytes));
    await writeWhole(file, bytes);
    for (const { tensor, offset } of placed) {
      let at = offset;
      for (const slice of slices(tensor, cursor)) {
        signal.throwIfAborted();
        await writeWhole(file, slice, at);
        at += slice.length;
      }
    }
    await file.sync();
  } finally {
    await file.close();
    cursor.close();
  }
}

type Placed = { readonly tensor: GgufTensor; readonly offset: number };

/** Tensors in the order of their data, each where it starts in the copy. */
function changedHeader(header: GgufHeader, bytes: Buffer): { bytes: Buffer; placed: readonly Placed[] } {
  const alignment = header.alignment;
  let end = header.headerBytes;
  const placed = header.tensors
    .toSorted((a, b) => a.offset - b.offset)
    .map((tensor) => {
      const offset = Math.ceil(end / alignment) * alignment;
      const type = tensor.type === TYPE_Q4_1 ? TYPE_Q8_0 : tensor.type;
      end = offset + (tensorBytes(type, tensor.elements) ?? 0);
      bytes.writeUInt32LE(type, tensor.typeAt);
      bytes.writeBigUInt64LE(BigInt(offset - header.headerBytes), tensor.typeAt + 4);
      return { tensor, offset };
    });
  return { bytes, placed };
}

function* slices({ type, offset, bytes = 0 }: GgufTensor, cursor: GgufCursor): Generator<Buffer> {
  for (let at = 0; at < bytes; at += SLICE_BYTES) {
    const slice = cursor.bytesAt(offset + at, Math.min(SLICE_BYTES, bytes - at));
    yield type === TYPE_Q4_1 ? asQ8(slice) : slice;
  }
}
