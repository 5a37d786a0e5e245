/**
 * Escape sequences (ECMA-48): strings that end in BEL or ST, such as titles and links; control sequences such as colours
 * and cursor moves; the rest. Node's stripVTControlCharacters is not used: it takes "\u001b[2Jtext\u0007" for one sequence
 * and loses the text. A string without an end is not taken for one either, since it would swallow what follows.
 */
const SEQUENCE = new RegExp(
  [
    "(?:\\u001b[\\]PX^_]|[\\u0090\\u0098\\u009d-\\u009f])[^\\u0007\\u001b\\u009c\\n]*(?:\\u0007|\\u001b\\\\|\\u009c)",
    "(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]",
    "\\u001b[ -/]*[0-~]",
  ].join("|"),
  "gu",
);

/**
 * Control characters but line feed and tab: C0, DEL, C1, and the marks that reorder text on screen, so that what is read
 * is not what is there (CVE-2021-42574).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;

/** Text from a document or a model without anything that a terminal would obey. */
export function printable(text: string): string {
  return text.replaceAll(SEQUENCE, "").replaceAll(CONTROL, "");
}

/** A message, which quotes names of files, on one line: a name with a line feed in it must not look like two messages. */
export function printableMessage(text: string): string {
  return printable(text).replaceAll("\n", " ");
}

/** A line that is drawn, as below a title in plain text. */
const RULE = /\n[ \t]*[-=*_~]{3,}[ \t]*(?=\r?\n)/gu;

/** Printable text on one line: runs of white space become a space; lines that are drawn are left out as line ends are. */
export function printableLine(text: string): string {
  return printable(text.replaceAll(RULE, "").replaceAll(/\s+/gu, " ")).trim();
}
