import { spawn } from "node:child_process";
import { copyFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ModelError, UsageError } from "../errors.ts";
import { makeFolder, publish } from "../fs/publish.ts";
import { unlessMissing } from "../fs/system-error.ts";
import { ENGINE, languageFolder, languagePath } from "./folder.ts";

const DATA = { scope: "@tesseract.js-data", version: "1.0.0" } as const;
/** Folders of a data package; the first is a quarter of the second's size and recognises as well. */
const VARIANTS = ["4.0.0_best_int", "4.0.0"];
const NAME = /^[a-z]{3,4}(?:_[a-z]{3,5}){0,2}$/u;

export type PullOcrOptions = {
  /** Absolute; made where it is not there. */
  readonly dir: string;
  readonly offline: boolean;
  readonly signal: AbortSignal;
};

/**
 * Installs text recognition and a language of it by the user's own npm, from the registry that npm is configured for.
 * No script of a package is run. Returns the path of the language's data.
 *
 * Throws UsageError for a name that is none, ModelError when it cannot be had, or the signal's reason.
 */
export async function pullLanguage(name: string, { dir, offline, signal }: PullOcrOptions): Promise<string> {
  requireLanguageName(name);
  const path = languagePath(dir, name);
  if (offline)
    throw new ModelError(`the language ${name} cannot be pulled: --offline forbids the network`, {
      hint: `without --offline: focus ocr pull ${name}`,
    });
  await makeFolder(languageFolder(dir));
  const manifest = join(dir, "package.json");
  if ((await unlessMissing(stat(manifest))) === undefined)
    await writeFile(manifest, `${JSON.stringify({ name: "focus-ocr", private: true })}\n`);
  const data = `${DATA.scope}/${name}`;
  await npmInstall([`${ENGINE.name}@${ENGINE.version}`, `${data}@${DATA.version}`], { dir, signal });
  for (const variant of VARIANTS) {
    const from = join(dir, "node_modules", ...data.split("/"), variant, `${name}.traineddata.gz`);
    if ((await unlessMissing(stat(from))) === undefined) continue;
    await copyFile(from, `${path}.part`);
    await publish(`${path}.part`, path);
    return path;
  }
  throw new ModelError(`${data} ${DATA.version} holds no data for Tesseract 4`, {
    hint: "pull another language: focus ocr pull eng",
  });
}

/** Throws UsageError. */
export function requireLanguageName(name: string): void {
  if (NAME.test(name)) return;
  throw new UsageError(
    `${JSON.stringify(name)} is no language of Tesseract, expected a code such as eng, deu or chi_sim`,
    {
      hint: "focus ocr list shows what is here; focus ocr pull deu fetches German",
    },
  );
}

type Npm = { readonly dir: string; readonly signal: AbortSignal };

/** --ignore-scripts: what is installed is read, and run only where a picture is to be recognised. */
const FLAGS = [
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--save-exact",
  "--no-progress",
  "--loglevel=error",
];
const KEPT_CHARACTERS = 4000;

async function npmInstall(packages: readonly string[], { dir, signal }: Npm): Promise<void> {
  signal.throwIfAborted();
  // On Windows npm is a batch file, which only a shell runs; the names were checked.
  const shell = process.platform === "win32";
  const child = spawn("npm", ["install", ...FLAGS, ...packages], {
    cwd: dir,
    shell,
    stdio: ["ignore", "ignore", "pipe"],
    windowsHide: true,
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-KEPT_CHARACTERS);
  });
  const kill = (): boolean => child.kill();
  signal.addEventListener("abort", kill, { once: true });
  const code = await new Promise<number | undefined>((resolve) => {
    child.once("error", () => resolve(undefined));
    child.once("close", (exit) => resolve(exit ?? undefined));
  });
  signal.removeEventListener("abort", kill);
  signal.throwIfAborted();
  if (code === 0) return;
  const wanted = packages.join(" and ");
  throw code === undefined
    ? new ModelError(`npm does not run, which would install ${wanted}`, {
        hint: "npm comes with Node.js: see that `npm --version` works",
      })
    : new ModelError(`npm could not install ${wanted} (exit ${code}): ${lastError(said)}`, {
        hint: "see that there is such a language, and the registry: npm config get registry",
      });
}

function lastError(said: string): string {
  const lines = said.split("\n").map((line) => line.replace(/^npm (?:error|ERR!) ?/u, "").trim());
  const told = lines.filter((line) => line !== "" && !/^(?:code \S+|A complete log|\S+\.log$)/u.test(line));
  return told.slice(0, 2).join("; ") || "it said nothing";
}
