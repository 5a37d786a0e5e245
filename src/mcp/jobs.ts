import type { EngineEvent } from "../engine/events.ts";
import { EXIT, StoppedError, UsageError } from "../errors.ts";
import type { SessionEvent, SessionListener } from "../session/events.ts";

/** Finished ones are forgotten beyond so many, the oldest first. */
const MOST_KEPT = 32;

/** What a tool gives: text for the model, and the same as JSON. */
export type Outcome = { readonly text: string; readonly json: Readonly<Record<string, unknown>> };

export type JobWork = (signal: AbortSignal, onEvent: SessionListener) => Promise<Outcome>;

/** How far a job is. */
export type JobProgress = {
  readonly seconds: number;
  /** What is going on, or the stage of the engine. */
  readonly stage: string;
  readonly tokens: number | null;
  readonly totalTokens: number | null;
  readonly secondsLeft: number | null;
};

/** Work that may take longer than a client waits for. */
export class Job {
  readonly id: string;
  readonly tool: string;
  /** Rejects with what the work throws. */
  readonly outcome: Promise<Outcome>;
  readonly #controller = new AbortController();
  readonly #startMs = performance.now();
  #stage = "waiting for its turn";
  #counts: Pick<JobProgress, "tokens" | "totalTokens" | "secondsLeft"> = NO_COUNTS;
  #isDone = false;

  constructor(id: string, tool: string, { work, onEvent }: { work: JobWork; onEvent: SessionListener }) {
    this.id = id;
    this.tool = tool;
    const listen: SessionListener = (event) => {
      this.#note(event);
      onEvent(event);
    };
    this.outcome = work(this.#controller.signal, listen).finally(() => {
      this.#isDone = true;
    });
    // Whoever waits hears of a failure; nobody may be waiting.
    this.outcome.catch(() => undefined);
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  get progress(): JobProgress {
    const seconds = Math.round((performance.now() - this.#startMs) / 100) / 10;
    return { seconds, stage: this.#stage, ...this.#counts };
  }

  cancel(): void {
    this.#controller.abort(new StoppedError(`job ${this.id} was cancelled`, EXIT.interrupted));
  }

  #note(event: SessionEvent): void {
    if (event.kind === "step") {
      this.#stage = event.message;
      this.#counts = NO_COUNTS;
    }
    if (event.kind === "recognise") {
      this.#stage = `recognising ${event.path}: picture ${event.picture} of ${event.pictures}`;
      this.#counts = { ...NO_COUNTS, secondsLeft: Math.round(event.secondsLeft) };
    }
    if (event.kind === "progress") {
      this.#stage = STAGES[event.stage];
      const { tokens, totalTokens, secondsLeft = null } = event;
      this.#counts = { tokens, totalTokens, secondsLeft: secondsLeft && Math.round(secondsLeft) };
    }
  }
}

const NO_COUNTS = { tokens: null, totalTokens: null, secondsLeft: null };

const STAGES: Readonly<Record<Extract<EngineEvent, { kind: "progress" }>["stage"], string>> = {
  read: "reading",
  condense: "reading under the question",
  compose: "composing",
  attribute: "checking",
  note: "taking notes",
};

/** The jobs of one server. */
export class Jobs {
  readonly #jobs = new Map<string, Job>();
  readonly #onEvent: SessionListener;
  #last = 0;

  /** `onEvent` hears of all jobs; of what several of them wait for once. */
  constructor(onEvent: SessionListener) {
    const heard = new WeakSet<SessionEvent>();
    this.#onEvent = (event) => {
      if (!heard.has(event)) onEvent(event);
      heard.add(event);
    };
  }

  start(tool: string, work: JobWork): Job {
    this.#last += 1;
    const job = new Job(`${tool}-${this.#last}`, tool, { work, onEvent: this.#onEvent });
    this.#jobs.set(job.id, job);
    const done = [...this.#jobs.values()].filter(({ isDone }) => isDone);
    for (const { id } of done.slice(0, Math.max(0, done.length - MOST_KEPT))) this.#jobs.delete(id);
    return job;
  }

  /** Throws UsageError for an id that there is not, or no more. */
  get(id: string): Job {
    const job = this.#jobs.get(id);
    if (job !== undefined) return job;
    const ids = [...this.#jobs.keys()].join(", ");
    throw new UsageError(`there is no job ${id}`, { hint: ids === "" ? "none was started" : `jobs: ${ids}` });
  }

  cancelAll(): void {
    for (const job of this.#jobs.values()) job.cancel();
  }
}
