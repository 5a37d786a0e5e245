import { garbled } from "./failure.ts";
import { type HttpRequest, sentBytes } from "./transport.ts";

/** The answer as parsed JSON. Throws ServerFailure, or the signal's reason. */
export async function askJson(request: HttpRequest): Promise<unknown> {
  const parts: Uint8Array[] = [];
  for await (const part of sentBytes(request)) parts.push(part);
  return parsed(Buffer.concat(parts).toString("utf8"));
}

/**
 * The events of a stream (text/event-stream), each parsed JSON, up to `[DONE]`. Whoever stops listening ends the request.
 * Throws ServerFailure, also when the stream ends without that, or the signal's reason.
 */
export async function* askEvents(request: HttpRequest): AsyncGenerator<unknown, void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const part of sentBytes(request)) {
    const lines = (rest + decoder.decode(part, { stream: true })).split(/\r?\n/u);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const data = dataOf(line);
      if (data === DONE) return;
      if (data !== undefined) yield parsed(data);
    }
  }
  // Some servers put no line end behind the last line.
  if (dataOf(rest) !== DONE) throw garbled("ends in the middle");
}

const DONE = "[DONE]";

/** What a line of an event says; undefined for blank lines, comments and other fields. */
function dataOf(line: string): string | undefined {
  return line.startsWith("data:") ? line.slice("data:".length).trim() : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw garbled("is no whole JSON");
  }
}
