import type { Client, Request } from "./client.ts";
import type { OnStop } from "./protocol.ts";
import { StreamEnd } from "./stream-end.ts";

/** Tokens that an event brings beside those that came before it, `seen` of them; tells why the server stopped, where it says so. */
export type ReadEvent = (event: unknown, seen: number, onStop: OnStop) => readonly number[];

export type Streaming = {
  /** The request for what comes behind these tokens. */
  readonly request: (before: readonly number[]) => Request;
  readonly read: ReadEvent;
  readonly maxTokens: number;
  readonly onStop: OnStop;
};

/**
 * The tokens of a streamed answer. A stream that breaks is asked for again behind the tokens that have come: decoding is
 * greedy, so that nothing is lost and nothing is said twice.
 */
export async function* streamed(
  client: Client,
  { request, read, maxTokens, onStop }: Streaming,
): AsyncGenerator<readonly number[], void> {
  const out: number[] = [];
  const end = new StreamEnd(onStop);
  const { signal } = request(out);
  for (let tries = client.tries(signal); ; ) {
    const before = out.length;
    try {
      const events = client.events(request([...out]), (event) => {
        return read(event, out.length - before, end.tell);
      });
      for await (const tokens of events) {
        out.push(...tokens);
        if (tokens.length > 0) yield tokens;
      }
      return;
    } catch (error) {
      if (out.length >= maxTokens || end.isBehind(error)) return;
      if (out.length > before) tries = client.tries(signal);
      await tries(error);
    }
  }
}
