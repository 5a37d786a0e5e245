import type { Chunk } from "../../document/chunk.ts";
import { type Document, textOf } from "../../document/document.ts";
import type { ChatPrompt } from "../../model/chat.ts";
import type { LanguageModel } from "../../model/language-model.ts";

/** Between a chunk's text and what stands behind it. */
const BREAK = "\n\n";

/** An instruction as the writer's chat form has it, to stand behind a chunk. */
export function turnBehindChunk(
  writer: LanguageModel,
  { system, user }: { readonly system: string; readonly user: string },
): ChatPrompt {
  const { tokens, stopTexts } = writer.chat(system, user);
  const begins = writer.beginning.every((token, i) => tokens[i] === token);
  const turn = begins ? tokens.subarray(writer.beginning.length) : tokens;
  return { tokens: Uint32Array.from([...writer.tokenize(BREAK), ...turn]), stopTexts };
}

type Models = Readonly<Record<"reader" | "writer", LanguageModel>>;

/** A chunk in the writer's tokens: it and the reader cut text into different ones, unless they are one. */
export function chunkOfWriter(
  chunk: Chunk | undefined,
  { documents }: { readonly documents: readonly Document[] },
  { reader, writer }: Models,
): Chunk[] {
  if (chunk === undefined) return [];
  const isSame = reader.fingerprint === writer.fingerprint;
  return [isSame ? chunk : { ...chunk, tokens: writer.tokenize(textOf(documents, chunk)) }];
}
