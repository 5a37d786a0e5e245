import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const FOCUS = fileURLToPath(new URL("../../bin/focus.js", import.meta.url));

/**
 * Pulls the embedded default with the built command, as a user's first question would, and tells the tests where it
 * lies. A model that cannot be had fails the run: it is never skipped.
 */
export function setup(): void {
  const { FOCUS_TEST_MODEL: given } = process.env;
  if (given !== undefined) return;
  execFileSync(process.execPath, [FOCUS, "model", "pull", "smollm2-135m"], { stdio: "inherit" });
  const path = execFileSync(process.execPath, [FOCUS, "model", "path", "smollm2-135m"], { encoding: "utf8" });
  Object.assign(process.env, { FOCUS_TEST_MODEL: path.trim() });
}
