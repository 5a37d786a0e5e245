import type { ReadPlan, ReadResult } from "../engine/results.ts";
import { bytes, count, counted, duration } from "./quantity.ts";
import { workPart } from "./receipt.ts";
import { type Column, table } from "./table.ts";

/** Two lines: what was read and how fast, and what is kept of it. */
export function readText({ coverage, tokens, timings, store }: ReadResult): string {
  const { read } = tokens.computed;
  const seconds = timings.readMs / 1000;
  const rate = read === 0 || seconds === 0 ? "" : ` (${count(read / seconds)} tokens/s)`;
  const reused = tokens.reused === 0 ? "" : `; ${counted(tokens.reused, "token")} were in the store already`;
  const dropped =
    store.droppedChunks === 0
      ? ""
      : `; ${counted(store.droppedChunks, "chunk")} did not fit and will be read again`;
  return (
    `${workPart(coverage)} in ${duration(seconds)}${rate}${reused}\n` +
    `kept ${bytes(store.keptBytes)} in the KV store${dropped}\n`
  );
}

type Line = Omit<ReadPlan["documents"][number], "path"> & { readonly path: string };

const COLUMNS: readonly Column<Line>[] = [
  { head: "document", cell: ({ path }) => (path === "-" ? "standard input" : path) },
  { head: "pages", cell: ({ pages }) => (pages === 0 ? "-" : count(pages)), right: true },
  { head: "tokens", cell: ({ tokens }) => count(tokens), right: true },
  { head: "chunks", cell: ({ chunks }) => count(chunks), right: true },
  { head: "stored", cell: ({ storedChunks }) => count(storedChunks), right: true },
];

/** A line a document, and what the read would take. */
export function planText(plan: ReadPlan): string {
  const { documents, pages, tokens, chunks, storedChunks, models } = plan;
  const total = { path: "all", pages, tokens, chunks, storedChunks };
  const fits = plan.bytes <= plan.roomBytes ? "" : ": what does not fit is read, but not kept";
  return [
    table(documents.length === 1 ? documents : [...documents, total], COLUMNS),
    `time   ${duration(plan.seconds)} with ${models.reader.name} at ${count(plan.tokensPerSecond)} tokens/s, measured just now\n`,
    `store  ${bytes(plan.bytes)} to write, room for ${bytes(plan.roomBytes)}${fits}\n`,
  ].join("");
}
