/** Text as roff prints it: nothing in it is a request or an escape, and hyphens can be copied as they are. */
export function roff(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll(/^(?=[.'])/gmu, "\\&");
}

/** A macro with its arguments. */
export function macro(name: string, ...given: readonly string[]): string {
  return [`.${name}`, ...given.map((one) => `"${roff(one).replaceAll('"', "\\(dq")}"`)].join(" ");
}

/** A term and what it means, below and indented. */
export function item(term: string, meaning: string): string[] {
  return [".TP", macro("B", term), roff(meaning)];
}

/** Lines that stay as they are, in a fixed width. */
export function example(lines: readonly string[]): string[] {
  return [".EX", ...lines.map(roff), ".EE"];
}
