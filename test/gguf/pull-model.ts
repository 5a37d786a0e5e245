import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fasterCopy } from "../../src/model/faster/faster-copy.ts";

const FOCUS = fileURLToPath(new URL("../../bin/focus.js", import.meta.url));

/**
 * Pulls the embedded default with the built command, as a user's first question would, and tells the tests where it
 * lies, and where its faster copy does, which is written once for all. A model that cannot be had fails the run: it is never skipped.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  const { FOCUS_TEST_MODEL: model = pulled(), FOCUS_TEST_COPIES: copies } = process.env;
  // Another project of this run has done it.
  if (copies !== undefined) return undefined;
  const dir = await mkdtemp(join(tmpdir(), "focus-test-copies-"));
  Object.assign(process.env, { FOCUS_TEST_MODEL: model, FOCUS_TEST_COPIES: dir });
  await fasterCopy(model, { dir, signal: new AbortController().signal, onNotice: console.error });
  return () => rm(dir, { recursive: true });
}

function pulled(): string {
  execFileSync(process.execPath, [FOCUS, "model", "pull", "smollm2-135m"], { stdio: "inherit" });
  return execFileSync(process.execPath, [FOCUS, "model", "path", "smollm2-135m"], {
    encoding: "utf8",
  }).trim();
}
