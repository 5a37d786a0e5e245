import { UsageError } from "../errors.ts";
import type { AskRequest } from "./context.ts";

/** What the positionals are told apart by; nothing here looks at the machine. */
export type Surroundings = {
  readonly stdinIsTerminal: boolean;
  /** Whether a file or a folder of this name exists. */
  readonly exists: (path: string) => boolean;
};

const ASK_USAGE = 'usage: focus ask <paths...> "question" (see focus ask --help)';
const PUT_QUESTION = 'put the question last, in quotes, or give it by --question "…"';

/** Endings of what focus reads, by the name or by the content, and of pictures that it does not. */
const ENDINGS = [
  "pdf|txt|md|markdown|mdown|mkd|html?|xhtml|mht|mhtml|rtf|epub|eml|mbox|mbx|srt|vtt|ipynb",
  "doc[xm]|xls[xm]|ppt[xm]|od[tsp]|csv|tsv|tab|json|jsonl|ndjson|geojson|png|jpe?g|tiff?|webp|bmp|gif",
];

/** Names that are hardly meant as questions. */
export const DOCUMENT_NAME = new RegExp(`^\\S+\\.(?:${ENDINGS.join("|")})$`, "iu");

/**
 * `focus ask <paths...> "question"`: the last positional is the question unless --question gives it, and without a path a pipe
 * is the document. What may be a path is never taken for the question.
 * @throws UsageError when there is no question or no document.
 */
export function askArguments(
  positionals: readonly string[],
  questionOption: string | undefined,
  around: Surroundings,
): AskRequest {
  if (questionOption !== undefined) {
    const question = requireQuestion(questionOption);
    return { paths: documentPaths(positionals, ASK_USAGE, around), question };
  }
  const last = positionals.at(-1);
  if (last === undefined)
    throw new UsageError("no document and no question were given", {
      code: "usage.no-document",
      hint: ASK_USAGE,
    });
  refusePath(last, around);
  const question = requireQuestion(last);
  return { paths: documentPaths(positionals.slice(0, -1), ASK_USAGE, around), question };
}

/**
 * Paths as they are; a pipe when there are none.
 * @throws UsageError for a name that is empty, as an unset variable's is, and instead of waiting for somebody to type.
 */
export function documentPaths(
  paths: readonly string[],
  usage: string,
  { stdinIsTerminal }: Surroundings,
): readonly string[] {
  if (paths.includes(""))
    throw new UsageError("the name of a document is empty", { code: "usage.no-document", hint: usage });
  if (paths.length > 0) return paths;
  if (stdinIsTerminal)
    throw new UsageError("no document was given, by name or by a pipe", {
      code: "usage.no-document",
      hint: usage,
    });
  return ["-"];
}

/** What to look for, trimmed. Throws UsageError when it is empty, as an unset variable's value is. */
export function requireFocus(text: string | undefined): string | undefined {
  const focus = text?.trim();
  if (focus === "") throw new UsageError("--focus is empty", { hint: 'say what to look for: --focus "…"' });
  return focus;
}

function requireQuestion(text: string): string {
  const question = text.trim();
  if (question === "")
    throw new UsageError("the question is empty", { code: "usage.no-question", hint: PUT_QUESTION });
  return question;
}

function refusePath(last: string, { exists }: Surroundings): void {
  if (last === "-")
    throw new UsageError("no question was given", { code: "usage.no-question", hint: PUT_QUESTION });
  if (last.trim() === "") return;
  if (exists(last)) {
    throw new UsageError(`no question was given: the last argument, ${last}, is a file or a folder`, {
      code: "usage.no-question",
      hint: PUT_QUESTION,
    });
  }
  if (/^@[\w.-]+$/u.test(last)) {
    throw new UsageError(`no question was given: the last argument, ${last}, is a collection`, {
      code: "usage.no-question",
      hint: PUT_QUESTION,
    });
  }
  if (DOCUMENT_NAME.test(last)) {
    throw new UsageError(`no question was given: ${last} looks like a file, but does not exist`, {
      code: "usage.no-question",
      hint: PUT_QUESTION,
    });
  }
}
