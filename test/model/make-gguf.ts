/** A metadata value and its gguf_type; numbers are u32 unless they say otherwise. */
export type MadeValue =
  | string
  | number
  | boolean
  | { readonly f32: number }
  | { readonly u64: bigint }
  | { readonly strings: readonly string[] }
  | { readonly numbers: readonly number[] }
  | { readonly raw: Buffer };

export type MadeTensor = {
  readonly name: string;
  readonly dimensions: readonly number[];
  /** ggml_type. */
  readonly type: number;
  readonly data: Buffer;
  /** What the header claims, where that is a lie. */
  readonly offset?: bigint;
};

export type MadeGguf = {
  readonly values: Readonly<Record<string, MadeValue>>;
  readonly tensors?: readonly MadeTensor[];
  readonly version?: number;
  readonly nValues?: bigint;
  readonly nTensors?: bigint;
};

const ALIGNMENT = 32;

/** What every model has; `changes` replaces values, or takes them away where they are undefined. */
export function modelValues(
  architecture: string,
  changes: Readonly<Record<string, MadeValue | undefined>> = {},
): Record<string, MadeValue> {
  const values: Record<string, MadeValue | undefined> = {
    "general.architecture": architecture,
    "general.name": "Tiny",
    [`${architecture}.block_count`]: 2,
    [`${architecture}.context_length`]: 1024,
    [`${architecture}.embedding_length`]: 64,
    [`${architecture}.attention.head_count`]: 4,
    [`${architecture}.attention.head_count_kv`]: 2,
    "tokenizer.ggml.tokens": { strings: ["<s>", "a", "b"] },
    ...changes,
  };
  const present = Object.entries(values).filter(
    (entry): entry is [string, MadeValue] => entry[1] !== undefined,
  );
  return Object.fromEntries(present);
}

/** A tensor of f32 zeros, or of these values. */
export function f32Tensor(name: string, values: readonly number[] = [0, 0, 0, 0]): MadeTensor {
  return { name, dimensions: [values.length], type: 0, data: Buffer.from(Float32Array.from(values).buffer) };
}

/** A whole GGUF file of the architecture with one small tensor. */
export function makeModel(
  architecture: string,
  changes?: Readonly<Record<string, MadeValue | undefined>>,
): Buffer {
  return makeGguf({ values: modelValues(architecture, changes) });
}

/** A GGUF file as llama.cpp's writers make it (docs/gguf.md of ggml), or as its claims would have it. */
export function makeGguf({ values, tensors = [f32Tensor("token_embd.weight")], ...made }: MadeGguf): Buffer {
  const {
    version = 3,
    nValues = BigInt(Object.keys(values).length),
    nTensors = BigInt(tensors.length),
  } = made;
  const places = tensorOffsets(tensors);
  const header = Buffer.concat([
    Buffer.from("GGUF"),
    u32(version),
    u64(nTensors),
    u64(nValues),
    ...Object.entries(values).flatMap(([key, value]) => [text(key), encoded(value)]),
    ...tensors.map((tensor, i) => tensorInfo(tensor, tensor.offset ?? BigInt(places[i] ?? 0))),
  ]);
  return Buffer.concat([padded(header), ...tensors.map(({ data }) => padded(data))]);
}

function tensorOffsets(tensors: readonly MadeTensor[]): readonly number[] {
  const offsets: number[] = [];
  let at = 0;
  for (const { data } of tensors) {
    offsets.push(at);
    at += padded(data).length;
  }
  return offsets;
}

function tensorInfo({ name, dimensions, type }: MadeTensor, offset: bigint): Buffer {
  const sizes = dimensions.map((size) => u64(BigInt(size)));
  return Buffer.concat([text(name), u32(dimensions.length), ...sizes, u32(type), u64(offset)]);
}

function encoded(value: MadeValue): Buffer {
  if (typeof value === "string") return Buffer.concat([u32(8), text(value)]);
  if (typeof value === "number") return Buffer.concat([u32(4), u32(value)]);
  if (typeof value === "boolean") return Buffer.concat([u32(7), Buffer.from([value ? 1 : 0])]);
  if ("raw" in value) return value.raw;
  if ("u64" in value) return Buffer.concat([u32(10), u64(value.u64)]);
  if ("f32" in value) return Buffer.concat([u32(6), Buffer.from(Float32Array.of(value.f32).buffer)]);
  const items = "strings" in value ? value.strings.map(text) : value.numbers.map(u32);
  return Buffer.concat([u32(9), u32("strings" in value ? 8 : 4), u64(BigInt(items.length)), ...items]);
}

export function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

export function u64(value: bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(value);
  return buffer;
}

export function text(value: string): Buffer {
  return Buffer.concat([u64(BigInt(Buffer.byteLength(value))), Buffer.from(value)]);
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((ALIGNMENT - (data.length % ALIGNMENT)) % ALIGNMENT)]);
}
