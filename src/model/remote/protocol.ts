import type { JsonShape, Stop } from "../language-model.ts";

/** Where a prompt belongs, and what stops the request. */
export type Call = {
  /** Names what the prompt begins with: prompts of one chunk go to one server. */
  readonly route: string;
  readonly signal: AbortSignal;
};

export type Generation = Call & {
  readonly maxTokens: number;
  readonly shape: JsonShape | undefined;
  readonly onStop: OnStop;
};

/** Called when a server says why it stopped. */
export type OnStop = (stop: Stop) => void;

/** How a kind of server is asked. All throw ModelError, or the signal's reason. */
export type Protocol = {
  /** (tokens.length - from) log P(tokens[i] | all before it), in nats, for i = from … end; `from` is at least 1. */
  score(tokens: readonly number[], from: number, call: Call): Promise<Float64Array>;
  /** Has the server evaluate tokens, so that its prefix cache has them. */
  warm(tokens: readonly number[], call: Call): Promise<void>;
  /** Decodes greedily behind the tokens, some tokens at a time. */
  generate(tokens: readonly number[], options: Generation): AsyncGenerator<readonly number[], void>;
};

/** A shape as JSON Schema: the same, with every property required and no other allowed. */
export function jsonSchemaOf(shape: JsonShape): Readonly<Record<string, unknown>> {
  if ("enum" in shape) return { enum: shape.enum };
  if ("oneOf" in shape) return { anyOf: shape.oneOf.map(jsonSchemaOf) };
  if (shape.type === "array") return { type: "array", items: jsonSchemaOf(shape.items) };
  if (shape.type !== "object") return { type: shape.type };
  const properties = Object.entries(shape.properties).map(([name, one]) => [name, jsonSchemaOf(one)]);
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    required: Object.keys(shape.properties),
    additionalProperties: false,
  };
}
