import { setImmediate } from "node:timers/promises";
import type { Document } from "../document.ts";
import { noFindings } from "./docx/body-options.ts";
import { describeFindings } from "./docx/extras.ts";
import { createPages } from "./docx/pages.ts";
import { GET_AGAIN } from "./get-again.ts";
import { createWalker } from "./html/walker.ts";
import { assertSomeText } from "./parts.ts";
import { RtfReader } from "./rtf/reader.ts";
import { readTokens } from "./rtf/tokens.ts";
import { describeUnknownSymbols } from "./symbol-fonts.ts";

export type RtfOptions = { readonly signal?: AbortSignal | undefined };

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
const CONTROLS = /[\0-\x08\x0b\x0e-\x1f]/;
/** Tokens read between two looks at the event loop: a few milliseconds. */
const SLICE = 20_000;

/**
 * Rich Text Format: headings by outline level or style, table rows on a line each, notes and comments after their
 * paragraph. Pictures and tracked deletions are left out and counted.
 * @throws InputError when it has no text, or nests deeper than any document.
 */
export async function parseRtf(
  bytes: Uint8Array,
  path: string,
  { signal }: RtfOptions = {},
): Promise<Document> {
  const walker = createWalker();
  const findings = noFindings();
  const pages = createPages(walker.length, () => findings.pictures);
  const onPageBreak = (): void => pages.marks.onBreak("explicit");
  const reader = new RtfReader({ sink: walker, findings, onPageBreak, path });
  // Every byte is one character of Latin-1; what it means is decided by code page, later.
  const rtf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  let count = 0;
  for (const token of readTokens(rtf)) {
    count += 1;
    if (count % SLICE === 0) {
      await setImmediate();
      signal?.throwIfAborted();
    }
    reader.take(token);
  }
  const damage = reader.end();
  const { text, sections, warnings } = walker.finish();
  assertSomeText({ text, path, kind: "an RTF document" });
  return {
    path,
    format: "rtf",
    title: reader.title() ?? sections.find(({ level }) => level === 1)?.title,
    text,
    pages: pages.lay(text),
    sections,
    warnings: [
      ...damage,
      ...describeControls(rtf),
      ...pages.warnings(),
      ...describeFindings(findings),
      ...describeUnknownSymbols(text),
      ...warnings,
    ],
  };
}

/** RTF is text, but for binary data; some programs write a NUL behind its last group. */
function describeControls(rtf: string): string[] {
  const controls = /\\bin\d/.test(rtf) ? undefined : rtf.replace(/\0+\s*$/, "").match(CONTROLS);
  return controls
    ? [`holds control characters, which no RTF does: its text may be damaged; ${GET_AGAIN}`]
    : [];
}
