import { requireCapabilities } from "../../model/capabilities.ts";
import { fill, partBefore } from "../../prompt/template.ts";
import type { ReadOptions } from "../options.ts";
import { ChunkReader } from "../reader/chunk-reader.ts";
import { prefixTokens } from "../reader/reading.ts";
import { totalTokens } from "../receipt/coverage.ts";
import { StageProgress } from "../receipt/stage-progress.ts";
import { type Attribution, attributions, type MatchInput, matchWords } from "./match.ts";
import { claims, support } from "./support.ts";

/** So many chunks are weighed by likelihood for each sentence of the answer, those whose words match best. */
const MOST_CHUNKS = 3;

/** The passage nearest to each sentence of `spans`, whether it bears the sentence out or not. */
export async function attributeSentences(
  input: MatchInput,
  options: ReadOptions,
): Promise<{ readonly attributions: readonly Attribution[]; readonly tokens: number }> {
  const { question, documents, chunks, spans } = input;
  if (spans.length === 0) return { attributions: [], tokens: 0 };
  const { reader, prompts, onEvent } = options;
  requireCapabilities(reader, ["score"]);
  const matches = matchWords(input, MOST_CHUNKS);
  const wanted = new Map<number, number[]>();
  for (const [i, ofSentence] of matches.entries()) {
    for (const { chunk } of ofSentence) wanted.set(chunk, [...(wanted.get(chunk) ?? []), i]);
  }
  const before = fill(partBefore(prompts.support, "answer"), { question });
  const all = claims(reader, { ...input, before, mostTokens: localRoom(options) });
  // What was written is not lost for a question that leaves no room to weigh it: words alone tell its passages then.
  if (all.some(({ tokens, from }) => tokens.length <= from))
    return { attributions: attributions(spans, matches, () => 0), tokens: 0 };
  const localTokens = Math.max(0, ...all.map(({ tokens }) => tokens.length));
  await using own = await ChunkReader.open(reader, { ...options, prefix: prompts.prefix, localTokens });
  const used = [...wanted.keys()].map((index) => chunks[index]).filter((chunk) => chunk !== undefined);
  const claimTokens = [...wanted.values()].flat().reduce((sum, i) => sum + (all[i]?.tokens.length ?? 0), 0);
  const progress = new StageProgress("attribute", totalTokens(used) + claimTokens, onEvent);
  const supports = await support({ chunks, claims: all, wanted, progress }, own);
  await own.record({ documents, chunks: used, model: reader.name, all: chunks });
  const found = attributions(spans, matches, (chunk, sentence) => supports.get(chunk)?.get(sentence) ?? 0);
  return { attributions: found, tokens: own.evaluatedTokens };
}

/** Tokens that the reader was trained to see behind prefix and chunk. */
function localRoom({ reader, prompts, chunkTokens }: ReadOptions): number {
  const prefix = prefixTokens(reader, prompts.prefix).length;
  return reader.metadata.trainedContextTokens - prefix - chunkTokens - 1;
}
