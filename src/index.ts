// The public API. A session is all that most programs need: documents and models opened once, asked any number of times.
// docs/api.md says more.

export type { Evidence } from "./document/evidence/evidence.ts";
export type { ExtractedItem, Extraction } from "./engine/extract/extraction.ts";
export type { Answer, Citation, Coverage, Places, ReadPlan, ReadResult } from "./engine/results.ts";
export type { PointCitation, Summary, SummaryPoint } from "./engine/summary/summary.ts";
export {
  EXIT,
  FocusError,
  InputError,
  KvStoreError,
  ModelError,
  StoppedError,
  UsageError,
} from "./errors.ts";
export type { SessionEvent, SessionListener } from "./session/events.ts";
export { openDocuments, type SessionOptions } from "./session/open-documents.ts";
export type { CondenseOptions, QuestionOptions, Session, SummaryOptions } from "./session/session.ts";
export type { Source } from "./session/sources.ts";

// What a session is made of, for measurements and programs that open models in their own way: documents,

export { type Chunk, chunkDocuments } from "./document/chunk.ts";
export type { Document, Page, Section } from "./document/document.ts";
export { parseBytes, parseFile } from "./document/parse.ts";

// the stages, whose options have no defaults,

export { ask } from "./engine/ask.ts";
export { Condenser, type CondenserInput } from "./engine/condenser/condenser.ts";
export { Corpus } from "./engine/corpus.ts";
export type { EngineEvent, EngineListener } from "./engine/events.ts";
export type {
  AskOptions,
  CandidateOptions,
  EngineInput,
  ReadOptions,
  SummarizeOptions,
} from "./engine/options.ts";
export { planRead } from "./engine/plan.ts";
export { WordVectors } from "./engine/ranking/word-vectors.ts";
export { readDocuments } from "./engine/read.ts";
export { Contexts } from "./engine/reader/contexts.ts";
export { type SummarizeInput, summarize } from "./engine/summarize.ts";
export { loadPrompts } from "./prompt/template.ts";

// models,

export { type Adapter, type LocalAdapter, readCondenser } from "./model/adapters/adapter.ts";
export { resolveAdapter } from "./model/adapters/adapters.ts";
export { readerWeights } from "./model/adapters/reader-weights.ts";
export { requireReader } from "./model/architecture.ts";
export { openBackend } from "./model/backend.ts";
export { pullModel, resolveModel } from "./model/files.ts";
export { loadModel } from "./model/gguf-model.ts";
export type { LanguageModel, PoolOptions, Sequence, SequencePool } from "./model/language-model.ts";
export { readMetadata } from "./model/metadata.ts";

// the KV store, and the codec of llama.cpp's sequence-state files.

export { fileSource } from "./kv/state/byte-source.ts";
export { composeState } from "./kv/state/composed-state.ts";
export { parseState, stateBytes } from "./kv/state/state-file.ts";
export { KvStore, openStore } from "./kv/store/store.ts";
