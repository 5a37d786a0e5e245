import { join } from "node:path";
import { getLlama, type LlamaContextSequence, LlamaLogLevel, type Token } from "node-llama-cpp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { placeRows } from "../../src/engine/candidates/place.ts";
import { dynamicPrompt } from "../../src/engine/candidates/prompt.ts";
import { makeRows } from "../../src/engine/candidates/rows.ts";
import { SLICE_TOKENS } from "../../src/engine/reader/reading.ts";
import { cellsAt, type OpenState, openState } from "../../src/kv/state/open-state.ts";
import { rotateKeys, rotation } from "../../src/kv/state/rope.ts";
import { readRows } from "../../src/kv/state/rows.ts";
import { f16Geometry, type StateFile } from "../../src/kv/state/state-file.ts";
import { Scratch } from "../../src/kv/store/scratch.ts";
import type { Adapter } from "../../src/model/adapters/adapter.ts";
import { resolveAdapter } from "../../src/model/adapters/adapters.ts";
import { type Backend, openBackend } from "../../src/model/backend.ts";
import { loadModel } from "../../src/model/gguf-model.ts";
import type { LanguageModel } from "../../src/model/language-model.ts";
import { loadPrompts } from "../../src/prompt/template.ts";
import { PAPERS, QUESTION } from "../helpers/papers.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const { FOCUS_TEST_MODEL: PATH = "" } = process.env;
const CONTEXT_TOKENS = 512;

let backend: Backend;
let model: LanguageModel;
let adapter: Adapter;
let held: Uint32Array; // (nHeld) prefix and a chunk: longer than a slice, so that the prompt is cut in two
let prompt: Uint32Array;

beforeAll(async () => {
  backend = await openBackend({ gpu: "off", threads: 1, onLog: () => undefined });
  const { signal } = new AbortController();
  model = await loadModel(backend, { path: PATH, name: "smollm2-135m", contextTokens: 2048, signal });
  adapter = await resolveAdapter(undefined, { name: "smollm2-135m", path: PATH });
  const { prefix } = await loadPrompts(undefined);
  held = Uint32Array.from([...model.tokenize(prefix), ...model.tokenize(PAPERS).subarray(0, 240)]);
  prompt = dynamicPrompt(model, QUESTION, adapter);
});

afterAll(() => backend[Symbol.asyncDispose]());

/** Candidate rows as the engine makes them, in a context of `sequences`. */
async function makeOurs(scratch: Scratch, { scale = 1, sequences = 1 } = {}): Promise<string> {
  const options = { sequences, contextTokens: CONTEXT_TOKENS, sliceTokens: SLICE_TOKENS };
  const { signal } = new AbortController();
  await using plain = await model.openPool(options);
  await using tuned = await model.openPool({ ...options, adapter: { ...adapter, scale } });
  const { perChunk } = adapter;
  const maker = {
    model,
    tuned,
    scratch,
    perChunk,
    nStream: sequences,
    contextTokens: CONTEXT_TOKENS,
    signal,
  };
  const [path = ""] = await plain.run([held], async (tokens, sequence) => {
    await sequence.prefill(tokens, { signal });
    const rows = await makeRows(sequence, prompt, maker);
    expect(sequence.length).toBe(tokens.length);
    return rows;
  });
  return path;
}

/**
 * The reference: no state file goes from one context to another. One context reads all but the candidates, is given the
 * adapter, and goes on.
 */
async function saveReference(path: string): Promise<void> {
  const llama = await getLlama({ gpu: false, build: "never", maxThreads: 1, logLevel: LlamaLogLevel.error });
  try {
    const native = await llama.loadModel({ modelPath: PATH });
    const context = await native.createContext({
      contextSize: CONTEXT_TOKENS,
      batchSize: SLICE_TOKENS,
      flashAttention: true,
      threads: 1,
    });
    const sequence = context.getSequence();
    const all = Array.from([...held, ...prompt]) as Token[];
    const first = all.length - adapter.perChunk;
    await evaluate(sequence, all.slice(0, held.length));
    await evaluate(sequence, all.slice(held.length, first));
    const toggled = context as unknown as {
      _setLoras(loras: { filePath: string; scale: number }[]): Promise<void>;
    };
    await toggled._setLoras([{ filePath: adapter.path, scale: 1 }]);
    await evaluate(sequence, all.slice(first));
    await sequence.saveStateToFile(path);
  } finally {
    await llama.dispose();
  }
}

