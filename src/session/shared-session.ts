import type { Document } from "../document/document.ts";
import { EXIT, StoppedError } from "../errors.ts";
import type { Session } from "./session.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** Path → what its file was when it was parsed. */
export type Versions = ReadonlyMap<string, string | undefined>;

export type Sharing = {
  readonly versions: Versions;
  /** The signal stops opening, and then the session's calls. */
  readonly open: (signal: AbortSignal) => Promise<Session>;
  /** Called once nothing of the session is in memory any more, or opening it has failed. */
  readonly onEnd: () => void;
};

/** One session for all calls about the same files. It is opened for the first, and as long as one waits for it. */
export class SharedSession {
  readonly versions: Versions;
  readonly #controller = new AbortController();
  readonly #session: Promise<Session>;
  readonly #onEnd: () => void;
  #opened: Session | undefined;
  #calls = 0;
  #ending: Promise<void> | undefined;

  constructor({ versions, open, onEnd }: Sharing) {
    this.versions = versions;
    this.#onEnd = onEnd;
    this.#session = open(this.#controller.signal);
    this.#session.then(
      (session) => {
        this.#opened = session;
      },
      (error: unknown) => this.end(error),
    );
  }

  /** Those that were parsed; none while it is being opened. */
  get documents(): readonly Document[] {
    return this.#opened?.documents ?? [];
  }

  get isIdle(): boolean {
    return this.#calls === 0;
  }

  /** Whether it takes no more calls. */
  get isEnding(): boolean {
    return this.#ending !== undefined;
  }

  /** Does work with the session. Throws what opening it throws, and the signal's reason while it is being opened. */
  async call<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    this.#calls += 1;
    try {
      return await work(await unlessAborted(this.#session, signal));
    } finally {
      this.#calls -= 1;
      if (this.#calls === 0 && this.#opened === undefined) void this.end(signal.reason);
    }
  }

  /** Stops opening and every call, and frees the models. */
  end(reason: unknown = new StoppedError("the documents were closed", EXIT.interrupted)): Promise<void> {
    this.#ending ??= this.#end(reason);
    return this.#ending;
  }

  async #end(reason: unknown): Promise<void> {
    this.#controller.abort(reason);
    try {
      await (await this.#session).close();
    } catch {
      // Its callers hear that opening has failed, and of models that cannot be freed nobody has to.
    }
    this.#onEnd();
  }
}
