import { sentences } from "../document/sentences.ts";
import { UsageError } from "../errors.ts";
import type { ChatPrompt } from "../model/chat.ts";
import { fill } from "../prompt/template.ts";
import { decode, type Spoken } from "./decode.ts";
import type { Note } from "./merge.ts";
import type { SummarizeOptions } from "./options.ts";
import { StageProgress } from "./progress.ts";
import { refuses } from "./verdict.ts";

/** Two or three facts. */
const NOTE_TOKENS = 128;
/** A writer that was told to keep to so many words is stopped at about twice the tokens that they usually take. */
const TOKENS_PER_WORD = 3;
const NOTHING = /^[\W_]*(?:nothing|none|n\/a)\b[^\n]{0,40}$/iu;

/** A chunk that a note is to be made of. */
export type NoteSource = Omit<Note, "text" | "chunks"> & { readonly chunk: number; readonly text: string };

/** The writer at work on a summary: what it is told to look for, and what it took. */
export class NoteTaker {
  readonly #options: SummarizeOptions;
  readonly #focus: string | undefined;
  #tokens = 0;

  constructor(options: SummarizeOptions, focus: string | undefined) {
    this.#options = options;
    this.#focus = focus;
  }

  /** Tokens that the writer evaluated and decoded. */
  get tokens(): number {
    return this.#tokens;
  }

  /** A note of each chunk, in order; chunks that the writer finds nothing in have none. */
  async take(sources: readonly NoteSource[]): Promise<Note[]> {
    const { writer, prompts, onEvent } = this.#options;
    const focus = this.#focus;
    const requests = sources.map(({ text }) => {
      const passage = text.trim();
      const user =
        focus === undefined
          ? fill(prompts.note, { passage })
          : fill(prompts["note-focus"], { passage, focus });
      return writer.chat(prompts.system, user);
    });
    this.#requireContext(Math.max(0, ...requests.map(({ tokens }) => tokens.length)) + NOTE_TOKENS);
    const total = requests.reduce((sum, { tokens }) => sum + tokens.length, 0);
    const progress = new StageProgress("note", total, onEvent);
    const notes: Note[] = [];
    for (const [i, { chunk, part, salience }] of sources.entries()) {
      const request = requests[i];
      if (request === undefined) continue;
      const text = plainLine(await this.#write(request, NOTE_TOKENS));
      progress.evaluated(request.tokens.length);
      if (!NOTHING.test(text) && !refuses({ answer: text, style: "write" }))
        notes.push({ text, chunks: [chunk], part, salience });
    }
    return notes;
  }

  /** One text of several notes; see mergeTree. */
  async merge(notes: readonly Note[], mostWords: number): Promise<string> {
    const { writer, prompts } = this.#options;
    const list = notes.map(({ text }) => `- ${text}`).join("\n");
    const words = String(mostWords);
    const request = writer.chat(prompts.system, fill(prompts.merge, { notes: list, words }));
    const spoken = await this.#write(request, mostWords * TOKENS_PER_WORD + TOKENS_PER_WORD);
    // What was cut off has lost its last notes: it counts as not merged.
    return spoken.stop === "end" ? plainLine(spoken) : "";
  }

  #requireContext(contextTokens: number): void {
    const { name, metadata } = this.#options.writer;
    if (contextTokens <= metadata.trainedContextTokens) return;
    throw new UsageError(
      `a chunk and the instruction take ${contextTokens} tokens, but ${name} was trained on ${metadata.trainedContextTokens}`,
      { hint: "use a smaller --chunk" },
    );
  }

  async #write(request: ChatPrompt, answerTokens: number): Promise<Spoken> {
    const { writer, signal } = this.#options;
    // Pieces of notes are no pieces of an answer: nobody is told.
    const onEvent = (): void => {};
    const spoken = await decode({ ...request, chosen: [] }, { writer, answerTokens, signal, onEvent });
    this.#tokens += spoken.windowTokens + spoken.tokens;
    return spoken;
  }
}

/** On one line, without list marks and Markdown; a sentence that the writer was stopped in is left out unless it is all. */
function plainLine({ text, stop }: Spoken): string {
  const lines = text
    .split("\n")
    .map((line) => line.replace(/^\s*(?:[-*•–]+|#+|\(?\d{1,2}[.)])\s+/u, "").trim());
  const plain = lines
    .filter((line) => line !== "")
    .map((line) => (/[.!?:;…。！？]["'”’)\]*]*$/u.test(line) || lines.length === 1 ? line : `${line}.`))
    .join(" ")
    .replaceAll(/\*\*|__|`/gu, "");
  if (stop === "end") return plain;
  const spans = sentences(plain, { start: 0, end: plain.length });
  const last = spans.at(-2);
  return last === undefined ? plain : plain.slice(0, last.end);
}
