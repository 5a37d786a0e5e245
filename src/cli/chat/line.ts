import { suggest } from "../../config/suggest.ts";
import { UsageError } from "../../errors.ts";

/** What a line of a chat asks for. */
export type Wish =
  | { readonly kind: "question"; readonly text: string }
  | { readonly kind: "sources" | "help" | "quit" }
  | { readonly kind: "open"; readonly id: number }
  | { readonly kind: "find" | "save"; readonly text: string };

/** Names of commands, and what stands behind each. */
const COMMANDS: Readonly<Record<string, { readonly argument: string; readonly purpose: string }>> = {
  sources: { argument: "", purpose: "the last answer's passages in full" },
  open: { argument: "N", purpose: "the text around passage N" },
  find: { argument: "WHAT", purpose: "every passage that answers, over all of the document" },
  save: { argument: "FILE", purpose: "write the conversation to a file as Markdown" },
  help: { argument: "", purpose: "show this" },
  quit: { argument: "", purpose: "leave; so do Ctrl-D, and Ctrl-C on an empty line" },
};

/** A slash, one word, and what stands behind it. A path such as /etc/fstab is no such word, and may begin a question. */
const COMMAND = /^\/([^\s/.]*)(?:\s+(.*))?$/su;

/**
 * Reads a line, which is not blank, whether it was typed or came from a pipe. Throws UsageError for a command that there is not,
 * or that lacks its argument.
 */
export function readLine(line: string): Wish {
  const text = line.trim();
  const [matched, name = "", rest = ""] = COMMAND.exec(text) ?? [];
  if (matched === undefined) return { kind: "question", text };
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw unknown(name);
  if (command.argument === "" && rest !== "") throw new UsageError(`/${name} takes nothing behind it`);
  if (command.argument !== "" && rest === "") {
    throw new UsageError(`/${name} wants ${command.argument}: ${command.purpose}`);
  }
  if (name === "open") return { kind: "open", id: number(rest) };
  if (name === "find" || name === "save") return { kind: name, text: rest };
  return { kind: name as "sources" | "help" | "quit" };
}

/** What can be typed, a line each. */
export function chatHelp(): string {
  const rows = Object.entries(COMMANDS).map(([name, { argument, purpose }]) => {
    return `  ${`/${name} ${argument}`.trim().padEnd(12)}  ${purpose}\n`;
  });
  return `Anything else is a question; one such as "and in 2023?" goes on from the last.\n${rows.join("")}`;
}

function number(text: string): number {
  if (/^[1-9]\d{0,3}$/u.test(text)) return Number(text);
  throw new UsageError(`/open ${text}: expected the number of a passage`, { hint: "/sources lists them" });
}

function unknown(name: string): UsageError {
  const near = suggest(name, Object.keys(COMMANDS));
  const other = "/help lists the commands; a question about a path begins with another word";
  const hint = near === undefined ? other : `did you mean /${near}?`;
  return new UsageError(`there is no command /${name}`, { code: "usage.unknown-command", hint });
}
