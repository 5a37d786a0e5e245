import { discover } from "../document/discover.ts";
import type { SessionHost } from "../session/host.ts";
import type { OpenSessions } from "../session/open-sessions.ts";
import type { Session } from "../session/session.ts";
import { ApiError } from "./api-error.ts";

/** Documents under the name by which clients choose them. */
export type ServedModel = {
  readonly name: string;
  /**
   * Does work with the documents' session, which is opened, or opened anew, where it is not. Throws the signal's reason while
   * it is being opened.
   */
  readonly use: <T>(signal: AbortSignal, work: (session: Session) => Promise<T>) => Promise<T>;
};

/** Name → paths, folders or globs. */
export type NamedPaths = { readonly name: string; readonly paths: readonly string[] };

/** Sessions of these paths, as they are on the disk at each call: files that were added or changed since are in them. */
export function servedModel(
  { name, paths }: NamedPaths,
  sessions: OpenSessions,
  host: SessionHost,
): ServedModel {
  const find = () => discover(paths, { ...host.settings, cwd: host.cwd });
  const { onEvent } = host;
  return { name, use: async (signal, work) => sessions.use(await find(), { signal, onEvent }, work) };
}

/** Throws ApiError, with the names that there are. */
export function modelCalled(name: string, models: readonly ServedModel[]): ServedModel {
  const found = models.find((model) => model.name === name);
  if (found !== undefined) return found;
  const names = models.map((model) => model.name).join(", ");
  throw new ApiError(404, `there is no model ${name}; models are the documents that are served: ${names}`, {
    code: "model_not_found",
    param: "model",
  });
}
