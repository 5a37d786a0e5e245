import { InputError } from "../../errors.ts";
import type { Document } from "../document.ts";
import { END_MARKS } from "../sentence-ends.ts";
import { layPages } from "./parts.ts";
import { cueBlocks, describeStray } from "./subtitles/blocks.ts";
import { type Cue, readCues } from "./subtitles/cues.ts";
import { describeDamage } from "./subtitles/damage.ts";
import { decodeReadable } from "./text.ts";

/** A silence as long as this ends a paragraph. Milliseconds. */
const PAUSE = 2000;
const MINUTE = 60_000;
const SENTENCE_END = new RegExp(`[${END_MARKS}]["'”’)]*$`, "u");
/** With a smaller share of cues that end a sentence, full stops are not written. */
const FEW_STOPS = 0.02;
/** Of the middle length of cues. */
const SHORT = 0.6;

/**
 * SRT and WebVTT: a cue is a line, without its number and times; cues run on as sentences do. A minute is a page, its
 * label the time of its first cue.
 * @throws InputError when there is no cue.
 */
export async function parseSubtitles(bytes: Uint8Array, path: string): Promise<Document> {
  const decoded = await decodeReadable(bytes, path);
  const found = cueBlocks(decoded.text);
  const cues = readCues(found.blocks);
  if (cues.length === 0) {
    throw new InputError(`${path}: has no subtitle with text`, {
      hint: "expected SRT or WebVTT: times as 00:01:02,000 --> 00:01:04,000 and text below them",
    });
  }
  const { text, starts, unnamed } = layCues(cues);
  const pages = layPages(
    text,
    starts.map(({ at }) => at),
    (index) => `at ${clock(starts[index]?.time ?? 0)}`,
  );
  const speakers =
    unnamed === 0 ? [] : [`${unnamed} changes of speaker inside a sentence are not marked in the text`];
  const warnings = [
    ...decoded.warnings,
    ...describeDamage(decoded.text),
    ...describeStray(found),
    ...speakers,
  ];
  return { path, format: "subtitles", title: undefined, text, pages, sections: [], warnings };
}

type Laid = {
  readonly text: string;
  /** Where each minute begins, and the time of its first cue in ms. */
  readonly starts: readonly { readonly at: number; readonly time: number }[];
  /** Changes of speaker that would have cut a sentence. */
  readonly unnamed: number;
};

function layCues(cues: readonly Cue[]): Laid {
  const starts: { at: number; time: number }[] = [];
  const shortest = shortestFullCue(cues);
  let text = "";
  let unnamed = 0;
  let last: Cue | undefined;
  for (const cue of cues) {
    const { isNamed, pauses, isUnnamed } = relate(cue, last);
    if (isUnnamed) unnamed += 1;
    const isApart = isNamed || pauses || (last !== undefined && last.text.length < shortest);
    if (text !== "") text += isApart ? "\n\n" : "\n";
    const minute = Math.floor(cue.start / MINUTE);
    if (last === undefined || minute > Math.floor(last.start / MINUTE))
      starts.push({ at: text.length, time: cue.start });
    text += isNamed ? `${cue.speaker}: ${cue.text}` : cue.text;
    last = cue;
  }
  return { text: `${text}\n`, starts, unnamed };
}

/**
 * Captions made by machines often have no full stops; there a cue much shorter than the others ends what was said.
 * Zero where full stops are written. UTF-16 units.
 */
function shortestFullCue(cues: readonly Cue[]): number {
  const ended = cues.filter(({ text }) => SENTENCE_END.test(text)).length;
  if (ended > cues.length * FEW_STOPS) return 0;
  const lengths = cues.map(({ text }) => text.length).sort((a, b) => a - b);
  return (lengths[Math.floor(lengths.length / 2)] ?? 0) * SHORT;
}

/** How a cue goes on from the one before: its speaker is named where that does not cut a sentence. */
function relate(cue: Cue, last: Cue | undefined) {
  const isNewSpeaker = cue.speaker !== "" && cue.speaker !== last?.speaker;
  const pauses = last !== undefined && cue.start - last.end >= PAUSE;
  const isFree = last === undefined || pauses || SENTENCE_END.test(last.text);
  return { isNamed: isNewSpeaker && isFree, isUnnamed: isNewSpeaker && !isFree, pauses };
}

/** 3,725,000 ms is "1:02:05". */
function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
