import { ServerFailure } from "./failure.ts";
import type { OnStop } from "./protocol.ts";

/** Whether a server has said that its answer is over: some then send no `[DONE]`, or simply end the connection. */
export class StreamEnd {
  /** Passes on why the server stopped. */
  readonly tell: OnStop;
  #isTold = false;

  constructor(onStop: OnStop) {
    this.tell = (stop) => {
      this.#isTold = true;
      onStop(stop);
    };
  }

  /** Whether a stream failed behind the end of its answer, so that nothing of that is lost. */
  isBehind(error: unknown): boolean {
    return this.#isTold && error instanceof ServerFailure;
  }
}
