import type { ChildProcess } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { spawnNode } from "../kv/child.ts";

const SOURCES = fileURLToPath(new URL("../../src", import.meta.url));

const PULL = `
import { pullModel } from "./model/files.js";
const [url, dir] = process.argv.slice(2);
let told = false;
const { path } = await pullModel(url, {
  dir,
  onNotice: (notice) => console.log("notice: " + notice),
  onProgress: () => {
    if (!told) console.log("started");
    told = true;
  },
});
console.log("path: " + path);
`;

/** Translates what a pull needs into a folder, so that other processes can run it as it is now; returns the script. */
export async function compilePull(folder: string): Promise<string> {
  const names = ["errors.ts"];
  for (const room of ["kv", "model"]) {
    const found = await readdir(join(SOURCES, room), { recursive: true });
    names.push(...found.filter((name) => name.endsWith(".ts")).map((name) => join(room, name)));
  }
  for (const name of names) {
    const { outputText } = ts.transpileModule(await readFile(join(SOURCES, name), "utf8"), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ESNext,
        rewriteRelativeImportExtensions: true,
      },
    });
    const path = join(folder, name.replace(/\.ts$/u, ".js"));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, outputText);
  }
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  const script = join(folder, "pull.js");
  await writeFile(script, PULL);
  return script;
}

export type PullChild = {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  readonly ended: Promise<number | null>;
};

/** A process that pulls a URL; `lines` grows with what it says. */
export function spawnPull(script: string, url: string, dir: string): PullChild {
  const child = spawnNode(script, [url, dir]);
  const lines: string[] = [];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    lines.push(...text.split("\n").filter((line) => line !== ""));
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, lines, ended };
}
