import type { Chunk } from "../../document/chunk.ts";
import type { Document } from "../../document/document.ts";
import { requireCapabilities } from "../../model/capabilities.ts";
import type { ChatPrompt } from "../../model/chat.ts";
import type { JsonShape, Sequence } from "../../model/language-model.ts";
import { fill } from "../../prompt/template.ts";
import { ChunkReader, type Visit } from "../reader/chunk-reader.ts";
import { chunkOfWriter, turnBehindChunk } from "../reader/writer-turn.ts";
import { totalTokens } from "../receipt/coverage.ts";
import { StageProgress } from "../receipt/stage-progress.ts";
import { fieldLines, shapeOf, words } from "./ask-for.ts";
import type { ItemSchema } from "./extraction.ts";
import type { ExtractOptions } from "./options.ts";
import { goesRound, type ParsedItems, parseItems } from "./parse-items.ts";

/** About twenty items of three short values: a chunk seldom has more. */
const ITEM_TOKENS = 640;

export type WriteInput = {
  readonly documents: readonly Document[];
  /** Those that the writer is given, in document order. */
  readonly chunks: readonly Chunk[];
  /** Of these documents. */
  readonly all: readonly Chunk[];
  readonly schema: ItemSchema;
};

export type WrittenItems = {
  /** (nChunks) the items of each chunk. */
  readonly items: readonly ParsedItems[];
  /** Tokens that the writer evaluated and decoded. */
  readonly tokens: number;
  /** Tokens of chunks that the store had. */
  readonly reused: number;
};

/**
 * Items of chunks: behind each chunk's rows, which come from the store where the writer has read it before, the
 * instruction is the dynamic prompt, and the writer decodes JSON under the schema's grammar.
 */
export async function writeItems(
  { documents, chunks: given, all, schema }: WriteInput,
  options: ExtractOptions,
): Promise<WrittenItems> {
  const { writer, prompts, signal, onEvent } = options;
  requireCapabilities(writer, ["generate"]);
  const item = words(schema.title ?? "item");
  const user = fill(prompts.extract, { item, fields: fieldLines(schema) });
  const turn = turnBehindChunk(writer, { system: prompts.system, user });
  const chunks = given.flatMap((chunk) => chunkOfWriter(chunk, { documents }, options));
  const sizes = {
    chunkTokens: Math.max(0, ...chunks.map(({ tokens }) => tokens.length)),
    localTokens: turn.tokens.length + ITEM_TOKENS,
  };
  await using own = await ChunkReader.open(writer, { ...options, ...sizes, prefix: prompts.prefix });
  const written = new Map<Chunk, ParsedItems>();
  const shape = shapeOf(schema);
  const visits = new Map<Chunk, Visit>(
    chunks.map((chunk) => [
      chunk,
      async (sequence) => {
        const json = await decodeJson(sequence, turn, { writer, shape, signal });
        written.set(chunk, parseItems(json, schema));
      },
    ]),
  );
  await own.visit(visits, new StageProgress("note", totalTokens(chunks), onEvent));
  await own.record({ documents, chunks, model: writer.name, all });
  return {
    items: chunks.map((chunk) => written.get(chunk) ?? { items: [], isCutOff: false }),
    tokens: own.evaluatedTokens,
    reused: own.counter.tokens.reused,
  };
}

type Decoding = Pick<ExtractOptions, "writer" | "signal"> & { readonly shape: JsonShape };

/** JSON until it is whole, reaches the limit or goes round. */
async function decodeJson(
  sequence: Sequence,
  { tokens }: ChatPrompt,
  { writer, shape, signal }: Decoding,
): Promise<string> {
  await sequence.prefill(tokens.subarray(0, -1), { signal });
  const out: number[] = [];
  let text = "";
  const options = { signal, maxTokens: ITEM_TOKENS, shape };
  for await (const token of sequence.generate(tokens.at(-1) ?? 0, options)) {
    if (writer.isEnd(token)) break;
    out.push(token);
    text = writer.detokenize(out);
    if (goesRound(text)) break;
  }
  return text.trim();
}
