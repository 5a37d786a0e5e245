import type { Client, Request } from "./client.ts";

/** Tokens that an event brings beside those that came before it, `seen` of them. */
export type ReadEvent = (event: unknown, seen: number) => readonly number[];

export type Streaming = {
  /** The request for what comes behind these tokens. */
  readonly request: (before: readonly number[]) => Request;
  readonly read: ReadEvent;
  readonly maxTokens: number;
};

/**
 * The tokens of a streamed answer. A stream that breaks is asked for again behind the tokens that have come: decoding is
 * greedy, so that nothing is lost and nothing is said twice.
 */
export async function* streamed(
  client: Client,
  { request, read, maxTokens }: Streaming,
): AsyncGenerator<readonly number[], void> {
  const out: number[] = [];
  const { signal } = request(out);
  for (let tries = client.tries(signal); ; ) {
    const before = out.length;
    try {
      const events = client.events(request([...out]), (event) => read(event, out.length - before));
      for await (const tokens of events) {
        out.push(...tokens);
        if (tokens.length > 0) yield tokens;
      }
      return;
    } catch (error) {
      if (out.length >= maxTokens) return;
      if (out.length > before) tries = client.tries(signal);
      await tries(error);
    }
  }
}
