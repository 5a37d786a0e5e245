import type { NearPassage } from "../attribution/nearest-passages.ts";
import { type ChunkPart, type PartInput, partsOf } from "../reader/chunk-part.ts";
import type { Judge } from "./judge.ts";

/** A passage with the margin of any answer from it against none, in nats. */
export type PassageMargin = NearPassage & { readonly part: ChunkPart; readonly margin: number };

/** (nPassages) each judged by itself, behind its own rows. */
export async function passageMargins(
  passages: readonly NearPassage[],
  judge: Pick<Judge, "marginsOfParts">,
  input: PartInput,
): Promise<PassageMargin[]> {
  const parts = partsOf(passages, input);
  const margins = await judge.marginsOfParts(parts);
  return passages.flatMap((passage, i): PassageMargin[] => {
    const part = parts[i];
    return part === undefined ? [] : [{ ...passage, part, margin: margins[i] ?? -Infinity }];
  });
}
