import { open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type ControlledEvaluateInputItem,
  getLlama,
  type LlamaContextSequence,
  LlamaLogLevel,
  type LlamaModel,
  type Token,
} from "node-llama-cpp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileSource } from "../../src/kv/state/byte-source.ts";
import { type ComposeOptions, composeState, type Piece } from "../../src/kv/state/composed-state.ts";
import { decodeF16 } from "../../src/kv/state/f16.ts";
import { packedStateBytes, packState, unpackState } from "../../src/kv/state/packed-state.ts";
import { type RopeParams, rotateKeys, rotation } from "../../src/kv/state/rope.ts";
import { readRows } from "../../src/kv/state/rows.ts";
import {
  f16Geometry,
  parseState,
  type StateExpectation,
  type StateFile,
  stateBytes,
} from "../../src/kv/state/state-file.ts";
import { writeState } from "../../src/kv/state/state-writer.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const N_STREAM = 2;
const CONTEXT_TOKENS = 512;
const OFFSET = 137;
const TEXT =
  "The lighthouse at Port Ellery was built in 1846. Its keeper, Martha Quill, wrote down every ship she saw. ";
const LOCAL = "Question: when was the lighthouse built? Answer: it was built in 1846.";

type Opened = {
  readonly model: LlamaModel;
  readonly first: LlamaContextSequence;
  readonly second: LlamaContextSequence;
  readonly shape: { readonly nLayers: number; readonly nKvHeads: number; readonly headDim: number };
  readonly rope: RopeParams;
  readonly expectation: StateExpectation;
  readonly chunk: readonly Token[];
  readonly close: () => Promise<void>;
};

async function openModel(): Promise<Opened> {
  const { FOCUS_TEST_MODEL: modelPath } = process.env;
  if (modelPath === undefined) throw new Error("FOCUS_TEST_MODEL is not set: it names the GGUF to test with");
  const llama = await getLlama({ gpu: false, build: "never", maxThreads: 1, logLevel: LlamaLogLevel.error });
  const model = await llama.loadModel({ modelPath });
  const context = await model.createContext({
    sequences: N_STREAM,
    contextSize: CONTEXT_TOKENS,
    flashAttention: true,
    threads: 1,
  });
  const { architecture, block_count, embedding_length, attention, rope } = metadataOf(model);
  expect(architecture, "the rotation below is that of arch llama").toBe("llama");
  const headDim = embedding_length / attention.head_count;
  const shape = { nLayers: block_count, nKvHeads: attention.head_count_kv, headDim };
  return {
    model,
    first: context.getSequence(),
    second: context.getSequence(),
    shape,
    rope: {
      pairing: "norm",
      headDim,
      dimensionCount: rope.dimension_count,
      base: rope.freq_base,
      linearScale: 1,
    },
    expectation: { ...f16Geometry(shape), nStream: N_STREAM, capacityCells: CONTEXT_TOKENS },
    chunk: model.tokenize(TEXT.repeat(4), false),
    close: async () => {
      await context.dispose();
      await model.dispose();
      await llama.dispose();
    },
  };
}

function metadataOf(model: LlamaModel) {
  const { general, llama } = model.fileInfo.metadata;
  if (llama === undefined) throw new Error("the model is not of arch llama");
  const { block_count, embedding_length, attention, rope } = llama;
  const { head_count, head_count_kv } = attention ?? {};
  const { dimension_count, freq_base = 10_000 }: { dimension_count?: number; freq_base?: number } =
    rope ?? {};
  if (typeof head_count !== "number" || typeof head_count_kv !== "number" || dimension_count === undefined) {
    throw new Error("the model's metadata lack what the test needs");
  }
  return {
    architecture: general.architecture,
    block_count,
    embedding_length,
    attention: { head_count, head_count_kv },
    rope: { dimension_count, freq_base },
  };
}

/** (local.length - 1) log P(local[i + 1] | what the sequence holds, local[0 … i]), in nats. */
async function logProbabilities(sequence: LlamaContextSequence, local: readonly Token[]): Promise<number[]> {
  const input = local.slice(0, -1).map((token, i): ControlledEvaluateInputItem => {
    const filter = { tokens: local.slice(i + 1, i + 2), includeSelected: true };
    return [token, { generateNext: { token: true, logits: { filter }, totalLogitWeight: true } }];
  });
  const results = await sequence.controlledEvaluate(input);
  return results.map((result, i) => {
    const { token, logits, totalLogitWeight } = result?.next ?? {};
    const target = local[i + 1];
    if (token == null || logits == null || totalLogitWeight == null || target === undefined) {
      throw new Error("no logits");
    }
    return (
      (logits.get(target) ?? Number.NaN) - (logits.get(token) ?? Number.NaN) - Math.log(totalLogitWeight)
    );
  });
}

