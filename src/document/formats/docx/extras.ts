import type { ReadPart } from "../zip/part.ts";
import type { Relationship } from "../zip/relationships.ts";
import type { XmlHandler } from "../zip/xml.ts";
import type { Findings } from "./body-options.ts";
import { createRecording, type Recording, type Sink } from "./sink.ts";

export type Margin = { readonly head: string; readonly recording: Recording };

/** Each different header and footer once: "[header] Rev. 3". A page number alone says nothing. */
export async function readMargins(
  relationships: ReadonlyMap<string, Relationship>,
  readPart: ReadPart,
  startBody: (sink: Sink) => XmlHandler,
): Promise<Margin[]> {
  const margins = new Map<string, Margin>();
  for (const { type, target } of relationships.values()) {
    if (type !== "header" && type !== "footer") continue;
    const recording = createRecording();
    await readPart(target, startBody(recording));
    const line = lineOf(recording);
    const head = `[${type}]`;
    const key = `${head} ${line}`;
    if (/\p{L}{2}|\d{3}/u.test(line) && !margins.has(key)) margins.set(key, { head, recording });
  }
  return [...margins.values()];
}

function lineOf(recording: Recording): string {
  const parts: string[] = [];
  const space = (): void => void parts.push(" ");
  recording.replay({ open: space, close: space, text: (text) => void parts.push(text) });
  return parts.join("").replace(/\s+/g, " ").trim();
}

export function describeFindings({
  deletions = 0,
  pictures = 0,
  charts = 0,
  embedded = 0,
}: Partial<Findings>): string[] {
  const were = (count: number, what: string): string =>
    count === 1 ? `1 ${what} was` : `${count} ${what}s were`;
  const said: string[] = [];
  if (deletions > 0) said.push(`${were(deletions, "tracked deletion")} left out`);
  if (charts > 0) said.push(`${were(charts, "chart")} not read`);
  if (pictures > charts) said.push(`${were(pictures - charts, "picture")} not read`);
  if (embedded > 0) said.push(`${were(embedded, "embedded file")} not read`);
  return said;
}
