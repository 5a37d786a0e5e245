import { spawn } from "node:child_process";
import type { Environment } from "../../config/folders.ts";

/** Leaves at once what fits on the screen, and keeps it there. */
const USUAL = "less -FRX";

/** Shows text through $PAGER, a shell's command, or less; false where neither could be started. */
export function page(text: string, env: Environment): Promise<boolean> {
  const { PAGER } = env;
  const command = PAGER === undefined || PAGER === "" ? USUAL : PAGER;
  return new Promise((done) => {
    const child = spawn(command, { shell: true, stdio: ["pipe", "inherit", "inherit"], env: { ...env } });
    child.on("error", () => done(false));
    // A shell's codes for a command that is not there, or cannot be run.
    child.on("close", (code) => done(code !== 127 && code !== 126));
    // A pager that is left early takes no more.
    child.stdin.on("error", () => {});
    child.stdin.end(text);
  });
}
