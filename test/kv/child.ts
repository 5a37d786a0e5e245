import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const SOURCES = fileURLToPath(new URL("../../src", import.meta.url));

const PRELUDE = `
import { writeFile } from "node:fs/promises";
import { openStore } from "./kv/store/store.js";
const options = { budgetBytes: 1e12, minFreeBytes: 0, onWarning: (message) => console.log("warning: " + message) };
const open = (dir, changes) => openStore({ dir, ...options, ...changes });
const keyOf = (n) => "0123456789abcdef/" + n.toString(16).padStart(2, "0").repeat(32);
const keep = (store, n, bytes) => store.keep(keyOf(n), Buffer.alloc(bytes, n));
`;

/** Translates src/kv into a folder, so that other processes can run it as it is now: Node 20 runs no TypeScript. */
export async function compileKv(folder: string): Promise<void> {
  await compileRooms(folder, ["fs", "kv"]);
}

/** Translates errors.ts and rooms of src into a folder. */
export async function compileRooms(folder: string, rooms: readonly string[]): Promise<void> {
  const names = ["errors.ts"];
  for (const room of rooms) {
    const found = await readdir(join(SOURCES, room), { recursive: true });
    names.push(...found.filter((name) => name.endsWith(".ts")).map((name) => join(room, name)));
  }
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
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
}

/** Writes a script that may use open(dir), keep(store, n, bytes) and keyOf(n); returns its path. */
export async function childScript(folder: string, body: string): Promise<string> {
  const path = join(folder, `child-${Math.random().toString(36).slice(2)}.js`);
  await writeFile(path, PRELUDE + body);
  return path;
}

export function spawnNode(script: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "inherit"] });
}

export type Ended = { readonly code: number | null; readonly signal: string | null; readonly text: string };

export async function ended(child: ChildProcess): Promise<Ended> {
  const pieces: string[] = [];
  child.stdout?.setEncoding("utf8").on("data", (piece: string) => pieces.push(piece));
  return new Promise((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal, text: pieces.join("") }));
  });
}
