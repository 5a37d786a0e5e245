import type { LlamaModel, Token } from "node-llama-cpp";
import { ModelError } from "../errors.ts";
import { requireWriter } from "./architecture.ts";
import type { Backend } from "./backend.ts";
import { beginning, type ChatForm, chatForm } from "./chat.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Tokenizer } from "./language-model.ts";
import { type ModelMetadata, readMetadata } from "./metadata.ts";

/** The tokenizer and the chat form of a GGUF. */
export class GgufTokenizer implements Tokenizer {
  readonly chat: ChatForm;
  protected readonly native: LlamaModel;

  constructor(native: LlamaModel, chat: ChatForm) {
    this.native = native;
    this.chat = chat;
  }

  get beginning(): readonly number[] {
    return beginning(this.native);
  }

  /** What the model names as the ends of a turn; `isEnd` knows more of them. */
  get endTokens(): readonly number[] {
    const { eos, eot } = this.native.tokens;
    return [...new Set([eos, eot])].filter((token) => token !== null);
  }

  tokenize(text: string): Uint32Array {
    return Uint32Array.from(this.native.tokenize(text, false));
  }

  detokenize(tokens: ArrayLike<number>): string {
    return this.native.detokenize(Array.from(tokens) as Token[], false);
  }

  isEnd(token: number): boolean {
    return this.native.isEogToken(token as Token);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.native.disposed) await this.native.dispose();
  }
}

/** A tokenizer, and what its GGUF says of the model. */
export type TokenizerFile = {
  readonly tokenizer: Tokenizer & { readonly endTokens: readonly number[] };
  readonly metadata: ModelMetadata;
  readonly fingerprint: string;
};

export type OpenedTokenizer = TokenizerFile & AsyncDisposable;

type TokenizerOptions = { readonly path: string; readonly signal: AbortSignal };

/**
 * Loads the tokenizer of a GGUF and none of its weights; one that holds a vocabulary alone will do. Throws ModelError when
 * it is damaged or of a model that writes no text.
 */
export async function loadTokenizer(
  backend: Backend,
  { path, signal }: TokenizerOptions,
): Promise<OpenedTokenizer> {
  const metadata = await readMetadata(path, { needsWeights: false });
  requireWriter(metadata);
  let native: LlamaModel | undefined;
  try {
    native = await backend.llama.loadModel({ modelPath: path, vocabOnly: true, loadSignal: signal });
    const tokenizer = new GgufTokenizer(native, await chatForm(native));
    const close = (): Promise<void> => tokenizer[Symbol.asyncDispose]();
    return { tokenizer, metadata, fingerprint: await fingerprint(path), [Symbol.asyncDispose]: close };
  } catch (cause) {
    await native?.dispose();
    signal.throwIfAborted();
    throw new ModelError(`${path}: llama.cpp cannot load this model's tokenizer (${metadata.architecture})`, {
      hint: "run with --debug to see llama.cpp's own messages",
      cause,
    });
  }
}
