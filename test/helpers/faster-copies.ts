import { link, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";

/**
 * Gives a home of focus the faster copies of models that test/gguf/pull-model.ts has written: each would write its own, 145 MB. Does
 * nothing where there are none.
 */
export async function linkFasterCopies(home: string): Promise<void> {
  const { FOCUS_TEST_COPIES: copies } = process.env;
  if (copies === undefined) return;
  const dir = join(home, "models", ".faster");
  await mkdir(dir, { recursive: true });
  const there = await readdir(dir);
  const missing = (await readdir(copies)).filter((name) => !there.includes(name));
  for (const name of missing) await link(join(copies, name), join(dir, name));
}
