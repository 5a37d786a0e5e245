import type { ServerContext } from "@modelcontextprotocol/server";
import type { Job, Outcome } from "./jobs.ts";
import { progressLine, running } from "./result.ts";

/** So often a client that asked for it hears how far a job is. */
const NOTIFY_EVERY_MS = 2000;

export type Waiting = {
  readonly seconds: number;
  readonly context: ServerContext;
  /** Whether a client that cancels its call cancels the job. */
  readonly cancels: boolean;
};

/** Waits for a job for so long; then what it gave, or how far it is. Throws what the job throws. */
export async function waitFor(job: Job, { seconds, context, cancels }: Waiting): Promise<Outcome> {
  const { signal } = context.mcpReq;
  const cancel = (): void => {
    if (cancels) job.cancel();
  };
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  const notifying = setInterval(() => notify(job, context), NOTIFY_EVERY_MS);
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<Outcome>((done) => {
    timer = setTimeout(() => done(running(job)), seconds * 1000);
  });
  try {
    return await Promise.race([job.outcome, timeout]);
  } finally {
    clearTimeout(timer);
    clearInterval(notifying);
    signal.removeEventListener("abort", cancel);
  }
}

function notify(job: Job, { mcpReq }: ServerContext): void {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return;
  const { progress } = job;
  const params = { progressToken, progress: progress.seconds, message: progressLine(progress) };
  // A client that went away hears nothing.
  mcpReq.notify({ method: "notifications/progress", params }).catch(() => undefined);
}
