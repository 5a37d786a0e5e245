import type { ChildProcess } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compileRooms, spawnNode } from "../kv/child.ts";

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
  await compileRooms(folder, ["fs", "kv", "model"]);
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
