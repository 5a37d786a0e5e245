/** A passage of a document that supports the answer; `quote` is a substring of the document's text. */
export type Citation = {
  /** Counted from 1, in the order of the answer's sentences. */
  readonly id: number;
  readonly path: string;
  /** Counted from 1 in file order; null where the format has no pages. */
  readonly page: number | null;
  /** As printed on the page; null when the file does not say. */
  readonly pageLabel: string | null;
  /** Counted from 1 in the document's text. */
  readonly line: number;
  /** True where the quote was recognised in a picture, and may have errors; absent otherwise. */
  readonly recognised?: true;
  /** UTF-16 offsets into the document's text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  /** The first row of the table whose row is quoted; absent outside tables, and where the quote has it. */
  readonly header?: string;
  /**
   * In nats, by the reader: of a written answer log P(sentence | cited chunk) - log P(sentence | nothing), otherwise the
   * margin of any answer from the passage against none.
   */
  readonly support: number;
};

/** A run of text that the answer was made from. */
export type WindowPart = {
  readonly path: string;
  /** Index of the chunk in its document, from 0. */
  readonly chunk: number;
  readonly start: number;
  readonly end: number;
  readonly page: number | null;
  readonly score: number;
};

export type Skipped = { readonly path: string; readonly reason: string };

/** The receipt: what there was, and what the model read of it. */
export type Coverage = {
  readonly documents: number;
  readonly pages: {
    readonly total: number;
    readonly read: number;
    readonly unreadable: readonly { readonly path: string; readonly page: number }[];
    /** Pages of the files that are not among these, since others were asked for; absent where all are. */
    readonly leftOut?: number;
  };
  readonly chunks: {
    readonly total: number;
    /** Looked through without a forward pass, by words and by what they mean. */
    readonly searched: number;
    /** Looked at by the reader under the question. */
    readonly condensed: number;
    /** Whose rows were made by this run, and whose rows the store had. */
    readonly read: number;
    readonly stored: number;
  };
  /** Of the documents, and of the chunks that were read or came from the store. */
  readonly tokens: { readonly total: number; readonly read: number };
  readonly skipped: readonly Skipped[];
};

/** Tokens that went through a model, counted where they are evaluated. */
export type TokenCounts = {
  readonly computed: {
    readonly read: number;
    readonly condense: number;
    readonly window: number;
    readonly answer: number;
    readonly attribute: number;
  };
  /** Chunk tokens whose KV rows came from the store. */
  readonly reused: number;
};

export type Timings = {
  readonly loadMs: number;
  readonly readMs: number;
  readonly condenseMs: number;
  readonly windowMs: number;
  readonly firstTokenMs: number;
  readonly answerMs: number;
  readonly attributeMs: number;
  readonly totalMs: number;
};

export type ModelInfo = {
  readonly name: string;
  readonly path: string;
  readonly fingerprint: string;
  readonly trainedContextTokens: number;
};

/** The candidate tokens that an answer stands on. */
export type CandidateInfo = {
  readonly adapter: { readonly name: string; readonly path: string; readonly sha256: string };
  /** Chunks that have candidates, and tokens of each. */
  readonly chunks: number;
  readonly perChunk: number;
  /** Of the chunks, those whose candidates an earlier run with the same question left in the store. */
  readonly reusedChunks: number;
  /** How often all were computed anew while the answer was written. */
  readonly refreshes: number;
};

/**
 * "answered": the documents answer. "uncertain": the answer is shown, and may be wrong. "absent": the writer declined, or
 * the condenser found no chunk that answers.
 */
export type Verdict = "answered" | "uncertain" | "absent";

/** A short answer of the condenser, and how sure it is. */
export type ShortAnswer = {
  readonly text: string;
  /** Probability (0 … 1) that the documents give this answer. */
  readonly confidence: number;
  /** Ids of the citations that give it. */
  readonly citations: readonly number[];
};

export type Settings = Readonly<Record<string, string | number | boolean | null>>;

/** What `ask` returns; JSON version 1 is this with `version` and `command` in front. */
export type Answer = {
  readonly question: string;
  /**
   * "short": a few words that the condenser found in a chunk; "quote": passages of the documents, as they stand there, best
   * first; "write": the writer's words.
   */
  readonly style: "short" | "quote" | "write";
  readonly answer: string;
  readonly verdict: Verdict;
  /** Probability (0 … 1) that the documents answer the question. */
  readonly confidence: number;
  /** Different answers of the documents, the likeliest first; only of style "short". */
  readonly answers: readonly ShortAnswer[];
  readonly citations: readonly Citation[];
  /** Empty when the answer stands on candidates alone. */
  readonly window: readonly WindowPart[];
  /**
   * How chunks were condensed: to answers, or to the question's likelihood, which select the window; to candidate tokens
   * that the answer stands on alone; or both of these.
   */
  readonly condenser: "answer" | "likelihood" | "candidates" | "both";
  readonly candidates: CandidateInfo | null;
  /**
   * Chunks with a margin of 0.5 nats or more, of those that were condensed; null without a condenser. `find` looks at passages in
   * others, too.
   */
  readonly answeringChunks: number | null;
  /** UTF-16 offsets into the answer: its sentences that no passage bears out. Only looked for with candidates. */
  readonly unsupported: readonly { readonly start: number; readonly end: number }[];
  readonly coverage: Coverage;
  readonly tokens: TokenCounts;
  readonly timings: Timings;
  readonly models: { readonly reader: ModelInfo; readonly writer: ModelInfo };
  readonly settings: Settings;
};

/** What `find` returns: every passage that answers, in document order. */
export type Places = {
  readonly question: string;
  /** `support` is the margin of any answer from the passage against none. */
  readonly places: readonly Citation[];
  /** Places that may answer, the likeliest first; their ids go on behind those of `places`. */
  readonly uncertain: readonly Citation[];
  /** Chunks that more likely answer than not, and have no place among `places`. */
  readonly unsureChunks: number;
  readonly coverage: Coverage;
  readonly tokens: {
    readonly computed: { readonly read: number; readonly condense: number };
    readonly reused: number;
  };
  readonly timings: { readonly loadMs: number; readonly findMs: number; readonly totalMs: number };
  readonly models: { readonly reader: ModelInfo };
  readonly settings: Settings;
};

/** What `read` returns. */
export type ReadResult = {
  readonly coverage: Coverage;
  readonly tokens: { readonly computed: { readonly read: number }; readonly reused: number };
  readonly timings: { readonly loadMs: number; readonly readMs: number; readonly totalMs: number };
  readonly models: { readonly reader: ModelInfo };
  /** What the store now holds of these documents, and what did not fit into its budget. */
  readonly store: { readonly keptBytes: number; readonly droppedChunks: number };
  readonly settings: Settings;
};

/** What `read --dry-run` returns: the work that a read would be. */
export type ReadPlan = {
  readonly documents: readonly {
    readonly path: string;
    readonly pages: number;
    readonly tokens: number;
    readonly chunks: number;
    readonly storedChunks: number;
  }[];
  readonly pages: number;
  readonly tokens: number;
  readonly chunks: number;
  readonly storedChunks: number;
  /** Bytes that the missing chunks' KV rows would take in the store. */
  readonly bytes: number;
  /** Bytes that the store's budget and the free disk leave for them. */
  readonly roomBytes: number;
  /** Measured on this machine just now with a slice of the document. */
  readonly tokensPerSecond: number;
  readonly seconds: number;
  readonly models: { readonly reader: ModelInfo };
  readonly skipped: readonly Skipped[];
  readonly settings: Settings;
};
