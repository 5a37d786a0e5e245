import type { ChatForm } from "../chat.ts";
import type { Tokenizer } from "../language-model.ts";

/** Numbers of what opens a turn; pieces of text come behind them. */
const SYSTEM = 0;
const USER = 1;
const ASSISTANT = 2;
const FIRST_PIECE = 3;

/** At most four letters with the spaces before them; of scripts that write a word with one sign, one sign. */
const PIECE = /\s*(?:[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}\p{M}]{1,4}|\S)|\s+$/gu;

export type Message = { readonly role: "system" | "user"; readonly content: string };

/**
 * In the place of a tokenizer that a chat server does not give: text is cut into short pieces, which are numbered as they
 * come. They count a quarter more than the tokens of most models do in English, so that windows are kept. Nothing is lost:
 * pieces joined are the text.
 */
export class Pieces implements Tokenizer {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [];

  get beginning(): readonly number[] {
    return [];
  }

  readonly chat: ChatForm = (system, user) => {
    const tokens = [SYSTEM, ...this.tokenize(system), USER, ...this.tokenize(user), ASSISTANT];
    return { tokens: Uint32Array.from(tokens), stopTexts: [] };
  };

  tokenize(text: string): Uint32Array {
    return Uint32Array.from(text.match(PIECE) ?? [], (piece) => this.#number(piece));
  }

  detokenize(tokens: ArrayLike<number>): string {
    return Array.from(tokens, (token) => this.#texts[token - FIRST_PIECE] ?? "").join("");
  }

  /** The server ends its turns itself. */
  isEnd(): boolean {
    return false;
  }

  /** A prompt as messages; what stands before the system's turn, such as a chunk, comes first in the user's. */
  messages(tokens: readonly number[]): readonly Message[] {
    const [system, user] = [tokens.indexOf(SYSTEM), tokens.indexOf(USER)];
    const before = this.detokenize(tokens.slice(0, Math.max(0, system)));
    const told = this.detokenize(tokens.slice(system + 1, user));
    const asked: Message = { role: "user", content: before + this.detokenize(tokens.slice(user + 1)) };
    return told === "" ? [asked] : [{ role: "system", content: told }, asked];
  }

  #number(piece: string): number {
    const known = this.#numbers.get(piece);
    if (known !== undefined) return known;
    const number = FIRST_PIECE + this.#texts.push(piece) - 1;
    this.#numbers.set(piece, number);
    return number;
  }
}
