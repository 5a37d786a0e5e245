import type { Formats } from "./format.ts";
import { JSON_VERSION, toJson, toJsonLine } from "./json.ts";

/** What a command prints that did or told one thing: for people a text, which may be nothing, and for programs the fields. */
export function deedFormats<Deed extends object>(
  command: string,
  text: (deed: Deed) => string,
): Formats<Deed> {
  const fields = (deed: Deed): object => ({ version: JSON_VERSION, command, ...deed });
  return {
    text,
    json: (deed) => toJson(fields(deed)),
    jsonl: (deed) => toJsonLine(fields(deed)),
  };
}

/** The path alone, so that it can be put into other commands. */
export function pathText({ path }: { readonly path: string }): string {
  return `${path}\n`;
}
