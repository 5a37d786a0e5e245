import type { Chunk } from "../../document/chunk.ts";
import { type Document, textOf } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import { requireCapabilities } from "../../model/capabilities.ts";
import { fill } from "../../prompt/template.ts";
import { speak } from "../answer/decode.ts";
import type { Spoken } from "../answer/spoken.ts";
import { foreignTerms, type Inventory, inventory } from "../attribution/foreign.ts";
import { isRefusal } from "../attribution/refusal.ts";
import type { SummarizeOptions } from "../options.ts";
import { ChunkReader, type Visit } from "../reader/chunk-reader.ts";
import { chunkOfWriter, turnBehindChunk } from "../reader/writer-turn.ts";
import { type ChunkCounts, totalTokens } from "../receipt/coverage.ts";
import { StageProgress } from "../receipt/stage-progress.ts";
import { plainLine, saysNothing, telling, wholeSentences, withoutFrame } from "./clean-text.ts";
import type { Note } from "./merge.ts";

/** Two or three facts. */
const NOTE_TOKENS = 128;

/** A chunk that a note is to be made of. */
export type NoteSource = Omit<Note, "text" | "chunks"> & { readonly chunk: number };

export type NoteInput = {
  readonly documents: readonly Document[];
  /** Cut by the reader's tokens. */
  readonly chunks: readonly Chunk[];
  /** What to look for; undefined = what matters most. */
  readonly focus: string | undefined;
};

export type Notes = {
  /** In order; chunks that the writer finds nothing in have none. */
  readonly notes: readonly Note[];
  /** Sentences that were left out: they bring numbers or names that their chunk does not have, or only say what it is about. */
  readonly dropped: number;
  /** Tokens that the writer evaluated and decoded. */
  readonly tokens: number;
  /** Tokens of chunks that the store had. */
  readonly reused: number;
  /** The chunks that it read for them. */
  readonly counts: ChunkCounts;
};

/**
 * Condenses chunks to notes: behind each chunk's rows, which come from the store where the writer has read it before,
 * the instruction is the dynamic prompt, and the writer decodes the few facts that matter, or that there is nothing.
 */
export async function takeNotes(
  sources: readonly NoteSource[],
  input: NoteInput,
  options: SummarizeOptions,
): Promise<Notes> {
  const { writer, prompts, onEvent, signal } = options;
  requireCapabilities(writer, ["generate"]);
  const { focus } = input;
  const user = focus === undefined ? prompts.note : fill(prompts["note-focus"], { focus });
  const turn = turnBehindChunk(writer, { system: prompts.system, user });
  const chunks = sources.flatMap(({ chunk }) => chunkOfWriter(input.chunks[chunk], input, options));
  const chunkTokens = Math.max(0, ...chunks.map(({ tokens }) => tokens.length));
  const localTokens = turn.tokens.length + NOTE_TOKENS;
  const sizes = { chunkTokens, localTokens };
  await using own = await ChunkReader.open(writer, { ...options, ...sizes, prefix: prompts.prefix });
  const progress = new StageProgress("note", totalTokens(chunks), onEvent);
  const spoken = new Map<Chunk, Spoken>();
  const visits = new Map<Chunk, Visit>(
    chunks.map((chunk) => [
      chunk,
      async (sequence) => {
        // Pieces of notes are no pieces of an answer: nobody is told.
        const quiet = { writer, signal, answerTokens: NOTE_TOKENS, onEvent: () => {} };
        spoken.set(chunk, await speak(sequence, turn, quiet));
      },
    ]),
  );
  await own.visit(visits, progress);
  const { documents, chunks: all } = input;
  await own.record({ documents, chunks, model: writer.name, all });
  const language = commonLanguage(documents);
  const texts = chunks.map((chunk) =>
    borneOut(spoken.get(chunk), inventory(textOf(documents, chunk), language)),
  );
  return {
    notes: sources.flatMap(({ chunk, ...source }, i) => {
      const { text = "" } = texts[i] ?? {};
      return text === "" ? [] : [{ ...source, text, chunks: [chunk] }];
    }),
    dropped: texts.reduce((sum, { dropped }) => sum + dropped, 0),
    tokens: own.evaluatedTokens,
    reused: own.counter.tokens.reused,
    counts: own.counter.counts,
  };
}

type BorneOut = { readonly text: string; readonly dropped: number };

/** What of a note may go on: whole sentences whose numbers and names its chunk has. */
function borneOut(spoken: Spoken | undefined, known: Inventory): BorneOut {
  const text = spoken === undefined ? "" : plainLine(spoken);
  if (saysNothing(text)) return { text: "", dropped: 0 };
  const all = wholeSentences(text)
    .filter((sentence) => !isRefusal(sentence))
    .map(withoutFrame);
  const kept = telling(all).filter((sentence) => foreignTerms(sentence, known).length === 0);
  return { text: kept.join(" "), dropped: all.length - kept.length };
}
