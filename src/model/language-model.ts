import type { ChatForm } from "./chat.ts";
import type { ModelMetadata } from "./metadata.ts";

/**
 * What a model can do besides cutting text into tokens. "rows": a sequence is written to a file and read back, as the
 * model itself would have read it; "score": log-probabilities of given tokens; "generate": decoding; "adapters": contexts
 * under a LoRA.
 */
export type Capability = "rows" | "score" | "generate" | "adapters";

/** Text to tokens and back, and the model's own chat form. */
export type Tokenizer = {
  /** System and user text → the tokens of a prompt in the model's own chat form. */
  readonly chat: ChatForm;
  /** What every prompt starts with: BOS where the tokenizer wants one. */
  readonly beginning: readonly number[];
  /** Plain text only: text that looks like a special token stays text. Never adds BOS. */
  tokenize(text: string): Uint32Array;
  detokenize(tokens: ArrayLike<number>): string;
  /** Whether the token ends the model's turn. */
  isEnd(token: number): boolean;
};

/** What the engine needs of a model; `GgufModel` implements it on llama.cpp, `RemoteModel` on a server. */
export type LanguageModel = Tokenizer & {
  readonly name: string;
  readonly path: string;
  /** Tells models apart by content. */
  readonly fingerprint: string;
  readonly metadata: ModelMetadata;
  readonly capabilities: ReadonlySet<Capability>;
  /** What computes; both are part of every KV key, since other kernels change rows in the last bits. */
  readonly backend: { readonly release: string; readonly processor: string };
  /** Throws ModelError when no such context can be opened. */
  openPool(options: PoolOptions): Promise<SequencePool>;
};

export type PoolOptions = {
  /**
   * Sequences that decode side by side. They speed up GPUs, and on CPUs short texts behind long ones (`runTogether`); long
   * texts they do not, and cost memory. A server has its own number.
   */
  readonly sequences: number;
  /** Positions that each sequence can hold. */
  readonly contextTokens: number;
  /** Most tokens of one decode; also the size of the slices that a sequence is fed with. */
  readonly sliceTokens: number;
  /** A LoRA that changes everything evaluated in this context; absent: the model as it is. */
  readonly adapter?: { readonly path: string; readonly scale: number };
};

/** The sequences of one context; runs a job for every item, in input order, on whichever sequence is free. */
export type SequencePool = {
  /** Tokens that went through the model in its sequences since it was opened. */
  readonly evaluatedTokens: number;
  /** Empties all sequences. */
  reset(): Promise<void>;
  /** Results in the order of `items`. The first failure stops the others before their next item and is thrown. */
  run<Item, Result>(
    items: readonly Item[],
    job: (item: Item, sequence: Sequence, index: number) => Promise<Result>,
  ): Promise<Result[]>;
  /**
   * The same in groups of as many items as there are sequences: `prepare` for one after the other, then `job` for all of a
   * group at once, so that what each evaluates first goes into one batch.
   */
  runTogether<Item, Result>(
    items: readonly Item[],
    prepare: (item: Item, sequence: Sequence) => Promise<void>,
    job: (item: Item, sequence: Sequence) => Promise<Result>,
  ): Promise<Result[]>;
  /** Runs a job on a sequence that nobody else has; at most as many at once as there are sequences. */
  lend<Result>(job: (sequence: Sequence) => Promise<Result>): Promise<Result>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** One sequence of a context: what it holds, what is evaluated behind it, and how it is kept. */
export type Sequence = {
  /** Tokens that went through the model in this sequence since it was opened. */
  readonly evaluatedTokens: number;
  /** Tokens that the sequence holds; the next one is evaluated at this position. */
  readonly length: number;
  reset(): Promise<void>;
  /** Forgets everything from position `length` on; costs nothing. */
  truncate(length: number): Promise<void>;
  /**
   * Evaluates tokens behind what the sequence holds, or has a server evaluate them with whatever comes next. Throws the
   * signal's reason between two slices; the same signal stops what is asked behind them.
   */
  prefill(tokens: ArrayLike<number>, options: PrefillOptions): Promise<void>;
  /** Ends when everything that the sequence holds has gone through the model. */
  settle(): Promise<void>;
  /**
   * Evaluates `tokens` and returns (tokens.length - from) values: log P(tokens[i] | everything before it), in nats, for
   * i = from … end. `from` is at least 1. The last token is not evaluated, since nothing after it is asked for.
   */
  logProbabilities(tokens: ArrayLike<number>, from: number): Promise<Float64Array>;
  /** Decodes greedily behind what the sequence holds; `last` is the final token of the prompt. */
  generate(last: number, options: GenerateOptions): AsyncGenerator<number, void>;
  /** Writes the sequence's state and returns its size in bytes. */
  save(path: string): Promise<number>;
  /** Replaces what the sequence holds by a saved state that was verified. */
  load(path: string): Promise<void>;
};

export type PrefillOptions = {
  readonly signal: AbortSignal;
  /** Called with the number of tokens of each slice that has gone through the model. */
  readonly onSlice?: (tokens: number) => void;
};

export type GenerateOptions = {
  readonly signal: AbortSignal;
  /** The model is stopped after so many tokens. */
  readonly maxTokens: number;
  /** Tokens that the answer does not begin with. */
  readonly notFirst?: readonly number[];
  /** The answer is JSON of this shape and nothing else. */
  readonly shape?: JsonShape;
  /** Called by models that say why they stopped, those at servers; of others the number of tokens tells. */
  readonly onStop?: (stop: Stop) => void;
};

/** Why a model wrote no further: it was done, or the limit came. */
export type Stop = "end" | "limit";

/** JSON as a grammar has it; all properties are there, in their order. */
export type JsonShape =
  | { readonly type: "string" | "number" | "integer" | "boolean" | "null" }
  | { readonly enum: readonly (string | number | boolean)[] }
  | { readonly oneOf: readonly JsonShape[] }
  | { readonly type: "array"; readonly items: JsonShape }
  | { readonly type: "object"; readonly properties: Readonly<Record<string, JsonShape>> };
