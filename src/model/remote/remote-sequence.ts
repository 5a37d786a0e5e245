import { createHash } from "node:crypto";
import type { GenerateOptions, PrefillOptions, Sequence } from "../language-model.ts";
import type { Call, Protocol } from "./protocol.ts";

/**
 * A prompt that is sent with what is asked behind it: nothing of it stays here, and what a server keeps of it is the
 * server's affair. Tokens that were given to `prefill` go with the next request, and count when it is answered.
 */
export class RemoteSequence implements Sequence {
  readonly #protocol: Protocol;
  readonly #isEnd: (token: number) => boolean;
  #held: number[] = [];
  #unanswered: (() => void)[] = [];
  #evaluated = 0;
  #call: Call | undefined;

  constructor(protocol: Protocol, isEnd: (token: number) => boolean) {
    this.#protocol = protocol;
    this.#isEnd = isEnd;
  }

  get evaluatedTokens(): number {
    return this.#evaluated;
  }

  get length(): number {
    return this.#held.length;
  }

  async reset(): Promise<void> {
    this.#held = [];
    this.#unanswered = [];
  }

  async truncate(length: number): Promise<void> {
    this.#held.length = Math.min(length, this.length);
  }

  async prefill(tokens: ArrayLike<number>, { signal, onSlice }: PrefillOptions): Promise<void> {
    signal.throwIfAborted();
    const added = Array.from(tokens);
    const route = this.length === 0 ? hashOf(added) : (this.#call?.route ?? "");
    this.#call = { route, signal };
    this.#held.push(...added);
    this.#unanswered.push(() => {
      this.#evaluated += added.length;
      onSlice?.(added.length);
    });
  }

  async settle(): Promise<void> {
    if (this.#unanswered.length === 0) return;
    await this.#protocol.warm(this.#held, this.#called());
    this.#answered();
  }

  async logProbabilities(tokens: ArrayLike<number>, from: number): Promise<Float64Array> {
    const all = [...this.#held, ...Array.from(tokens)];
    const values = await this.#protocol.score(all, this.length + from, this.#called());
    this.#answered();
    this.#held = all.slice(0, -1);
    this.#evaluated += tokens.length - 1;
    return values;
  }

  async *generate(
    last: number,
    { signal, maxTokens, notFirst, shape, onStop = () => {} }: GenerateOptions,
  ): AsyncGenerator<number, void> {
    if (notFirst !== undefined) throw new Error("a server cannot be told what an answer does not begin with");
    this.#held.push(last);
    this.#evaluated += 1;
    const asked = { ...this.#called(), signal, maxTokens, shape, onStop };
    const pieces = this.#protocol.generate([...this.#held], asked);
    for await (const piece of pieces) {
      this.#answered();
      for (const token of piece) {
        if (this.#isEnd(token)) return;
        this.#held.push(token);
        this.#evaluated += 1;
        yield token;
      }
    }
    this.#answered();
  }

  save(): Promise<number> {
    return this.load();
  }

  load(): Promise<never> {
    throw new Error("a server gives no rows: a stage has not looked at the model's capabilities");
  }

  /** The server has answered: what went with the request has gone through the model. */
  #answered(): void {
    for (const told of this.#unanswered) told();
    this.#unanswered = [];
  }

  #called(): Call {
    if (this.#call !== undefined) return this.#call;
    throw new Error("a sequence was asked about nothing");
  }
}

function hashOf(tokens: readonly number[]): string {
  return createHash("sha256").update(Uint32Array.from(tokens)).digest("hex");
}
