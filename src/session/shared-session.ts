import type { Document } from "../document/document.ts";
import { EXIT, StoppedError } from "../errors.ts";
import type { SessionListener } from "./events.ts";
import type { Session } from "./session.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** Path → what its file was when it was parsed. */
export type Versions = ReadonlyMap<string, string | undefined>;

/** Who waits for a session, and hears how opening it goes. */
export type Caller = { readonly signal: AbortSignal; readonly onEvent: SessionListener };

export type Sharing = {
  readonly versions: Versions;
  /** The signal stops opening, and then the session's calls. */
  readonly open: (signal: AbortSignal, onEvent: SessionListener) => Promise<Session>;
  /** Called once nothing of the session is in memory any more, or opening it has failed. */
  readonly onEnd: () => void;
};

/** One session for all calls about the same files. It is opened for the first, and as long as one waits for it. */
export class SharedSession {
  readonly versions: Versions;
  readonly #controller = new AbortController();
  readonly #session: Promise<Session>;
  readonly #onEnd: () => void;
  /** Of each call one, from its beginning to its end. */
  readonly #calls = new Set<Pick<Caller, "onEvent">>();
  #opened: Session | undefined;
  #ending: Promise<void> | undefined;

  constructor({ versions, open, onEnd }: Sharing) {
    this.versions = versions;
    this.#onEnd = onEnd;
    // Once the first caller listens.
    this.#session = Promise.resolve().then(() => open(this.#controller.signal, this.#tell));
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
    return this.#calls.size === 0;
  }

  /** Whether it takes no more calls. */
  get isEnding(): boolean {
    return this.#ending !== undefined;
  }

  /** Does work with the session. Throws what opening it throws, and the signal's reason while it is being opened. */
  async call<T>({ signal, onEvent }: Caller, work: (session: Session) => Promise<T>): Promise<T> {
    const call = { onEvent };
    this.#calls.add(call);
    try {
      return await work(await unlessAborted(this.#session, signal));
    } finally {
      this.#calls.delete(call);
      if (this.isIdle && this.#opened === undefined) void this.end(signal.reason);
    }
  }

  /** Stops opening and every call, and frees the models. */
  end(reason: unknown = new StoppedError("the documents were closed", EXIT.interrupted)): Promise<void> {
    this.#ending ??= this.#end(reason);
    return this.#ending;
  }

  /** To each listener once, however many calls have it. */
  readonly #tell: SessionListener = (event) => {
    for (const listener of new Set([...this.#calls].map(({ onEvent }) => onEvent))) listener(event);
  };

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
