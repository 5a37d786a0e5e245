/** How long a request that failed is tried again: while the server may come back, a few times, or not at all. */
export type Again = "patiently" | "briefly" | "never";

/**
 * What a server did instead of answering. The message holds nothing that was sent and nothing of what came back, since
 * servers quote prompts in their errors.
 */
export class ServerFailure extends Error {
  override readonly name = "ServerFailure";
  readonly again: Again;
  readonly status: number | undefined;
  /** What the server asked to wait for, in milliseconds. */
  readonly afterMs: number;
  readonly hint: string | undefined;

  constructor(message: string, { again, status, afterMs = 0, hint, cause }: FailureDetail) {
    super(message, { cause });
    this.again = again;
    this.status = status;
    this.afterMs = afterMs;
    this.hint = hint;
  }
}

type FailureDetail = {
  readonly again: Again;
  readonly status?: number | undefined;
  readonly afterMs?: number | undefined;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
};

/** Too many requests, or a server that starts, stops or is not reached by its gateway. */
const BUSY: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504]);

/** What a status that is no success means; `after` is the header retry-after. */
export function statusFailure(status: number, after: string | undefined): ServerFailure {
  if (status >= 300 && status < 400) {
    const hint = "name the address that it sends to; documents go nowhere else";
    return new ServerFailure(`it answers with a redirect (${status})`, { again: "never", status, hint });
  }
  if (BUSY.has(status)) {
    const afterMs = retryAfterMs(after);
    return new ServerFailure(`it answers ${status}`, { again: "patiently", status, afterMs });
  }
  if (status >= 500) return new ServerFailure(`it answers ${status}`, { again: "briefly", status });
  return new ServerFailure(`it answers ${status}`, { again: "never", status, ...hintFor(status) });
}

function hintFor(status: number): { hint?: string } {
  if (status === 401 || status === 403) {
    return { hint: "--engine-key names the environment variable that holds the server's key" };
  }
  if (status === 404) return { hint: "look at --engine and --engine-kind: there is no such service" };
  return { hint: "the server's own log says why; a prompt may be longer than it takes" };
}

/** Seconds or a date → milliseconds from now; 0 for anything else. */
function retryAfterMs(value: string | undefined): number {
  if (value === undefined) return 0;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}

/** Certificates and handshakes: no later try will mend them. */
const TLS = /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO)/u;

/** Of errors of the parser, which have the bytes that they met: those are not kept. */
const NO_HTTP = /^HPE_/u;

/** What a connection that failed means. */
export function connectionFailure(error: unknown): ServerFailure {
  if (error instanceof ServerFailure) return error;
  const code = codeOf(error);
  if (NO_HTTP.test(code)) return garbled(`is no HTTP (${code})`);
  if (TLS.test(code)) {
    const hint = "NODE_EXTRA_CA_CERTS names a file with your own authority's certificate";
    return new ServerFailure(`no safe connection (${code})`, { again: "never", hint, cause: error });
  }
  return new ServerFailure(`no connection (${code})`, { again: "patiently", cause: error });
}

function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return error instanceof Error ? error.name : "unknown";
}

/** An answer that is not what the protocol says; `what` names what is wrong with it, never what stands in it. */
export function garbled(what: string): ServerFailure {
  return new ServerFailure(`its answer ${what}`, { again: "briefly" });
}
