import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ModelError } from "../../errors.ts";
import { decodeF16 } from "../../kv/state/f16.ts";
import { TYPE_F32, TYPE_Q8_0 } from "../gguf/ggml-types.ts";
import type { GgufHeader, GgufTensor } from "../gguf/gguf-header.ts";
import { type AdapterFile, type BaseModel, readAdapterHeader, requireBase } from "./adapter.ts";

/** Version of the form: 1 = the tokens of words in lower case, each behind a space (training/FORM.md). */
const FORM_KEY = "focus.embedding";
const FORM = 1;
/** (nTokens, nDimensions) Q8_0: the vector that a token adds to the sum of a text. */
const ROWS = "token_embd.weight";
/** (nTokens) F32: what it is multiplied by in a question. */
const QUESTION = "question.weight";
/** block_q8_0 of ggml-common.h: a scale (f16), then 32 signed bytes. */
const BLOCK = 32;
const BLOCK_BYTES = 34;

/** A static embedding: a vector for each token of a model's vocabulary, of which the sum stands for a text. */
export class TokenEmbedding {
  /** Of the file, in hex. */
  readonly sha256: string;
  readonly nDimensions: number;
  readonly #rows: Buffer;
  /** The same, as signed bytes. */
  readonly #codes: Int8Array;
  readonly #question: Float32Array;

  constructor(sha256: string, rows: Buffer, question: Float32Array) {
    this.sha256 = sha256;
    this.#rows = rows;
    this.#codes = new Int8Array(rows.buffer, rows.byteOffset, rows.length);
    this.#question = question;
    this.nDimensions = (rows.length / BLOCK_BYTES / question.length) * BLOCK;
  }

  /** Adds `weight` times the vector of a token to `sum` (nDimensions); nothing for a token that it does not have. */
  add(token: number, sum: Float32Array, weight = 1): void {
    if (token >= this.#question.length) return;
    const nBlocks = this.nDimensions / BLOCK;
    for (let block = 0; block < nBlocks; block += 1) {
      const from = (token * nBlocks + block) * BLOCK_BYTES;
      const scale = weight * decodeF16(this.#rows.readUInt16LE(from));
      for (let i = 0; i < BLOCK; i += 1) {
        const at = block * BLOCK + i;
        sum[at] = (sum[at] ?? 0) + scale * (this.#codes[from + 2 + i] ?? 0);
      }
    }
  }

  /** How much a token counts in a question, against what it counts in a text. */
  questionWeight(token: number): number {
    return this.#question[token] ?? 0;
  }
}

/** Reads a static embedding that was trained on a model's tokens. Throws ModelError for one that is damaged, or of another model. */
export async function readEmbedding({ path, name }: AdapterFile, base: BaseModel): Promise<TokenEmbedding> {
  const header = readAdapterHeader(path);
  const form = header.values.get(FORM_KEY);
  if (form !== FORM)
    throw unfit(header, `${FORM_KEY} is ${JSON.stringify(form) ?? "missing"}, expected ${FORM}`);
  await requireBase(header, { adapter: name, base });
  const rows = tensorOf(header, ROWS, TYPE_Q8_0);
  const question = tensorOf(header, QUESTION, TYPE_F32);
  const nTokens = question.elements;
  if (nTokens === 0 || rows.elements % (nTokens * BLOCK) !== 0) {
    throw unfit(header, `${rows.elements} weights do not make rows of ${nTokens} tokens`);
  }
  const file = await readFile(path);
  const weights = new Float32Array(nTokens);
  for (let i = 0; i < nTokens; i += 1) weights[i] = file.readFloatLE(question.offset + 4 * i);
  return new TokenEmbedding(sha256Of(file), file.subarray(rows.offset, rows.offset + rows.bytes), weights);
}

function sha256Of(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function tensorOf(header: GgufHeader, name: string, type: number): GgufTensor & { readonly bytes: number } {
  const tensor = header.tensors.find((one) => one.name === name);
  if (tensor?.type !== type || tensor.bytes === undefined) {
    throw unfit(
      header,
      `its tensor ${name} is ${tensor === undefined ? "missing" : `of type ${tensor.type}`}`,
    );
  }
  return { ...tensor, bytes: tensor.bytes };
}

function unfit({ path }: GgufHeader, why: string): ModelError {
  return new ModelError(`${path} is no embedding of this focus: ${why}`, {
    hint: "install focus again, or export it anew: training/README.md",
  });
}
