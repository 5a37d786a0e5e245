import { createHash } from "node:crypto";
import type { Capability, LanguageModel, PoolOptions, SequencePool, Tokenizer } from "../language-model.ts";
import type { ModelMetadata } from "../metadata.ts";
import { Pool } from "../pool.ts";
import type { Protocol } from "./protocol.ts";
import { RemoteSequence } from "./remote-sequence.ts";

export type RemoteParts = Pick<LanguageModel, "name" | "path" | "capabilities" | "metadata"> & {
  readonly tokenizer: Tokenizer;
  /** Tells tokenizers apart by content. */
  readonly tokenizerFingerprint: string;
  /** "sglang 0.5.6". */
  readonly release: string;
  readonly protocol: Protocol;
  /** Prompts that are under way at once, to all servers. */
  readonly sequences: number;
};

/** A model on a server: text and tokens are cut here, everything else is asked of the server. */
export class RemoteModel implements LanguageModel {
  readonly name: string;
  readonly path: string;
  readonly fingerprint: string;
  readonly metadata: ModelMetadata;
  readonly capabilities: ReadonlySet<Capability>;
  readonly backend: { readonly release: string; readonly processor: string };
  readonly chat: Tokenizer["chat"];
  readonly #parts: RemoteParts;

  constructor(parts: RemoteParts) {
    this.#parts = parts;
    this.name = parts.name;
    this.path = parts.path;
    this.metadata = parts.metadata;
    this.capabilities = parts.capabilities;
    this.backend = { release: parts.release, processor: "server" };
    this.chat = parts.tokenizer.chat;
    const content = `${parts.name}\n${parts.tokenizerFingerprint}`;
    this.fingerprint = createHash("sha256").update(content).digest("hex");
  }

  get beginning(): readonly number[] {
    return this.#parts.tokenizer.beginning;
  }

  tokenize(text: string): Uint32Array {
    return this.#parts.tokenizer.tokenize(text);
  }

  detokenize(tokens: ArrayLike<number>): string {
    return this.#parts.tokenizer.detokenize(tokens);
  }

  isEnd(token: number): boolean {
    return this.#parts.tokenizer.isEnd(token);
  }

  /** Nothing is opened at the server; how many prompts it takes at once is the settings' affair. */
  async openPool(_: PoolOptions): Promise<SequencePool> {
    const { protocol, sequences } = this.#parts;
    const isEnd = (token: number): boolean => this.isEnd(token);
    const all = Array.from({ length: sequences }, () => new RemoteSequence(protocol, isEnd));
    return new Pool(all, async () => undefined);
  }
}
