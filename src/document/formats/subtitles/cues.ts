/** One subtitle; times in milliseconds. */
export type Cue = {
  readonly start: number;
  readonly end: number;
  /** On one line. */
  readonly text: string;
  /** "" where the file does not say. */
  readonly speaker: string;
};

export const TIMES = /^((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})[ \t]+-->[ \t]+((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})/;
/** Live captions repeat the last line above the new one, and flash both for an instant. Milliseconds. */
const FLASH = 50;

/** The cues of an SRT or WebVTT file in its order; what is no cue (notes, styles) is no text of it. */
export function readCues(text: string): Cue[] {
  const cues: Cue[] = [];
  let lastLine = "";
  for (const lines of blocksOf(text)) {
    const at = lines.findIndex((line) => TIMES.test(line.trim()));
    const [, from = "", to = ""] = TIMES.exec(lines[at]?.trim() ?? "") ?? [];
    if (at === -1) continue;
    const raw = lines.slice(at + 1);
    const speaker = /<v(?:\.[^ >]*)? ([^>]+)>/.exec(raw.join(" "))?.[1]?.trim() ?? "";
    const spoken = raw.map(plain).filter((line) => line !== "");
    const cue = { start: milliseconds(from), end: milliseconds(to) };
    const isRepeat = spoken[0] === lastLine && (spoken.length > 1 || cue.end - cue.start <= FLASH);
    const fresh = isRepeat ? spoken.slice(1) : spoken;
    lastLine = spoken.at(-1) ?? lastLine;
    if (fresh.length > 0) cues.push({ ...cue, text: fresh.join(" "), speaker });
  }
  return cues;
}

/** The lines of each block between empty lines. */
export function blocksOf(text: string): string[][] {
  const blocks = text.replace(/\r\n?/g, "\n").split(/\n[ \t]*(?=\n)/);
  return blocks.map((block) => block.split("\n").filter((line) => line.trim() !== ""));
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
