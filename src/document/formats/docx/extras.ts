import type { ReadPart } from "../zip/part.ts";
import type { Relationship } from "../zip/relationships.ts";
import type { Findings } from "./body-options.ts";

/** Each different header and footer once: "[header] Rev. 3". A page number alone says nothing. */
export async function readMargins(
  relationships: ReadonlyMap<string, Relationship>,
  readPart: ReadPart,
): Promise<string[]> {
  const lines = new Set<string>();
  for (const { type, target } of relationships.values()) {
    if (type !== "header" && type !== "footer") continue;
    const parts: string[] = [];
    let isText = false;
    await readPart(target, {
      open: (name) => {
        isText = name === "w:t";
        if (name === "w:tab" || name === "w:br") parts.push(" ");
      },
      close: (name) => {
        isText = false;
        if (name === "w:p") parts.push(" ");
      },
      text: (text) => {
        if (isText) parts.push(text);
      },
    });
    const line = parts.join("").replace(/\s+/g, " ").trim();
    if (/\p{L}{2}|\d{3}/u.test(line)) lines.add(`[${type}] ${line}`);
  }
  return [...lines];
}

export function describeFindings({ deletions, pictures, charts }: Findings): string[] {
  const were = (count: number, what: string): string =>
    count === 1 ? `1 ${what} was` : `${count} ${what}s were`;
  const said: string[] = [];
  if (deletions > 0) said.push(`${were(deletions, "tracked deletion")} left out`);
  if (charts > 0) said.push(`${were(charts, "chart")} not read`);
  if (pictures > charts) said.push(`${were(pictures - charts, "picture")} not read`);
  return said;
}
