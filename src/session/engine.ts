import { join } from "node:path";
import type { ExtractOptions } from "../engine/extract/options.ts";
import type { FindOptions } from "../engine/find.ts";
import type { AskOptions, ReadOptions, SummarizeOptions } from "../engine/options.ts";
import { WordVectors } from "../engine/ranking/word-vectors.ts";
import { Contexts } from "../engine/reader/contexts.ts";
import { UsageError } from "../errors.ts";
import type { KvStore } from "../kv/store/store.ts";
import { type ReaderWeights, readerWeights } from "../model/adapters/reader-weights.ts";
import { loadPrompts, type Prompts } from "../prompt/template.ts";
import { answerStyleOf, defaultAskBudget, defaultStyle, requireWriter } from "./answer-style.ts";
import { candidateOptions } from "./candidates.ts";
import type { SessionListener } from "./events.ts";
import type { SessionHost } from "./host.ts";
import type { OpenedModels } from "./opened-models.ts";
import { reported, type SessionSettings } from "./settings.ts";
import { summarizeOptions } from "./summary-options.ts";

/** What one call brings: its settings, and who hears of it. */
export type Call = {
  readonly settings: SessionSettings;
  readonly signal: AbortSignal;
  readonly onEvent: SessionListener;
};

type Parts = {
  readonly host: SessionHost;
  readonly models: OpenedModels;
  readonly prompts: Prompts;
  readonly store: KvStore | undefined;
};

/** Everything but documents, opened once: models, their contexts, store and prompts. */
export class OpenedEngine {
  readonly host: SessionHost;
  readonly models: OpenedModels;
  readonly #prompts: Prompts;
  readonly #store: KvStore | undefined;
  readonly #contexts = new Contexts();
  #weights: Promise<ReaderWeights> | undefined;
  #vectors: WordVectors | undefined;

  private constructor({ host, models, prompts, store }: Parts) {
    this.host = host;
    this.models = models;
    this.#prompts = prompts;
    this.#store = store;
  }

  /** Takes over the models, which are closed with it. Throws KvStoreError or UsageError. */
  static async open(
    models: OpenedModels,
    host: SessionHost,
    openStore: () => Promise<KvStore | undefined>,
  ): Promise<OpenedEngine> {
    try {
      const store = await openStore();
      const prompts = await loadPrompts(join(host.folders.config, "prompts"));
      return new OpenedEngine({ host, models, prompts, store });
    } catch (error) {
      await models[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Why the KV store is not written; undefined while it is, or where there is none. */
  get storeTrouble(): string | undefined {
    return this.#store?.reason;
  }

  readOptions({ settings, signal, onEvent }: Call): ReadOptions {
    const { reader, sequences } = this.models;
    return {
      reader,
      sequences,
      contexts: this.#contexts,
      store: this.#store,
      prompts: this.#prompts,
      chunkTokens: settings.chunkTokens,
      settings: this.host.reported ?? reported(settings),
      signal,
      onEvent,
    };
  }

  /** Throws UsageError for a style that the models do not have, ModelError for damaged weights of a reader. */
  async askOptions(call: Call): Promise<AskOptions> {
    const { settings } = call;
    const { reader, writer, adapter } = this.models;
    const { condenser, vectors } = await this.#shipped();
    const answerStyle =
      adapter === undefined ? answerStyleOf(settings, { reader, writer, condenser }) : "write";
    return {
      ...this.readOptions(call),
      vectors,
      writer,
      condenseChunks: settings.thorough ? Number.POSITIVE_INFINITY : settings.condenseChunks,
      answerStyle,
      // Tiny writers lose the thread.
      tellsWriter: defaultStyle(writer) === "write",
      budgetTokens:
        settings.budgetTokens ||
        defaultAskBudget(writer, { answerStyle, condenser, chunkTokens: settings.chunkTokens }),
      answerTokens: settings.answerTokens,
      ...(condenser === undefined ? {} : { condenserAdapter: condenser }),
      ...(adapter === undefined ? {} : { candidates: candidateOptions(settings, adapter) }),
    };
  }

  /** All chunks, unless somebody said how many. Throws UsageError for a setting without a judge, ModelError for damaged weights of a reader. */
  async findOptions(call: Call): Promise<FindOptions> {
    const { condenseChunks, thorough, isCondenseChosen, condenser } = call.settings;
    const isLimited = isCondenseChosen && !thorough;
    if (condenser !== "answer" && this.models.reader.capabilities.has("adapters")) {
      throw new UsageError(
        `passages are judged by the condenser that answers, and --condenser is ${condenser}`,
        {
          hint: "leave --condenser out",
        },
      );
    }
    const { condenser: condenserAdapter, vectors } = await this.#shipped();
    return {
      ...this.readOptions(call),
      vectors,
      condenserAdapter,
      condenseChunks: isLimited ? condenseChunks : Number.POSITIVE_INFINITY,
    };
  }

  /** Throws UsageError for a writer that is too small, ModelError for a damaged condenser. */
  async extractOptions(call: Call): Promise<ExtractOptions> {
    const { writer } = this.models;
    requireWriter(writer, "focus extract");
    return { ...(await this.findOptions(call)), writer };
  }

  /** Throws UsageError for a language that the writer cannot write, ModelError for damaged weights of a reader that looks for something. */
  async summarizeOptions(call: Call, focus: string | undefined): Promise<SummarizeOptions> {
    const options = summarizeOptions(call.settings, this.models.writer, this.readOptions(call));
    if (focus === undefined) return options;
    const { condenser: condenserAdapter, vectors } = await this.#shipped();
    return { ...options, condenserAdapter, vectors };
  }

  /** Contexts in which something went wrong serve no other call. */
  async closeContexts(): Promise<void> {
    await this.#contexts.closeUnused();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#contexts[Symbol.asyncDispose]();
    await this.models[Symbol.asyncDispose]();
  }

  /**
   * What comes with focus for a reader that condenses by answering; its file is hashed for it, which is done once. The likelihood and
   * candidate tokens go by words, as they were measured.
   */
  async #shipped(): Promise<Pick<ReaderWeights, "condenser"> & Pick<AskOptions, "vectors">> {
    const { reader, adapter } = this.models;
    const isAnswering = this.host.settings.condenser === "answer" && adapter === undefined;
    if (!isAnswering || !reader.capabilities.has("adapters")) return { condenser: undefined };
    this.#weights ??= readerWeights(reader);
    const { condenser, embedding } = await this.#weights;
    if (embedding !== undefined) this.#vectors ??= new WordVectors(embedding, reader);
    return { condenser, vectors: this.#vectors };
  }
}
