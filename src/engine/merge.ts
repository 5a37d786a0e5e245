import { countWords } from "./summary.ts";

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
};

export type Merged = {
  readonly notes: readonly Note[];
  /** Notes that were left out, the least salient of a group whose merged text was not shorter than the group. */
  readonly dropped: number;
  readonly levels: number;
};

/** Notes that are merged at once: what a small writer keeps in mind. */
const GROUP_NOTES = 4;

/**
 * Merges notes in document order, level by level, until they take at most `mostWords` or one is left. It ends: a level
 * joins groups of two or more to one note each, so that every level has fewer notes than the one before, and each of
 * these notes has fewer words than its group, by merging or, where that does not shrink, by leaving notes out. With n
 * notes there are fewer than n levels and fewer than n merges in all.
 */
export async function mergeTree(notes: readonly Note[], { mostWords, merge }: MergeOptions): Promise<Merged> {
  let level = notes;
  let dropped = 0;
  let levels = 0;
  while (level.length > 1 && totalWords(level) > mostWords) {
    const share = mostWords / totalWords(level);
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
      const kept = isShorter ? group : mostSalient(group, room);
      dropped += group.length - kept.length;
      next.push(joined(kept, isShorter ? text : kept.map((note) => note.text).join(" ")));
    }
    level = next;
    levels += 1;
  }
  return { notes: level, dropped, levels };
}

/** Runs of neighbours, within a part where any part has two; in any case fewer groups than notes. */
function groups(notes: readonly Note[]): Note[][] {
  const within = runs(notes, true);
  return within.length < notes.length ? within : runs(notes, false);
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

/** At least one note, and one less than there were. */
function mostSalient(group: readonly Note[], room: number): Note[] {
  const kept = [...group];
  while (kept.length > 1 && (kept.length === group.length || totalWords(kept) > room)) {
    const least = kept.reduce((a, b) => (b.salience < a.salience ? b : a));
    kept.splice(kept.indexOf(least), 1);
  }
  return kept;
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
