/** NULs are dropped where there is at most one run of them for so many other characters; else a file is binary. */
const CHARACTERS_PER_RUN = 200;
/** Colours, titles and cursor moves of terminals (ECMA-48: CSI, OSC), and the choice of a character set. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)|[()][0-9A-B])/g;
const NULS = /\0+/g;

export type Cleaned = { readonly text: string; readonly warnings: readonly string[] };

/** Whether text with NULs in it may pass for text: a log after a crash, not a program. */
export function hasStrayNuls(text: string): boolean {
  let runs = 0;
  let nuls = 0;
  for (const [run] of text.matchAll(NULS)) {
    runs += 1;
    nuls += run.length;
  }
  return runs * CHARACTERS_PER_RUN <= text.length - nuls;
}

/** Drops NULs and the escape sequences of terminals, and says how many. */
export function dropControls(text: string): Cleaned {
  const nuls = text.length - text.replaceAll("\0", "").length;
  const escapes = text.includes("\x1b") ? (text.match(ESCAPES)?.length ?? 0) : 0;
  const warnings: string[] = [];
  if (nuls > 0) warnings.push(`dropped ${nuls} NUL ${nuls === 1 ? "character" : "characters"}`);
  if (escapes > 0)
    warnings.push(
      `dropped ${escapes} terminal ${escapes === 1 ? "escape" : "escapes"} (colours and the like)`,
    );
  const plain = nuls > 0 ? text.replaceAll("\0", "") : text;
  return { text: escapes > 0 ? plain.replace(ESCAPES, "") : plain, warnings };
}
