import { GET_AGAIN } from "../get-again.ts";
import { blocksOf, TIMES } from "./blocks.ts";

/** Cues are numbered where so many follow their number by one. */
const LEAST_NUMBERED = 5;
const FOLLOWING_SHARE = 0.9;

/** One sentence each for cues that a file's own numbers miss, and for an end inside a cue. */
export function describeDamage(text: string): string[] {
  const blocks = blocksOf(text).filter((lines) => lines.length > 0);
  const numbers = blocks.flatMap(([first = "", second = ""]) =>
    /^\d+$/.test(first.trim()) && TIMES.test(second.trim()) ? [Number(first)] : [],
  );
  const jumps = numbers.slice(1).flatMap((number, i) => {
    const before = numbers[i] ?? number;
    return number === before + 1 ? [] : [`from ${before} to ${number}`];
  });
  const follow = numbers.length - 1 - jumps.length;
  const warnings: string[] = [];
  if (jumps.length > 0 && follow >= LEAST_NUMBERED && follow >= FOLLOWING_SHARE * (numbers.length - 1))
    warnings.push(
      `cue numbers jump ${jumps.slice(0, 3).join(", ")}${jumps.length > 3 ? ", …" : ""}: subtitles may be missing; ${GET_AGAIN}`,
    );
  const last = blocks.at(-1) ?? [];
  const isBare = last.length <= 2 && /^\d+$/.test(last[0]?.trim() ?? "") && numbers.length > 0;
  if (isBare || TIMES.test(last.at(-1)?.trim() ?? ""))
    warnings.push(`ends inside a cue: it is cut off; ${GET_AGAIN}`);
  return warnings;
}
