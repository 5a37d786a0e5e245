import { spawn } from "node:child_process";
import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { unlessMissing } from "../../src/fs/system-error.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { BIN } from "./spawn-focus.ts";

/** Runs focus, but of `focus ask` it only writes down what the shell gives it. */
const STUB = `#!/bin/sh
if [ "$1" = ask ]; then printf '%s\\n' "$@" >asked; else exec "${process.execPath}" "${BIN}" "$@"; fi
`;

/** How an interactive shell without the user's own settings starts, and what makes it complete focus. */
const SHELLS_TO_TYPE_IN = {
  bash: { start: "bash --norc --noprofile -i", setUp: "source <(focus completion bash)" },
  zsh: { start: "zsh -f -i", setUp: "autoload -U compinit; compinit -u -D; source <(focus completion zsh)" },
  fish: { start: "fish --no-config -i", setUp: "focus completion fish | source" },
};

type TypedShell = keyof typeof SHELLS_TO_TYPE_IN;

/** bash, which is everywhere where `script` is; .ci/run names zsh and fish as well where they are installed. */
export function shellsHere(): TypedShell[] {
  const { FOCUS_TEST_SHELLS: names = process.platform === "linux" ? "bash" : "" } = process.env;
  return names.split(" ").filter((name): name is TypedShell => name in SHELLS_TO_TYPE_IN);
}

/** The arguments that focus gets when `keys` are pressed on a terminal with that shell. */
export async function typed(shell: TypedShell, keys: string): Promise<string[]> {
  const cwd = await tempFolder({
    "bin/focus": STUB,
    "collections/reports.txt": "/a\n",
    "collections/minutes.txt": "/b\n",
  });
  await chmod(join(cwd, "bin/focus"), 0o755);
  const { start, setUp } = SHELLS_TO_TYPE_IN[shell];
  const { PATH = "" } = process.env;
  const child = spawn("script", ["-qec", start, "/dev/null"], {
    cwd,
    env: { PATH: `${join(cwd, "bin")}:${PATH}`, HOME: cwd, FOCUS_HOME: cwd, TERM: "xterm" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const output: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => output.push(part));
  child.stdin.write(`${setUp}\n${keys}\nexit\n`);
  const code = await new Promise((done, fail) => child.on("error", fail).on("close", done));
  const asked = await unlessMissing(readFile(join(cwd, "asked"), "utf8"));
  expect(asked, `${shell} ended with ${code}:\n${Buffer.concat(output)}`).toBeDefined();
  return asked?.trimEnd().split("\n") ?? [];
}
