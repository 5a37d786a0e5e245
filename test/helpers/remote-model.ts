import type { LanguageModel, Tokenizer } from "../../src/model/language-model.ts";
import { type OpenedRemote, openRemote, type RemoteOptions } from "../../src/model/remote/open-remote.ts";
import { END } from "./fake-tokenizer.ts";

/** Waits in tests are short; a server that is away is waited for as long as a test has. */
export const IMPATIENCE = { awayMs: 20_000, firstMs: 10, longestMs: 100, tries: 3 };

export type Changes = Partial<RemoteOptions> & { readonly tokenizer?: Partial<Tokenizer> };

/** A model without weights at servers, whose tokenizer is here. */
export async function remoteOf(
  local: LanguageModel,
  urls: readonly string[],
  { tokenizer, ...changes }: Changes = {},
): Promise<OpenedRemote> {
  const options: RemoteOptions = {
    urls,
    kind: "auto",
    model: undefined,
    key: undefined,
    salt: "mine",
    concurrency: 4,
    signal: new AbortController().signal,
    onNotice: () => undefined,
    patience: IMPATIENCE,
    ...changes,
  };
  return openRemote(options, async () => ({
    tokenizer: { ...local, endTokens: [END], ...tokenizer },
    metadata: local.metadata,
    fingerprint: local.fingerprint,
  }));
}

const CHUNKS = 24;
const LOCAL = "Question: Who keeps the light?";

/** Chunks that all differ. */
export const chunkTexts = Array.from(
  { length: CHUNKS },
  (_, i) => `Keeper number ${i} is Isobel Tarrant of Kirkwall. `,
);

/** How likely each chunk makes a question. */
export async function scoreChunks(
  model: LanguageModel,
  { signal = new AbortController().signal, onChunk = (): void => undefined } = {},
): Promise<number[][]> {
  await using pool = await model.openPool({ sequences: 1, contextTokens: 4096, sliceTokens: 256 });
  return await pool.run(chunkTexts, async (text, sequence) => {
    await sequence.reset();
    await sequence.prefill(model.tokenize(text), { signal });
    const values = await sequence.logProbabilities(model.tokenize(LOCAL), 2);
    onChunk();
    return [...values];
  });
}

/** What the model writes behind a text. */
export async function writtenBehind(model: LanguageModel, text: string, maxTokens = 12): Promise<string> {
  await using pool = await model.openPool({ sequences: 1, contextTokens: 4096, sliceTokens: 256 });
  return await pool.lend(async (sequence) => {
    const signal = new AbortController().signal;
    const tokens = model.tokenize(text);
    await sequence.prefill(tokens.subarray(0, -1), { signal });
    const out: number[] = [];
    for await (const token of sequence.generate(tokens.at(-1) ?? 0, { signal, maxTokens })) out.push(token);
    return model.detokenize(out);
  });
}
