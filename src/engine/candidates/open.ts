import type { Chunk } from "../../document/chunk.ts";
import { UsageError } from "../../errors.ts";
import { requireCapabilities } from "../../model/capabilities.ts";
import type { AskOptions } from "../options.ts";
import { order } from "../ranking/fuse.ts";
import { prefixTokens } from "../reader/reading.ts";
import { Candidates } from "./candidates.ts";
import { dynamicPrompt } from "./prompt.ts";

export type CandidateInput = {
  readonly chunks: readonly Chunk[];
  readonly question: string;
  /** (nChunks) the most relevant get candidates where not all of them find room. */
  readonly bm25: Float64Array;
  /** Tokens that the rows of selected chunks may take beside them. */
  readonly roomTokens: number;
};

/**
 * Undefined without an adapter; otherwise candidates of all chunks, or of as many as the model has positions for, which is said. Throws UsageError when there is
 * room for none.
 */
export async function openCandidates(
  { chunks, question, bm25, roomTokens }: CandidateInput,
  options: AskOptions,
): Promise<Candidates | undefined> {
  const { candidates, reader, prompts, answerTokens, onEvent } = options;
  if (candidates === undefined) return undefined;
  requireCapabilities(reader, ["rows", "generate", "adapters"]);
  const { adapter } = candidates;
  const prompt = dynamicPrompt(reader, question, adapter);
  const trained = reader.metadata.trainedContextTokens;
  const taken = prefixTokens(reader, prompts.prefix).length + prompt.length + roomTokens + answerTokens + 1;
  const most = Math.floor((trained - taken) / adapter.perChunk);
  if (most < 1) {
    throw new UsageError(
      `question, window and answer take ${taken} of the ${trained} tokens that ${reader.name} was trained on: no candidate token finds room`,
      { hint: "use a smaller --budget or --max-answer" },
    );
  }
  const indexes = order(bm25)
    .slice(0, most)
    .sort((a, b) => a - b);
  if (indexes.length < chunks.length) {
    onEvent({
      kind: "warning",
      message:
        `${chunks.length} chunks of ${adapter.perChunk} candidate tokens exceed the ${trained} tokens that ${reader.name} was trained on: ` +
        `the ${indexes.length} most relevant chunks have candidates; a larger --chunk or a smaller --budget leaves out fewer`,
    });
  }
  const own = indexes.flatMap((index) => chunks[index] ?? []);
  return Candidates.open({ chunks: own, indexes, prompt }, { ...options, candidates });
}
