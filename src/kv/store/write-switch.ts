import { rm, writeFile } from "node:fs/promises";
import { makeFolder } from "../../fs/publish.ts";
import { describeError, errorCode, isMissing } from "../../fs/system-error.ts";
import { temporaryFolder } from "./store-layout.ts";
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

  turnOff(reason: string): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    const { dir, onWarning } = this.#options;
    onWarning(`the KV store in ${dir} cannot be written (${reason}): what is read from now on is not kept`);
  }

  /** Runs what writes; undefined when the switch is off, or when the file system refuses. Bugs are thrown. */
  async attempt<Result>(write: () => Promise<Result>): Promise<Result | undefined> {
    if (this.#reason !== undefined) return undefined;
    try {
      return await write();
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      // Another process deleted a file or a folder under us: this one is not kept, the next may be.
      if (!isMissing(error)) this.turnOff(describeError(error));
      return undefined;
    }
  }

  /** Turns off unless a file can be written. Rights do not tell (root, read-only mounts, full disks): a file does. */
  async probe(): Promise<void> {
    const { dir } = this.#options;
    try {
      await makeFolder(temporaryFolder(dir));
      await deleteLeftovers(dir, Date.now());
      const path = temporaryName(dir);
      await writeFile(path, "focus", { flag: "wx" }).finally(() => rm(path, { force: true }));
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      this.turnOff(describeError(error));
    }
  }
}
