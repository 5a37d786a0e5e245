import type { Chunk } from "../document/chunk.ts";
import type { Document } from "../document/document.ts";
import { UsageError } from "../errors.ts";
import type { ChatPrompt } from "../model/chat.ts";
import { fill, type Prompts } from "../prompt/template.ts";

/** What the writer sees. */
export type Window = ChatPrompt & {
  /** Indexes into the chunk list, in document order. */
  readonly chosen: readonly number[];
};

export type ComposeInput = {
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  readonly question: string;
  readonly prompts: Prompts;
  readonly chat: (system: string, user: string) => ChatPrompt;
};

const BETWEEN_RUNS = "\n\n[…]\n\n";

/** Tokens of the window that are not passages: instruction, question, chat form (the paper's local context). */
export function localTokens({ prompts, question, chat }: Omit<ComposeInput, "documents" | "chunks">): number {
  return chat(prompts.system, fill(prompts.answer, { passages: "", question })).tokens.length;
}

/** Refuses a budget that cannot hold the local context and one chunk, and says the least that would do. */
export function requireRoom(budgetTokens: number, local: number, chunkTokens: number): void {
  const least = local + chunkTokens;
  if (budgetTokens >= least) return;
  throw new UsageError(
    `--budget ${budgetTokens} cannot hold the question (${local} tokens) and one chunk (${chunkTokens} tokens)`,
    { hint: `use --budget ${least} or more, or a smaller --chunk` },
  );
}

/**
 * The exact window: the chosen chunks' text in document order, neighbours joined to runs, then the local context. It is
 * evaluated afresh, so that nothing is lost to missing left context or moved positions (composed windows lose about a
 * third of what the window gives on small models).
 */
export function compose(input: ComposeInput, chosen: readonly number[]): Window {
  const { documents, chunks, question, prompts, chat } = input;
  const manyDocuments = documents.length > 1;
  const runs: string[] = [];
  let previous: Chunk | undefined;
  for (const index of chosen) {
    const chunk = chunks[index];
    const source = chunk === undefined ? undefined : documents[chunk.document];
    if (chunk === undefined || source === undefined) continue;
    const text = source.text.slice(chunk.start, chunk.end);
    if (previous?.document === chunk.document && previous.end === chunk.start) runs[runs.length - 1] += text;
    else runs.push(manyDocuments ? `(from ${source.title ?? source.path})\n${text}` : text);
    previous = chunk;
  }
  const passages = runs.map((run) => run.trim()).join(BETWEEN_RUNS);
  return { ...chat(prompts.system, fill(prompts.answer, { passages, question })), chosen };
}
