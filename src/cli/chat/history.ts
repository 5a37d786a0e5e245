import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, publishText } from "../../fs/publish.ts";
import { describeError, errorCode } from "../../fs/system-error.ts";
import type { CommandContext } from "../context.ts";
import { HISTORY_LINES } from "./input.ts";

/** For the user alone: questions tell what a document is about. */
const MODE = 0o600;

/** Lines typed in earlier chats, in a file of the state folder; a file that cannot be used is told once, and left. */
export class History {
  readonly #context: Pick<CommandContext, "folders" | "progress">;
  #isOff: boolean;

  constructor(context: Pick<CommandContext, "folders" | "progress">, { isOff }: { readonly isOff: boolean }) {
    this.#context = context;
    this.#isOff = isOff;
  }

  get #path(): string {
    return join(this.#context.folders.state, "chat-history");
  }

  /** The newest lines, the oldest of them first. A file that has grown to twice as many is cut to them. */
  async load(): Promise<readonly string[]> {
    const text = await this.#attempt(async () => {
      return await readFile(this.#path, "utf8").catch((error) => {
        if (errorCode(error) === "ENOENT") return "";
        throw error;
      });
    });
    const lines = (text ?? "").split("\n").filter((line) => line !== "");
    const newest = lines.slice(-HISTORY_LINES);
    if (lines.length > 2 * HISTORY_LINES) await this.#attempt(() => this.#replace(newest));
    return newest;
  }

  async add(line: string): Promise<void> {
    await this.#attempt(async () => {
      await makeFolder(this.#context.folders.state);
      await appendFile(this.#path, `${line}\n`, { mode: MODE });
    });
  }

  async #replace(lines: readonly string[]): Promise<void> {
    await publishText(this.#path, `${lines.join("\n")}\n`, MODE);
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.#isOff) return undefined;
    try {
      return await work();
    } catch (error) {
      this.#isOff = true;
      this.#context.progress.warn(`no history is kept: ${this.#path}: ${describeError(error)}`);
      return undefined;
    }
  }
}
