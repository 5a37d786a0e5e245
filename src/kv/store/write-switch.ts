import { chmod, rm, writeFile } from "node:fs/promises";
import { makeFolder } from "../../fs/publish.ts";
import { describeError, errorCode, isMissing, unlessRefused } from "../../fs/system-error.ts";
import { temporaryFolder, versionFolder } from "./store-layout.ts";
import { deleteLeftovers, temporaryName } from "./temporary.ts";

export type WriteSwitchOptions = { readonly dir: string; readonly onWarning: (message: string) => void };

/** Whether a store is written to. Goes off at the first failure, with one warning, and stays off for this run. */
export class WriteSwitch {
  readonly #options: WriteSwitchOptions;
  #reason: string | undefined;

  constructor(options: WriteSwitchOptions) {
    this.#options = options;
  }

  /** Why nothing is written; undefined while it is on. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** Runs what writes; undefined when the switch is off, or when the file system refuses. Bugs are thrown. */
  async attempt<Result>(write: () => Promise<Result>): Promise<Result | undefined> {
    if (this.#reason !== undefined) return undefined;
    try {
      return await write().catch(async (error: unknown) => {
        if (!isMissing(error)) throw error;
        // Another process deleted a file or the folders under us.
        await makeFolders(this.#options.dir);
        return write();
      });
    } catch (error) {
      this.#turnOff(error);
      return undefined;
    }
  }

  /** Throws what is not of the file system: a bug. */
  #turnOff(error: unknown): void {
    if (errorCode(error) === undefined) throw error;
    if (this.#reason !== undefined) return;
    this.#reason = describeError(error);
    const { dir, onWarning } = this.#options;
    onWarning(
      `the KV store in ${dir} cannot be written (${this.#reason}): what is read from now on is not kept`,
    );
  }

  /** Turns off unless a file can be written. Rights do not tell (root, read-only mounts, full disks): a file does. */
  async probe(): Promise<void> {
    const { dir } = this.#options;
    try {
      await makeFolders(dir);
      await deleteLeftovers(dir, Date.now());
      const path = temporaryName(dir);
      await writeFile(path, "focus", { flag: "wx" }).finally(() => rm(path, { force: true }));
    } catch (error) {
      this.#turnOff(error);
    }
  }
}

/** Only the user may look into the store, also where an earlier build has made it. Who does not own it leaves it as it is. */
async function makeFolders(dir: string): Promise<void> {
  await makeFolder(temporaryFolder(dir));
  await unlessRefused(chmod(versionFolder(dir), 0o700));
}
