import type { IncomingMessage } from "node:http";
import { ApiError } from "./api-error.ts";

/** A conversation of some hundred thousand words. */
export const MOST_REQUEST_BYTES = 2 ** 20;
/** So much is still taken in, and dropped: most clients read no reply before they have sent all. */
const MOST_DROPPED_BYTES = 2 ** 24;

/** The JSON of a request. Throws ApiError for what is none, and for more than is taken. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const { "content-type": type = "", "content-length": length = "0" } = request.headers;
  if (!/^application\/json\b/iu.test(type)) {
    const shown = type === "" ? "no type" : `the type ${type}`;
    throw new ApiError(415, `the request's body has ${shown}, expected application/json`, {
      code: "unsupported_media_type",
    });
  }
  if (Number(length) > MOST_DROPPED_BYTES) throw tooLarge();
  const body = await readBytes(request);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ApiError(400, `the request's body is no JSON: ${reason}`, { code: "invalid_json", cause });
  }
}

async function readBytes(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= MOST_REQUEST_BYTES) parts.push(part);
    // Without a reply: the connection is closed under whoever goes on sending.
    if (bytes > MOST_DROPPED_BYTES) break;
  }
  if (bytes > MOST_REQUEST_BYTES) throw tooLarge();
  return Buffer.concat(parts);
}

function tooLarge(): ApiError {
  return new ApiError(413, `the request is too large, expected at most ${MOST_REQUEST_BYTES} bytes`, {
    code: "request_too_large",
    headers: { connection: "close" },
  });
}
