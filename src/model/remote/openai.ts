import { field, fields, list, requireNoError, tellStop } from "./answers.ts";
import type { Client, Request } from "./client.ts";
import { garbled, ServerFailure } from "./failure.ts";
import type { Pieces } from "./pieces.ts";
import { type Generation, jsonSchemaOf, type OnStop, type Protocol } from "./protocol.ts";
import { StreamEnd } from "./stream-end.ts";

const PATH = "/v1/chat/completions";

/** Chat completions: any server of that protocol writes, and none tells how likely given words are. */
export function openai(client: Client, model: string, pieces: Pieces): Protocol {
  const cannot = (): never => {
    throw new Error("a chat server neither scores nor keeps a prompt");
  };
  return {
    score: cannot,
    warm: cannot,
    async *generate(tokens, { maxTokens, shape, route, signal, onStop }: Generation) {
      const body = { model, messages: pieces.messages(tokens), max_tokens: maxTokens, temperature: 0 };
      if (shape !== undefined) {
        const schema = jsonSchemaOf({ type: "object", properties: { [INSIDE]: shape } });
        const response_format = { type: "json_schema", json_schema: { name: "items", strict: true, schema } };
        const asked: Request = { path: PATH, body: { ...body, response_format }, route, signal };
        const json = await client.json(asked, (answer) => textOf(answer, "message", onStop));
        yield Array.from(pieces.tokenize(unwrapped(json)));
        return;
      }
      const asked: Request = { path: PATH, body: { ...body, stream: true }, route, signal };
      for await (const text of written(client, asked, onStop)) yield Array.from(pieces.tokenize(text));
    },
  };
}

/** OpenAI wants an object as the root of a schema: what is asked for is this property of it. */
const INSIDE = "items";
const OPENING = new RegExp(`^\\s*\\{\\s*"${INSIDE}"\\s*:\\s*`, "u");

/** What was asked for, as far as it was written; servers that do not follow the schema may write it without the object. */
function unwrapped(json: string): string {
  const inside = json.replace(OPENING, "");
  const whole = inside.replace(/\}\s*$/u, "");
  return isJson(whole) ? whole : inside;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A chat server cannot go on behind what it has written: a stream that breaks is asked for again only before its first word. */
async function* written(client: Client, request: Request, onStop: OnStop): AsyncGenerator<string, void> {
  const tries = client.tries(request.signal);
  const end = new StreamEnd(onStop);
  for (let hasBegun = false; ; ) {
    try {
      for await (const text of client.events(request, (event) => textOf(event, "delta", end.tell))) {
        if (text === "") continue;
        hasBegun = true;
        yield text;
      }
      return;
    } catch (error) {
      if (end.isBehind(error)) return;
      const isBroken = hasBegun && error instanceof ServerFailure;
      await tries(isBroken ? new ServerFailure(`${error.message}, in mid-answer`, BROKEN) : error);
    }
  }
}

const BROKEN = { again: "never", hint: "ask again" } as const;

/** The last event may have no choices: it tells of usage. */
function textOf(answer: unknown, part: "delta" | "message", onStop: OnStop): string {
  requireNoError(answer);
  const [choice] = list(field(answer, "choices"), "choices");
  if (choice === undefined) return "";
  const { content } = fields(field(choice, part), part);
  const text = content ?? "";
  if (typeof text !== "string") throw garbled("has no text");
  tellStop(field(choice, "finish_reason"), onStop);
  return text;
}
