import { link, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../../src/fs/system-error.ts";

/**
 * Gives a home of focus the faster copies of models that test/gguf/pull-model.ts has written: each would write its own, 145 MB. Does
 * nothing where there are none.
 */
export async function linkFasterCopies(home: string): Promise<void> {
  const { FOCUS_TEST_COPIES: copies } = process.env;
  if (copies === undefined) return;
  const dir = join(home, "models", ".faster");
  await mkdir(dir, { recursive: true });
  for (const name of await readdir(copies))
    await link(join(copies, name), join(dir, name)).catch(unlessThere);
}

/** Commands of one home may start side by side. */
function unlessThere(error: unknown): void {
  if (errorCode(error) !== "EEXIST") throw error;
}