describe("state files of the pinned llama.cpp", () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await openModel();
  });
  afterAll(() => opened.close());

  /** Reads the chunk in a sequence and saves it; `start` = position of its first token. */
  async function saveChunk(path: string, sequence: LlamaContextSequence, start = 0): Promise<void> {
    await sequence.clearHistory();
    if (start > 0) {
      await writeFile(`${path}.seed`, seed(start));
      await sequence.loadStateFromFile(`${path}.seed`, { acceptRisk: true });
    }
    await sequence.evaluateWithoutGeneratingNewTokens([...opened.chunk]);
    const { fileSize } = await sequence.saveStateToFile(path);
    const nCells = opened.chunk.length;
    expect(fileSize).toBe(stateBytes(opened.shape, start + nCells, { nCells, nStream: N_STREAM }));
  }

  /** A state of so many tokens and no cells: evaluation goes on behind them, with nothing to attend to. */
  function seed(nTokens: number): Buffer {
    const words = [0x67677371, 3, nTokens, ...new Array<number>(nTokens).fill(1), N_STREAM, 0, 0];
    return Buffer.from(Uint32Array.from(words).buffer);
  }

  async function scoresAfter(path: string): Promise<number[]> {
    await opened.first.loadStateFromFile(path, { acceptRisk: true });
    return logProbabilities(opened.first, opened.model.tokenize(LOCAL, false));
  }

  async function inFile<Result>(path: string, use: (file: OpenFile) => Promise<Result>) {
    await using handle = await open(path, "r");
    const source = await fileSource(handle, path);
    return await use({ source, state: await parseState(source, opened.expectation) });
  }

  function options(): ComposeOptions {
    return { rope: opened.rope, nStream: N_STREAM };
  }

  it("are parsed and written back byte for byte, whichever sequence was saved", async () => {
    const folder = await tempFolder();
    for (const [stream, sequence] of [opened.first, opened.second].entries()) {
      const [path, copy] = [join(folder, `${stream}.kv`), join(folder, `${stream}-copy.kv`)];
      await saveChunk(path, sequence);
      await inFile(path, async ({ source, state }) => {
        expect(state).toMatchObject({ stream, nStream: N_STREAM });
        expect([...state.tokens]).toEqual([...opened.chunk]);
        const cells = Uint32Array.from(state.positions.keys());
        const same = (layers: StateFile["keys"]) =>
          layers.map((rows) => ({ ...rows, read: () => readRows([{ source, rows, cells }]) }));
        await writeState(copy, { ...state, keys: same(state.keys), values: same(state.values) });
      });
      expect((await readFile(copy)).equals(await readFile(path))).toBe(true);
    }
  });

  it("at 8 bits take the size that was foretold, and cost hardly anything", async () => {
    const folder = await tempFolder();
    const [path, unpacked] = [join(folder, "plain.kv"), join(folder, "unpacked.kv")];
    await saveChunk(path, opened.first);
    const packed = await packState(await readFile(path), opened.expectation);
    const counts = { nTokens: opened.chunk.length, nStream: N_STREAM };
    expect(packed.length).toBe(packedStateBytes(opened.shape, counts));
    expect(packed.length).toBeLessThan(
      0.52 * stateBytes(opened.shape, counts.nTokens, { nStream: N_STREAM }),
    );
    const { bytes } = await unpackState(packed, opened.expectation);
    await writeFile(unpacked, bytes);
    const [rounded, plain] = [await scoresAfter(unpacked), await scoresAfter(path)];
    const off = plain.map((value, i) => Math.abs(value - (rounded[i] ?? 0)));
    expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(0.1);
  });

  it("for another number of sequences are refused", async () => {
    const path = join(await tempFolder(), "state.kv");
    await saveChunk(path, opened.first);
    await using handle = await open(path, "r");
    const source = await fileSource(handle, path);
    await expect(parseState(source, { ...opened.expectation, nStream: 1 })).rejects.toThrow(
      `state file ${path}: wanted n_stream 1, found 2`,
    );
  });

  it("composed of a chunk's halves at their own places give the same log-probabilities", async () => {
    const folder = await tempFolder();
    const [path, composed] = [join(folder, "state.kv"), join(folder, "composed.kv")];
    await saveChunk(path, opened.first);
    await inFile(path, async (file) => {
      const cells = Uint32Array.from(file.state.positions.keys());
      const halves = [cells.subarray(0, 40), cells.subarray(40)];
      await composeState(
        composed,
        halves.map((half) => ({ ...file, cells: half, offset: 0 })),
        options(),
      );
    });
    expect(await scoresAfter(composed)).toEqual(await scoresAfter(path));
  });

  it("moved away and back have the same K but for f16 rounding, and the same V", async () => {
    const { path, moved: back } = await moveThereAndBack({ there: opened.rope, back: opened.rope });
    const { keys, values } = await differences(path, back, 0);
    expect(Math.max(...values)).toBe(0);
    // Two roundings of f16, each at most 2^-11 of a value.
    expect(Math.max(...keys)).toBeLessThan(2 * 2 ** -11);
  });

  it("moved away and back give nearly the same log-probabilities; another pairing would not", async () => {
    const { path, moved } = await moveThereAndBack({ there: opened.rope, back: opened.rope });
    const wrongRope: RopeParams = { ...opened.rope, pairing: "neox" };
    const { moved: wrong } = await moveThereAndBack({ there: opened.rope, back: wrongRope });
    const before = await scoresAfter(path);
    const change = meanDifference(before, await scoresAfter(moved));
    const wrongChange = meanDifference(before, await scoresAfter(wrong));
    console.info(
      `mean change of a log-probability: ${change.toFixed(4)} nats; wrong pairing: ${wrongChange.toFixed(4)}`,
    );
    // This small 4-bit model amplifies any noise: random changes of K's last bit alone give a mean of about 0.05.
    expect(change).toBeLessThan(0.15);
    expect(wrongChange).toBeGreaterThan(5 * change);
  });

  it("have the same K, rotated, as the chunk evaluated at the other position", async () => {
    const folder = await tempFolder();
    const [path, shifted] = [join(folder, "state.kv"), join(folder, "shifted.kv")];
    await saveChunk(path, opened.first);
    await saveChunk(shifted, opened.first, OFFSET);
    const { keys, values } = await differences(path, shifted, OFFSET);
    const wrong = (await differences(path, shifted, OFFSET + 1)).keys;
    console.info(
      `relative error of rotated K: layer 0 ${keys[0]?.toFixed(6)}, worst ${Math.max(...keys).toFixed(6)}`,
    );
    console.info(`relative error of V: layer 0 ${values[0]}, worst ${Math.max(...values).toFixed(6)}`);
    expect(keys.length).toBe(opened.shape.nLayers);
    // Layer 0 depends on nothing but token and position: what differs there is the rotation.
    expect(keys[0]).toBeLessThan(2e-3);
    expect(values[0]).toBe(0);
    // Further up, evaluation at another position differs by itself. V, which is not rotated, shows by how much; a rotation
    // that is wrong by a single position is still told apart in each layer (by 4 times and more on SmolLM2-135M).
    for (let layer = 1; layer < keys.length; layer += 1) {
      expect(keys[layer], `layer ${layer}`).toBeLessThan(values[layer] ?? 0);
      expect(wrong[layer], `layer ${layer}, one position off`).toBeGreaterThan(2 * (keys[layer] ?? Infinity));
    }
  });

  /** Composes the chunk OFFSET positions further on, and then back again, by these rotations. */
  async function moveThereAndBack({
    there,
    back,
  }: {
    readonly there: RopeParams;
    readonly back: RopeParams;
  }) {
    const folder = await tempFolder();
    const path = join(folder, "state.kv");
    const [away, moved] = [join(folder, "away.kv"), join(folder, "moved.kv")];
    await saveChunk(path, opened.first);
    for (const [from, to, step] of [
      [path, away, { offset: OFFSET, rope: there }],
      [away, moved, { offset: -OFFSET, rope: back }],
    ] as const) {
      await inFile(from, async (file) => {
        const cells = Uint32Array.from(file.state.positions.keys());
        await composeState(to, [{ ...file, cells, offset: step.offset }], {
          rope: step.rope,
          nStream: N_STREAM,
        });
      });
    }
    return { path, moved };
  }

  /** Relative error of each layer between the K of `path`, rotated by `offset`, and that of `other`; and of V as it is. */
  async function differences(path: string, other: string, offset: number) {
    const turn = rotation(opened.rope, offset);
    return inFile(path, (here) =>
      inFile(other, async (there) => {
        const cells = Uint32Array.from(here.state.positions.keys());
        const keys: number[] = [];
        const values: number[] = [];
        for (let layer = 0; layer < opened.shape.nLayers; layer += 1) {
          const [mine, theirs] = [await layerRows(here, cells, layer), await layerRows(there, cells, layer)];
          rotateKeys(mine.k, turn);
          keys.push(relativeError(mine.k, theirs.k));
          values.push(relativeError(mine.v, theirs.v));
        }
        return { keys, values };
      }),
    );
  }
});

type OpenFile = Omit<Piece, "cells" | "offset">;

async function layerRows({ source, state }: OpenFile, cells: Uint32Array, layer: number) {
  const [k, v] = [state.keys[layer], state.values[layer]];
  if (k === undefined || v === undefined) throw new Error(`layer ${layer} is missing`);
  return { k: await readRows([{ source, rows: k, cells }]), v: await readRows([{ source, rows: v, cells }]) };
}

function meanDifference(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? Number.NaN)), 0) / a.length;
}

/** |a - b| / |b| of f16 rows. */
function relativeError(a: Uint8Array, b: Uint8Array): number {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  let difference = 0;
  let norm = 0;
  for (let at = 0; at < x.length; at += 2) {
    const value = decodeF16(y.readUInt16LE(at));
    difference += (decodeF16(x.readUInt16LE(at)) - value) ** 2;
    norm += value ** 2;
  }
  return Math.sqrt(difference / norm);
}
