import type { Chunk } from "../../src/document/chunk.ts";
import { parseBytes } from "../../src/document/parse.ts";
import { Corpus } from "../../src/engine/corpus.ts";
import { type ChunkPart, partsOf } from "../../src/engine/reader/chunk-part.ts";
import type { LanguageModel } from "../../src/model/language-model.ts";

/** A document of these passages as one chunk, and each passage as a part of it. */
export async function chunkOf(
  passages: readonly string[],
  model: LanguageModel,
): Promise<{ readonly chunk: Chunk; readonly parts: ChunkPart[] }> {
  const corpus = new Corpus([await parseBytes(Buffer.from(passages.join("\n\n")), "passages.txt")]);
  const { documents } = corpus;
  const chunks = await corpus.chunks(model, 512);
  const [chunk] = chunks;
  const text = documents[0]?.text ?? "";
  if (chunk === undefined || chunks.length !== 1) throw new Error("the passages are more than one chunk");
  const spans = passages.map((passage) => {
    const start = text.indexOf(passage);
    return { chunk: 0, quote: { start, end: start + passage.length } };
  });
  return { chunk, parts: partsOf(spans, { documents, chunks, tokenizer: model }) };
}
