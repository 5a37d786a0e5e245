import type { KvStore } from "../kv/store/store.ts";
import type { Adapter, LocalAdapter } from "../model/adapters/adapter.ts";
import type { LanguageModel } from "../model/language-model.ts";
import type { Prompts } from "../prompt/template.ts";
import type { Corpus } from "./corpus.ts";
import type { EngineListener } from "./events.ts";
import type { WordVectors } from "./ranking/word-vectors.ts";
import type { Contexts } from "./reader/contexts.ts";
import type { Answer, ModelInfo, Settings } from "./results.ts";

/** What reading takes; the CLI hands over resolved values and opened models, the engine never looks at configuration. */
export type ReadOptions = {
  /** Goes through the whole document; its architecture must be on the allow-list. */
  readonly reader: LanguageModel;
  /** Of the reader, and of the writer where there is one. */
  readonly contexts: Contexts;
  /** Undefined: nothing is kept. */
  readonly store: KvStore | undefined;
  readonly prompts: Prompts;
  readonly chunkTokens: number;
  /** Sequences of the reader's context. */
  readonly sequences: number;
  /** Reported with the result. */
  readonly settings: Settings;
  readonly signal: AbortSignal;
  readonly onEvent: EngineListener;
};

/** What an answer stands on besides, or instead of, a window of selected chunks. */
export type CandidateOptions = {
  /** Trained for the model that both reads and writes. */
  readonly adapter: Adapter;
  /** "candidates": all chunks' candidate tokens alone; "both": they stand before the rows of the selected chunks. */
  readonly condenser: "candidates" | "both";
  /** Candidates are computed anew after so many tokens of the answer; undefined: once, for the question. */
  readonly refreshTokens: number | undefined;
};

export type AskOptions = ReadOptions & {
  /** Sees the window and writes the answer; may be the reader. */
  readonly writer: LanguageModel;
  /** "short" needs a condenser. */
  readonly answerStyle: Answer["style"];
  /** Trained for the reader: answers from one chunk. Absent: chunks are ranked by the question's likelihood. */
  readonly condenserAdapter?: LocalAdapter;
  /** Of the reader's tokens; without them chunks are retrieved by words alone. */
  readonly vectors?: WordVectors | undefined;
  /** Whether a writer is told of the condenser's short answers; absent: it is not. */
  readonly tellsWriter?: boolean;
  /** Chunks that are condensed, best of retrieval first; Infinity = all. */
  readonly condenseChunks: number;
  /** Tokens of the window, the writer's: passages, question and chat form. Quotes are looked for in as much text. */
  readonly budgetTokens: number;
  readonly answerTokens: number;
  /** Absent: the answer is made from a window of selected chunks. With them it is always written, never quoted. */
  readonly candidates?: CandidateOptions;
};

export type SummarizeOptions = ReadOptions & {
  /** Makes the notes and merges them; may be the reader. */
  readonly writer: LanguageModel;
  /** "quote": the points are the document's own sentences; "write": the writer's notes, merged. */
  readonly answerStyle: "quote" | "write";
  /**
   * What is written from: "full": notes of every chunk; "quick": notes of the most salient chunks; "once": the most
   * salient sentences, as many as the window bears.
   */
  readonly depth: "full" | "quick" | "once";
  /** Whether the writer merges notes; otherwise their best sentences stay as they are. */
  readonly merges: boolean;
  /** Tokens of the writer's window, where it writes at once. */
  readonly budgetTokens: number;
  readonly layout: "paragraph" | "bullets" | "outline";
  /** English name of the language that points are translated into; undefined: the documents' own. */
  readonly language: string | undefined;
  /** Words of the summary at most. */
  readonly mostWords: number;
  /** Drops sentences that no passage bears out, instead of marking them. */
  readonly strict: boolean;
  /** Chunks that are condensed under what is looked for, best of retrieval first; Infinity = all. */
  readonly condenseChunks: number;
  /** As in AskOptions, for what is looked for. */
  readonly condenserAdapter?: LocalAdapter | undefined;
  readonly vectors?: WordVectors | undefined;
};

/** Parsed documents and what went before. */
export type EngineInput = {
  readonly corpus: Corpus;
  /** Milliseconds spent on opening models and files, for the timings. */
  readonly loadMs: number;
};

export function modelInfo({ name, path, fingerprint, metadata }: LanguageModel): ModelInfo {
  return { name, path, fingerprint, trainedContextTokens: metadata.trainedContextTokens };
}
