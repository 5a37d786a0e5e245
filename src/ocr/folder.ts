import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { unlessMissing } from "../fs/system-error.ts";

/** tesseract.js, which npm installs here on `focus ocr pull`; docs/architecture.md says why. */
export const ENGINE = { name: "tesseract.js", version: "7.0.0" } as const;
const ENDING = ".traineddata.gz";

/** A language that can be recognised. */
export type OcrLanguage = { readonly name: string; readonly path: string; readonly bytes: number };

export function languageFolder(dir: string): string {
  return join(dir, "languages");
}

export function languagePath(dir: string, name: string): string {
  return join(languageFolder(dir), name + ENDING);
}

/** The languages in the folder of text recognition, by name; none while its engine is not there. */
export async function listLanguages(dir: string): Promise<OcrLanguage[]> {
  const engine = await unlessMissing(stat(join(dir, "node_modules", ENGINE.name, "package.json")));
  if (engine === undefined) return [];
  const files = (await unlessMissing(readdir(languageFolder(dir)))) ?? [];
  const names = files.filter((file) => file.endsWith(ENDING)).map((file) => file.slice(0, -ENDING.length));
  return Promise.all(
    names.sort().map(async (name) => {
      const path = languagePath(dir, name);
      return { name, path, bytes: (await stat(path)).size };
    }),
  );
}
