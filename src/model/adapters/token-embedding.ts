import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ModelError } from "../../errors.ts";
import { decodeF16 } from "../../kv/state/f16.ts";
import { TYPE_Q8_0 } from "../gguf/ggml-types.ts";
import type { GgufHeader } from "../gguf/gguf-header.ts";
import { type AdapterFile, type BaseModel, readAdapterHeader, requireBase } from "./adapter.ts";

/** Version of the form: 1 = the tokens of words in lower case, each word behind a space (training/FORM.md). */
const FORM_KEY = "focus.embedding";
const FORM = 1;
const DIMENSIONS_KEY = "focus.embedding.dimensions";
/** (nTokens, nDimensions) Q8_0: the vector that a token adds to the sum of a text. */
const ROWS = "token_embd.weight";
/** block_q8_0 of ggml-common.h: a scale (f16), then 32 signed bytes. */
const BLOCK = 32;
const BLOCK_BYTES = 34;
const HINT = "install focus again, or export it anew: training/README.md";

/** A static embedding: a vector for each token of a model's vocabulary, of which the sum stands for a text. */
export class TokenEmbedding {
  /** Of the file, in hex. */
  readonly sha256: string;
  readonly nDimensions: number;
  /** (nTokens, nDimensions) in blocks of Q8_0. */
  readonly #rows: Buffer;
  /** The same bytes, signed. */
  readonly #codes: Int8Array;

  constructor(sha256: string, rows: Buffer, nDimensions: number) {
    this.sha256 = sha256;
    this.#rows = rows;
    this.#codes = new Int8Array(rows.buffer, rows.byteOffset, rows.length);
    this.nDimensions = nDimensions;
  }

  /** Adds the vector of a token to `sum` (nDimensions); nothing for a token that it does not have. */
  add(token: number, sum: Float32Array): void {
    const nBlocks = this.nDimensions / BLOCK;
    const row = token * nBlocks * BLOCK_BYTES;
    if (row >= this.#rows.length) return;
    for (let block = 0; block < nBlocks; block += 1) {
      const from = row + block * BLOCK_BYTES;
      const scale = decodeF16(this.#rows.readUInt16LE(from));
      for (let i = 0; i < BLOCK; i += 1) {
        const at = block * BLOCK + i;
        sum[at] = (sum[at] ?? 0) + scale * (this.#codes[from + 2 + i] ?? 0);
      }
    }
  }
}

/** Reads a static embedding that was trained on a model's tokens. Throws ModelError for one that is damaged, or of another model. */
export async function readEmbedding({ path, name }: AdapterFile, base: BaseModel): Promise<TokenEmbedding> {
  const header = readAdapterHeader(path, HINT);
  const form = header.values.get(FORM_KEY);
  if (form !== FORM)
    throw unfit(header, `${FORM_KEY} is ${JSON.stringify(form) ?? "missing"}, expected ${FORM}`);
  await requireBase(header, { adapter: name, base });
  const { nDimensions, offset, bytes } = requireRows(header);
  const file = await readFile(path);
  const rows = file.subarray(offset, offset + bytes);
  requireFinite(rows, header);
  return new TokenEmbedding(createHash("sha256").update(file).digest("hex"), rows, nDimensions);
}

function requireRows(header: GgufHeader) {
  const nDimensions = header.values.get(DIMENSIONS_KEY);
  const tensor = header.tensors.find(({ name }) => name === ROWS);
  if (tensor?.type !== TYPE_Q8_0 || tensor.bytes === undefined) {
    throw unfit(
      header,
      `its tensor ${ROWS} is ${tensor === undefined ? "missing" : `of type ${tensor.type}`}`,
    );
  }
  const { elements, offset, bytes } = tensor;
  const isWhole = typeof nDimensions === "number" && nDimensions > 0 && nDimensions % BLOCK === 0;
  if (!isWhole || elements === 0 || elements % nDimensions !== 0) {
    throw unfit(header, `${elements} weights are no rows of ${String(nDimensions ?? "unknown")} dimensions`);
  }
  return { nDimensions, offset, bytes };
}

/** One scale that is no number would take the order from every list of passages. */
function requireFinite(rows: Buffer, header: GgufHeader): void {
  for (let at = 0; at < rows.length; at += BLOCK_BYTES) {
    if (!Number.isFinite(decodeF16(rows.readUInt16LE(at))))
      throw unfit(header, `a scale of ${ROWS} is not finite`);
  }
}

function unfit({ path }: GgufHeader, why: string): ModelError {
  return new ModelError(`${path} is no embedding of this focus: ${why}`, {
    hint: HINT,
  });
}
