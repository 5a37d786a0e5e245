import { type CueBlocks, TIMES } from "./blocks.ts";

/** One subtitle; times in milliseconds. */
export type Cue = {
  readonly start: number;
  readonly end: number;
  /** On one line. */
  readonly text: string;
  /** "" where the file does not say. */
  readonly speaker: string;
};

/** Live captions repeat the last line above the new one, and flash both for an instant. Milliseconds. */
const FLASH = 50;

/** The cues of blocks, in their order. */
export function readCues(blocks: CueBlocks["blocks"]): Cue[] {
  const cues: Cue[] = [];
  let lastLine = "";
  for (const [times = "", ...raw] of blocks) {
    const [, from = "", to = ""] = TIMES.exec(times.trim()) ?? [];
    const speaker = /<v(?:\.[^ <>]*)? ([^<>]+)>/.exec(raw.join(" "))?.[1]?.trim() ?? "";
    const spoken = raw.map(plain).filter((line) => line !== "");
    const cue = { start: milliseconds(from), end: milliseconds(to) };
    const isRepeat = spoken[0] === lastLine && (spoken.length > 1 || cue.end - cue.start <= FLASH);
    const fresh = isRepeat ? spoken.slice(1) : spoken;
    lastLine = spoken.at(-1) ?? lastLine;
    if (fresh.length > 0) cues.push({ ...cue, text: fresh.join(" "), speaker });
  }
  return cues;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&nbsp;": " ",
  "&lrm;": "",
  "&rlm;": "",
};

/** Without tags and positions: "<i>", "<00:01.000>", "{\an8}". */
function plain(line: string): string {
  return line
    .replace(/<\/?[a-z][^<>]*>|<[\d:.]+>|\{\\[^{}]*\}/gi, "")
    .replace(/&(?:amp|lt|gt|nbsp|lrm|rlm);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/g, " ")
    .trim();
}

function milliseconds(time: string): number {
  const [clock = "", fraction = "0"] = time.split(/[.,]/);
  const seconds = clock.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return seconds * 1000 + Number(fraction.padEnd(3, "0"));
}
