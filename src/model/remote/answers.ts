import { garbled, ServerFailure } from "./failure.ts";
import type { OnStop } from "./protocol.ts";

/** A JSON object of a server's answer. */
export type Fields = Readonly<Record<string, unknown>>;

/** Throws ServerFailure for anything but an object. */
export function fields(value: unknown, name: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw garbled(`has no object ${name}`);
}

/** Throws ServerFailure for anything but a list. */
export function list(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw garbled(`has no list ${name}`);
}

/** Throws ServerFailure for anything but a list of whole numbers. */
export function tokenList(value: unknown, name: string): readonly number[] {
  const tokens = list(value, name);
  if (tokens.every((token): token is number => Number.isInteger(token))) return tokens;
  throw garbled(`has something else than tokens in ${name}`);
}

/** A field of an object; undefined where it is not there. Throws ServerFailure for anything but an object. */
export function field(value: unknown, name: string): unknown {
  return fields(value, `with ${name}`)[name];
}

/** Throws ServerFailure for an error in the place of an answer; some servers write `null` where there is none. */
export function requireNoError(answer: unknown): void {
  const error = field(answer, "error");
  if (error === undefined || error === null) return;
  throw new ServerFailure("it breaks off with an error", { again: "briefly" });
}

/** Tells why a server stopped, by the reason that it gives; it gives none while it goes on. To be called when the rest was read. */
export function tellStop(reason: unknown, onStop: OnStop): void {
  if (typeof reason === "string") onStop(reason === "length" ? "limit" : "end");
}

/** The first of `choices`, as the OpenAI protocols have it. */
export function firstChoice(answer: unknown): Fields {
  return fields(list(field(answer, "choices"), "choices")[0], "choices[0]");
}
