import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../errors.ts";

/** Every text that a model sees besides the document and the question: file name → placeholders it must have. */
const PROMPTS = {
  prefix: [],
  condense: ["question"],
  support: ["question", "answer"],
  system: [],
  answer: ["passages", "question"],
  hints: ["found"],
  topic: [],
  note: [],
  "note-focus": ["focus"],
  merge: ["notes", "words"],
  digest: ["passages", "topic", "words"],
  translate: ["text", "language"],
  "follow-up": ["before", "answer", "question"],
  extract: ["item", "fields"],
  judge: ["question"],
} as const;

export type PromptName = keyof typeof PROMPTS;
export type Prompts = Readonly<Record<PromptName, string>>;

const OWN_FOLDER = fileURLToPath(new URL("../../prompts", import.meta.url));
const PLACEHOLDER = /\{\{(\w+)\}\}/gu;

/**
 * Reads the prompts: `<folder>/<name>.txt` where the user has one, otherwise focus's own. One newline at the end of a
 * file belongs to the file, not to the prompt. Throws UsageError for a placeholder that is missing or unknown.
 */
export async function loadPrompts(folder: string | undefined): Promise<Prompts> {
  const names = Object.keys(PROMPTS) as PromptName[];
  const entries = await Promise.all(
    names.map(async (name) => [name, await loadPrompt(name, folder)] as const),
  );
  return Object.fromEntries(entries) as Prompts;
}

async function loadPrompt(name: PromptName, folder: string | undefined): Promise<string> {
  const own = join(OWN_FOLDER, `${name}.txt`);
  const override = folder === undefined ? undefined : await readIfThere(join(folder, `${name}.txt`));
  const text = (override ?? (await readFile(own, "utf8"))).replace(/\n$/u, "");
  const found = new Set(Array.from(text.matchAll(PLACEHOLDER), (match) => match[1]));
  const wanted: readonly string[] = PROMPTS[name];
  for (const key of wanted) {
    if (!found.has(key))
      throw new UsageError(`prompt ${name}.txt lacks {{${key}}}`, { hint: `compare ${own}` });
  }
  for (const key of found) {
    if (key !== undefined && !wanted.includes(key)) {
      throw new UsageError(`prompt ${name}.txt has {{${key}}}, which focus does not fill`, {
        hint: `compare ${own}`,
      });
    }
  }
  return text;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new UsageError(`prompt ${path} cannot be read`, { cause: error });
  }
}

/** Puts the values in; a value that itself looks like a placeholder stays as it is. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(PLACEHOLDER, (whole, key: string) => values[key] ?? whole);
}

/** The template up to a placeholder. */
export function partBefore(template: string, placeholder: string): string {
  const [before = ""] = template.split(`{{${placeholder}}}`);
  return before;
}
