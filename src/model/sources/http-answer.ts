import type { ReadableStream } from "node:stream/web";
import { ModelError } from "../../errors.ts";
import { shownUrl } from "../../fs/shown-url.ts";
import { fetchFile } from "./redirects.ts";

/** A failure that may pass by itself: the same request is worth another try. */
export class PassingFailure extends Error {
  override readonly name = "PassingFailure";
  /** Whether what is here is of no use for it. */
  readonly startOver: boolean;

  constructor(
    message: string,
    { startOver = false, cause }: { readonly startOver?: boolean; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.startOver = startOver;
  }
}

/** What is here of a file already. */
export type Have = {
  readonly bytes: number;
  /** ETag or Last-Modified of the version that it is a part of; absent where the server gave none. */
  readonly validator?: string;
  /** Of the whole file, where the server said so. */
  readonly totalBytes?: number;
};

/** The rest of a file, or all of it. */
export type Answer = {
  readonly body: ReadableStream<Uint8Array>;
  /** Where the body starts in the file. */
  readonly startBytes: number;
  readonly validator?: string;
  readonly totalBytes?: number;
};

/**
 * Asks for what is missing of a file; the server decides whether it sends that or all of it, which it also does when it
 * has another version by now. Throws ModelError, PassingFailure, or the signal's reason.
 */
export async function request(url: string, have: Have, signal: AbortSignal): Promise<Answer> {
  // Packed on its way, its bytes could not be counted, nor a part of it be asked for.
  const headers = { "accept-encoding": "identity", ...rangeHeaders(have) };
  let response: Response;
  try {
    response = await fetchFile(url, { headers, signal });
  } catch (cause) {
    signal.throwIfAborted();
    throw cause instanceof ModelError ? cause : connectionFailure(url, cause);
  }
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw statusFailure(url, response);
  }
  return { body: response.body as ReadableStream<Uint8Array>, ...describe(url, response, have) };
}

function rangeHeaders({ bytes, validator }: Have): Record<string, string> {
  return bytes > 0 && validator !== undefined ? { range: `bytes=${bytes}-`, "if-range": validator } : {};
}

function describe(url: string, { status, headers }: Response, have: Have): Omit<Answer, "body"> {
  const tag = headers.get("etag");
  // A weak tag promises the same meaning, not the same bytes.
  const validator = (tag?.startsWith("W/") === false ? tag : undefined) ?? headers.get("last-modified");
  const common = validator === null ? {} : { validator };
  if (status !== 206) return { ...common, startBytes: 0, ...total(headers.get("content-length")) };
  const [, start, size] = /^bytes (\d+)-\d+\/(\d+|\*)$/u.exec(headers.get("content-range") ?? "") ?? [];
  if (Number(start) !== have.bytes || (have.totalBytes !== undefined && Number(size) !== have.totalBytes)) {
    throw new PassingFailure(
      `${shownUrl(url)}: the server sent another part than from byte ${have.bytes} on`,
      {
        startOver: true,
      },
    );
  }
  return { ...common, startBytes: have.bytes, ...total(size) };
}

function total(size: string | null | undefined): { totalBytes?: number } {
  return /^\d+$/u.test(size ?? "") ? { totalBytes: Number(size) } : {};
}

/** The part that is here is none of the file that is there now. */
const NO_SUCH_RANGE = 416;
/** Request timeout, too many requests. */
const PASSING_STATUS = [408, 429, NO_SUCH_RANGE];

function statusFailure(url: string, { status, statusText }: Response): Error {
  const message = `${shownUrl(url)}: the server answered ${`${status} ${statusText}`.trim()}`;
  if (status >= 500 || PASSING_STATUS.includes(status)) {
    return new PassingFailure(message, { startOver: status === NO_SUCH_RANGE });
  }
  return new ModelError(message, {
    hint:
      status === 404 ? "check the address" : "if it wants a login, download the file yourself: --model PATH",
  });
}

/** Codes of failures that another try does not change, as far as they are common. */
const FINAL: Readonly<Record<string, string>> = {
  ENOTFOUND: "there is no such host",
  ECONNREFUSED: "the connection was refused",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is self-signed",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate cannot be verified",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate cannot be verified",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is another host's",
};

/** fetch says "fetch failed" to all; the cause tells what happened. */
export function connectionFailure(url: string, error: unknown): Error {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = inner instanceof Error && "code" in inner && typeof inner.code === "string" ? inner.code : "";
  // fetch itself refuses the address: its text holds the address whole.
  if (error instanceof TypeError && code === "") return finalFailure(url, "its address cannot be asked");
  const known = FINAL[code];
  if (known !== undefined) return finalFailure(url, known, error);
  const reason = code || (inner instanceof Error ? inner.message : String(inner));
  return new PassingFailure(notDownloaded(url, reason), { cause: error });
}

function finalFailure(url: string, reason: string, cause?: unknown): ModelError {
  return new ModelError(notDownloaded(url, reason), {
    hint: "check the address and the network (proxies are not used), or download it yourself: --model PATH",
    cause,
  });
}

function notDownloaded(url: string, reason: string): string {
  return `${shownUrl(url)} could not be downloaded: ${reason}`;
}
