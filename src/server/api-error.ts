import { EXIT, FocusError } from "../errors.ts";

export type ApiErrorDetail = {
  /** For programs; OpenAI's own word where it has one. */
  readonly code: string;
  /** The part of the request that is wrong. */
  readonly param?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
};

/** What a request is refused with; the message goes to the client. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status. */
  readonly status: number;
  readonly code: string;
  readonly param: string | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, { code, param, headers = {}, cause }: ApiErrorDetail) {
    super(message, cause === undefined ? {} : { cause });
    this.status = status;
    this.code = code;
    this.param = param ?? null;
    this.headers = headers;
  }

  /** OpenAI's form. */
  get body() {
    const { message, param, code, status } = this;
    const type = status < 500 ? "invalid_request_error" : "server_error";
    return { error: { message, type, param, code } } as const;
  }
}

/** Whether it is an error of ours that nobody expects. */
export function isBug(error: unknown): boolean {
  return !(error instanceof ApiError || error instanceof FocusError);
}

/** Any error as a client gets it. What another try would not change tells OpenAI's clients not to try again. */
export function apiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (!(error instanceof FocusError)) {
    const message = error instanceof Error ? error.message : String(error);
    return new ApiError(500, `a bug in focus: ${message}`, { code: "bug", headers: NO_RETRY, cause: error });
  }
  const { code, exitCode, hint } = error;
  const status = STATUS[exitCode] ?? 500;
  if (status === 503) return new ApiError(status, "the server was stopped", { code, cause: error });
  const message = hint === undefined ? error.message : `${error.message} (${hint})`;
  return new ApiError(status, message, { code, headers: NO_RETRY, cause: error });
}

const NO_RETRY = { "x-should-retry": "false" } as const;

/** Exit code → HTTP status; documents, models and store are the server's, not the request's. */
const STATUS: Readonly<Partial<Record<number, number>>> = {
  [EXIT.usage]: 400,
  [EXIT.timeout]: 503,
  [EXIT.interrupted]: 503,
  [EXIT.terminated]: 503,
};