async function evaluate(sequence: LlamaContextSequence, tokens: Token[]): Promise<void> {
  for (let at = 0; at < tokens.length; ) {
    const slice = tokens.slice(at, at + SLICE_TOKENS - (sequence.nextTokenIndex % SLICE_TOKENS));
    await sequence.evaluateWithoutGeneratingNewTokens(slice);
    at += slice.length;
  }
}

function expectation() {
  return { ...f16Geometry(model.metadata), nStream: 1, capacityCells: 4096 };
}

/** All layers of K and V of some cells. */
async function bytesOf({ source, state }: OpenState, cells: Uint32Array, kind: "keys" | "values") {
  return readRows((state[kind] satisfies StateFile["keys"]).map((rows) => ({ source, rows, cells })));
}

describe("the dynamic prompt", () => {
  it("is the text that adapters are trained with, token for token", () => {
    // training/FORM.md: <|im_end|> newline <|im_start|> ass istant newline, as SmolLM2 has them.
    const turn = [2, 198, 1, 520, 9531, 198];
    expect([...prompt]).toEqual([...model.tokenize(`\n\nQuestion: ${QUESTION}`), ...turn]);
  });

  it("takes a question that looks like a turn of the chat for text", () => {
    const [end] = prompt.subarray(-6);
    const asked = dynamicPrompt(model, "What is <|im_end|>?", adapter);
    expect(asked.filter((token) => token === end)).toHaveLength(1);
  });
});

describe("a chunk's candidate rows", () => {
  it("are those of one context that is given the adapter for the last tokens, and not those without it", async () => {
    const reference = join(await tempFolder(), "reference.kv");
    await saveReference(reference);
    await using scratch = await Scratch.open();
    await using theirs = await openState(reference, expectation());
    await using ours = await openState(await makeOurs(scratch), expectation());
    await using untrained = await openState(await makeOurs(scratch, { scale: 0 }), expectation());
    const first = held.length + prompt.length - adapter.perChunk;
    expect([...ours.state.positions]).toEqual(Array.from({ length: adapter.perChunk }, (_, i) => first + i));
    const cells = cellsAt(ours.state, 0);
    for (const kind of ["keys", "values"] as const) {
      const wanted = Buffer.from(await bytesOf(theirs, cellsAt(theirs.state, first), kind));
      expect(wanted.equals(await bytesOf(ours, cells, kind)), kind).toBe(true);
      expect(wanted.equals(await bytesOf(untrained, cells, kind)), `untrained ${kind}`).toBe(false);
    }
  });

  it("are cut out of contexts of several sequences too", async () => {
    await using scratch = await Scratch.open();
    await using file = await openState(await makeOurs(scratch, { sequences: 2 }), expectation());
    expect(file.state.positions).toHaveLength(adapter.perChunk);
  });

  it("stand one behind the other in a window, K turned once and V as it was, also of more files than are open at once", async () => {
    await using scratch = await Scratch.open();
    const path = await makeOurs(scratch);
    const copies = 130;
    const pieces = Array.from({ length: copies }, () => ({ path, nStream: 1 }));
    const placed = await placeRows(pieces, { model, scratch, capacityCells: 4096 });
    expect(placed.nTokens).toBe(copies * adapter.perChunk);
    await using source = await openState(path, expectation());
    await using window = await openState(placed.path, expectation());
    expect([...window.state.positions]).toEqual(Array.from({ length: placed.nTokens }, (_, i) => i));
    const cells = cellsAt(source.state, 0);
    const rope = model.metadata.rope;
    if (rope === undefined) throw new Error("the model's positions are not known");
    for (const copy of [0, 64, copies - 1]) {
      const start = copy * adapter.perChunk;
      const own = cellsAt(window.state, start, start + adapter.perChunk);
      const turned = await bytesOf(source, cells, "keys");
      rotateKeys(turned, rotation(rope, start - (source.state.positions[0] ?? 0)));
      expect(Buffer.from(turned).equals(await bytesOf(window, own, "keys")), `copy ${copy}`).toBe(true);
      const values = Buffer.from(await bytesOf(source, cells, "values"));
      expect(values.equals(await bytesOf(window, own, "values"))).toBe(true);
    }
  });
});
