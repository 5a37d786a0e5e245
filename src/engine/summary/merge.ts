import { sentences } from "../../document/sentences.ts";
import { chooseSpread } from "./spread.ts";
import { countWords } from "./summary.ts";
import { wordingOf } from "./wording.ts";

/** What the writer made of a chunk, or of several notes. */
export type Note = {
  readonly text: string;
  /** Indexes of the chunks that it was made from, in document order. */
  readonly chunks: readonly number[];
  /** Index of the part that its first chunk stands in. */
  readonly part: number;
  readonly salience: number;
};

/** Makes one text of notes, of at most so many words; what comes back may be anything. */
export type MergeNotes = (notes: readonly Note[], mostWords: number) => Promise<string>;

export type MergeOptions = {
  readonly mostWords: number;
  readonly merge: MergeNotes;
  /** ISO 639-3 code of the language of the notes. */
  readonly language: string;
};

export type Merged = {
  readonly notes: readonly Note[];
  /** Sentences that were left out, of groups whose merged text was not shorter than the group. */
  readonly dropped: number;
  readonly levels: number;
};

/** Notes that are merged at once: what a small writer keeps in mind. */
const GROUP_NOTES = 4;
/** A level has at most this share of the notes of the one before. */
const LEVEL_NOTES = 0.75;
/** A level keeps at least this share of the words: a small writer that must drop more drops what matters. */
const LEVEL_SHARE = 0.4;

/**
 * Merges notes in document order, level by level, until they take at most `mostWords` or one is left. It ends, whatever
 * the writer says: a level joins groups of two to four to one note each, at most three quarters as many as the level
 * before had, and each of these has fewer words than its group, by merging or, where that does not shrink, by leaving
 * sentences out. With n notes there are at most 1 + log(n) / log(4/3) levels and fewer than n merges in all.
 */
export async function mergeTree(
  notes: readonly Note[],
  { mostWords, merge, language }: MergeOptions,
): Promise<Merged> {
  let level = notes;
  let dropped = 0;
  let levels = 0;
  while (level.length > 1 && totalWords(level) > mostWords) {
    const share = Math.max(LEVEL_SHARE, mostWords / totalWords(level));
    const next: Note[] = [];
    for (const group of groups(level)) {
      const [only] = group;
      if (group.length === 1 && only !== undefined) {
        next.push(only);
        continue;
      }
      const room = Math.max(1, Math.floor(totalWords(group) * share));
      const text = (await merge(group, room)).trim();
      const words = countWords(text);
      const isShorter = words > 0 && words < totalWords(group);
      const kept = isShorter ? { text, dropped: 0 } : mostTelling(group, { room, language });
      dropped += kept.dropped;
      next.push(joined(group, kept.text));
    }
    level = next;
    levels += 1;
  }
  return { notes: level, dropped, levels };
}

/** Runs of neighbours, within parts where that leaves few enough; in any case at most three quarters as many as notes. */
function groups(notes: readonly Note[]): Note[][] {
  const within = runs(notes, true);
  return within.length <= notes.length * LEVEL_NOTES ? within : runs(notes, false);
}

function runs(notes: readonly Note[], withinParts: boolean): Note[][] {
  const found: Note[][] = [];
  for (const note of notes) {
    const run = found.at(-1);
    const fits = run !== undefined && run.length < GROUP_NOTES;
    if (fits && (!withinParts || run[0]?.part === note.part)) run.push(note);
    else found.push([note]);
  }
  return found;
}

/** The sentences of the most salient notes, spread over all of them; fewer words than the group has. */
function mostTelling(
  group: readonly Note[],
  { room, language }: { readonly room: number; readonly language: string },
): { text: string; dropped: number } {
  const all = group.flatMap(({ text, salience }, at) =>
    sentences(text, { start: 0, end: text.length }).map(({ start, end }, i) => {
      const sentence = text.slice(start, end);
      const wording = wordingOf(sentence, language);
      const cost = countWords(sentence);
      return { ...wording, sentence, tenth: at, part: at, cost, salience: salience - i };
    }),
  );
  const chosen = chooseSpread(all, { budget: room, spread: "even" });
  const kept = chosen.flatMap((index) => all[index]?.sentence ?? []);
  return { text: kept.join(" "), dropped: all.length - kept.length };
}

function joined(group: readonly Note[], text: string): Note {
  return {
    text,
    chunks: group.flatMap(({ chunks }) => chunks),
    part: group[0]?.part ?? 0,
    salience: Math.max(...group.map(({ salience }) => salience)),
  };
}

function totalWords(notes: readonly Note[]): number {
  return notes.reduce((sum, { text }) => sum + countWords(text), 0);
}
