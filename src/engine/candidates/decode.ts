import type { Chunk } from "../../document/chunk.ts";
import type { Sequence } from "../../model/language-model.ts";
import { write } from "../answer/decode.ts";
import type { Spoken } from "../answer/spoken.ts";
import { ChunkReader } from "../reader/chunk-reader.ts";
import { prefixTokens, SLICE_TOKENS } from "../reader/reading.ts";
import type { Candidates } from "./candidates.ts";
import { runRows } from "./chunk-rows.ts";
import { placeRows, type Rows } from "./place.ts";
import { expectationOf, loadChecked } from "./rows.ts";

/**
 * Decodes the answer with the model's own weights behind [prefix][candidates of all chunks][rows of `chosen`, may be
 * none][local context] (FocusLLM, arXiv 2408.11745, section 2.3). The paper computes all candidates anew before each
 * token; here that is done after every `refreshTokens` of them, or never.
 */
export async function decodeBehind(candidates: Candidates, chosen: readonly Chunk[]): Promise<Spoken> {
  const { options } = candidates;
  const { reader, contexts, answerTokens, signal } = options;
  const { refreshTokens } = options.candidates;
  const startMs = performance.now();
  const runs = await runRows(chosen, candidates.scratch, options);
  const contextTokens = positionsOf(candidates, chosen);
  const pooled = { sequences: 1, contextTokens, sliceTokens: SLICE_TOKENS };
  await using pool = await contexts.borrow(reader, pooled);
  await using refreshing = refreshTokens === undefined ? undefined : await openRefreshing(candidates);
  const [spoken] = await pool.run([candidates.prompt], async (prompt, sequence) => {
    const prefix = await savePrefix(sequence, candidates);
    const place = (): Promise<void> => {
      return load(sequence, [prefix, ...candidates.rows, ...runs.rows], { candidates, contextTokens });
    };
    const renew = async (said: readonly number[]): Promise<void> => {
      if (refreshing === undefined) return;
      await candidates.refresh(said, refreshing);
      await place();
    };
    await place();
    const windowMs = performance.now() - startMs;
    const tokens = answer(sequence, {
      prompt,
      answerTokens,
      every: refreshTokens ?? answerTokens,
      renew,
      signal,
    });
    const written = await write(tokens, { ...options, stopTexts: reader.chat("", "").stopTexts });
    return { ...written, windowMs, firstTokenMs: windowMs + written.firstTokenMs };
  });
  if (spoken === undefined) throw new Error("the model has no sequence");
  return { ...spoken, windowTokens: runs.tokens + pool.evaluatedTokens - spoken.tokens };
}

/** Positions that the window takes with the longest answer. */
function positionsOf({ chunks, prompt, options }: Candidates, chosen: readonly Chunk[]): number {
  const {
    reader,
    prompts,
    answerTokens,
    candidates: { adapter },
  } = options;
  const runs = chosen.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const rows = prefixTokens(reader, prompts.prefix).length + chunks.length * adapter.perChunk + runs;
  return rows + prompt.length + answerTokens + 1;
}

/** The chunks' sequences again, with room for the answer behind each chunk. */
async function openRefreshing({ localTokens, options }: Candidates): Promise<ChunkReader> {
  const { reader, prompts, store, onEvent } = options;
  if (store === undefined) {
    onEvent({
      kind: "warning",
      message: "without a KV store every refresh of the candidates reads the whole document again",
    });
  }
  return ChunkReader.open(reader, { ...options, prefix: prompts.prefix, localTokens });
}

/** The shared prefix alone: what all candidates were computed behind. */
async function savePrefix(sequence: Sequence, { scratch, options }: Candidates): Promise<Rows> {
  const { reader, prompts, signal } = options;
  await sequence.prefill(prefixTokens(reader, prompts.prefix), { signal });
  return { path: await scratch.file((path) => sequence.save(path)), nStream: 1 };
}

type Loading = { readonly candidates: Candidates; readonly contextTokens: number };

async function load(
  sequence: Sequence,
  pieces: readonly Rows[],
  { candidates, contextTokens }: Loading,
): Promise<void> {
  const { scratch } = candidates;
  const { reader: model } = candidates.options;
  const capacityCells = Math.max(contextTokens, candidates.contextTokens);
  const { path } = await placeRows(pieces, { model, scratch, capacityCells });
  await loadChecked(sequence, path, expectationOf(model, { nStream: 1, contextTokens }));
  await scratch.remove(path);
}

type AnswerOptions = {
  /** (nPrompt) the local context. */
  readonly prompt: Uint32Array;
  readonly answerTokens: number;
  /** Tokens after which `renew` is called with all that was said. */
  readonly every: number;
  readonly renew: (said: readonly number[]) => Promise<void>;
  readonly signal: AbortSignal;
};

/** Decodes greedily behind the rows that the sequence holds; `renew` replaces them. */
async function* answer(
  sequence: Sequence,
  { prompt, answerTokens, every, renew, signal }: AnswerOptions,
): AsyncGenerator<number, void> {
  const said: number[] = [];
  for (;;) {
    const local = [...prompt, ...said];
    const last = local.pop();
    if (last === undefined) throw new Error("an empty local context cannot be decoded");
    await sequence.prefill(local, { signal });
    const most = Math.min(every, answerTokens - said.length);
    let count = 0;
    for await (const token of sequence.generate(last, { signal, maxTokens: most })) {
      said.push(token);
      count += 1;
      yield token;
    }
    // Fewer than asked for: the model has ended its turn.
    if (count < most || said.length >= answerTokens) return;
    await renew(said);
  }
}
