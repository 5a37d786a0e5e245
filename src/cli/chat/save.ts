import { open, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { UsageError } from "../../errors.ts";
import { publishText } from "../../fs/publish.ts";
import { describeError, errorCode } from "../../fs/system-error.ts";

export type SaveOptions = {
  readonly cwd: string;
  /** Absolute paths of files that this chat has written, which it may write again. */
  readonly own: Set<string>;
};

/**
 * Writes a file whole or not at all, and returns its absolute path. Throws UsageError where one is there that this chat has not
 * written, and where it cannot be written.
 */
export async function save(name: string, text: string, { cwd, own }: SaveOptions): Promise<string> {
  const path = resolve(cwd, name);
  const isNew = !own.has(path);
  let isClaimed = false;
  try {
    if (isNew) await (await open(path, "wx")).close();
    isClaimed = isNew;
    await publishText(path, text);
    own.add(path);
    return path;
  } catch (cause) {
    if (isClaimed) await rm(path, { force: true });
    if (errorCode(cause) === "EEXIST") {
      throw new UsageError(`${path} is there already`, { hint: "name another file, or delete it" });
    }
    throw new UsageError(`${path} cannot be written: ${describeError(cause)}`, { cause });
  }
}
