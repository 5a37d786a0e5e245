export const TIMES = /^((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})[ \t]+-->[ \t]+((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})/;

/** The lines of each block between empty lines. */
export function blocksOf(text: string): string[][] {
  const blocks = text.replace(/\r\n?/g, "\n").split(/\n[ \t]*(?=\n)/);
  return blocks.map((block) => block.split("\n").filter((line) => line.trim() !== ""));
}

export type CueBlocks = {
  /** Times, and below them the lines of text. */
  readonly blocks: readonly (readonly string[])[];
  /** Texts without times, which stand with the cue before them. */
  readonly joined: number;
  /** Lines before the first cue, which are no text of it. */
  readonly leading: number;
};

/**
 * The block of each cue. WebVTT knows other blocks (notes, styles), and an empty line always ends a cue; an SRT file has
 * nothing but cues, so that text behind an empty line is the cue's before it.
 */
export function cueBlocks(text: string): CueBlocks {
  const isWebVtt = text.startsWith("WEBVTT");
  const blocks: string[][] = [];
  let [joined, leading, number] = [0, 0, 0];
  for (const lines of blocksOf(text)) {
    const at = lines.findIndex((line) => TIMES.test(line.trim()));
    const stray = isWebVtt ? [] : strayLines(lines, at, number);
    const last = blocks.at(-1);
    if (last === undefined) leading += stray.length;
    else if (stray.length > 0) joined += 1;
    for (const line of stray) last?.push(line);
    if (at === -1) continue;
    number = numberOf(lines[at - 1]) ?? number + 1;
    blocks.push(lines.slice(at));
  }
  return { blocks, joined, leading };
}

/** The lines before a cue's times and number, or all of a block without times, unless it is the next cue, cut off. */
function strayLines(lines: readonly string[], at: number, number: number): readonly string[] {
  if (at !== -1) return lines.slice(0, numberOf(lines[at - 1]) === undefined ? at : at - 1);
  const [first, ...rest] = lines;
  const isCutOff = numberOf(first) === number + 1 && rest.every((line) => /^[\d:,. >-]+$/.test(line));
  return isCutOff ? [] : lines;
}

function numberOf(line = ""): number | undefined {
  return /^\d+$/.test(line.trim()) ? Number(line) : undefined;
}

/** One sentence each for what stands where no text belongs. */
export function describeStray({ joined, leading }: CueBlocks): string[] {
  const warnings: string[] = [];
  if (joined === 1) warnings.push("1 text without times was read with the cue before it");
  else if (joined > 1) warnings.push(`${joined} texts without times were read with the cues before them`);
  if (leading === 1) warnings.push("1 line before the first cue was left out");
  else if (leading > 1) warnings.push(`${leading} lines before the first cue were left out`);
  return warnings;
}
