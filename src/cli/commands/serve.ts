import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { Collections } from "../../config/collections.ts";
import { EXIT, type ExitCode, UsageError } from "../../errors.ts";
import { SERVED_FORMATS } from "../../format/served.ts";
import { firstLine } from "../../fs/first-line.ts";
import { describeError } from "../../fs/system-error.ts";
import { type Access, isLoopbackName } from "../../server/access.ts";
import { type NamedPaths, servedModel } from "../../server/served.ts";
import { ChatServer } from "../../server/server.ts";
import type { SessionListener } from "../../session/events.ts";
import { OpenSessions } from "../../session/open-sessions.ts";
import type { CommandContext } from "../context.ts";
import { reportFormatter } from "../formatters.ts";
import { fileUrl } from "../links.ts";
import { namedPaths } from "../named-paths.ts";
import { findDocuments, sessionHost } from "../session.ts";
import { adviseWriter } from "../writer-advice.ts";

export type ServeRequest = {
  /** Each is a model; none: all collections. */
  readonly paths: readonly string[];
  readonly host: string;
  /** As it was typed. */
  readonly port: string;
  readonly tokenFile?: string | undefined;
  readonly allowHost?: readonly string[] | undefined;
  readonly allowOrigin?: readonly string[] | undefined;
};

/** A token that can be guessed is none. */
const LEAST_TOKEN_CHARACTERS = 16;

/** `focus serve`: OpenAI's chat completions over HTTP, until it is stopped. */
export async function runServe(context: CommandContext, request: ServeRequest): Promise<ExitCode> {
  const { config, cwd, io, progress, signal } = context;
  const format = reportFormatter(context, SERVED_FORMATS);
  const access = await accessOf(context, request);
  const port = requirePort(request.port);
  const served = await servedPaths(context, request.paths);
  for (const { paths } of served) await findDocuments(context, paths);
  const host = { ...sessionHost(context), onEvent: withoutText(progress.listen) };
  const sessions = new OpenSessions(host);
  const models = served.map((named) => servedModel(named, sessions, host));
  // What cannot be opened is told now, and not to the first client.
  const writer = await models[0]?.use(signal, async (session) => session.models.writer);
  const server = await ChatServer.start({
    ...{ host: request.host, port, access, models, signal },
    answerTokens: config.answerTokens,
    urlOf: (place) => fileUrl(place, cwd) ?? "",
    onRequest: (line) => progress.verbose(line),
    onBug: (error) => io.tell(`a bug in focus:\n${frames(error)}`, "warning"),
  });
  progress.stop();
  await io.writeResult(format({ url: server.url, models: served.map(({ name }) => name) }, io));
  if (writer !== undefined) await adviseWriter(context, writer);
  progress.notice("Ctrl-C stops it");
  await stopped(signal);
  await server.close();
  await sessions.close();
  signal.throwIfAborted();
  return EXIT.done;
}

/** Each path by its name, or all collections. Throws UsageError where there is nothing, or what cannot be read again. */
async function servedPaths(
  context: CommandContext,
  typed: readonly string[],
): Promise<readonly NamedPaths[]> {
  if (typed.includes("-")) {
    throw new UsageError("standard input cannot be served, since it cannot be read again", {
      hint: "name files or folders: focus serve report.pdf",
    });
  }
  const collections = await new Collections(context.folders.config).list();
  const names = typed.length === 0 ? collections.map(({ name }) => `@${name}`) : [...new Set(typed)];
  if (names.length === 0) {
    throw new UsageError("no document was given, and there is no collection", {
      code: "usage.no-document",
      hint: "focus serve <paths...>, or give them a name first: focus add NAME PATH…",
    });
  }
  return Promise.all(names.map(async (name) => ({ name, paths: await namedPaths(context, [name]) })));
}

function requirePort(typed: string): number {
  const port = Number(typed);
  if (/^\d+$/u.test(typed) && port <= 65_535) return port;
  throw new UsageError(`--port ${typed} is no port, expected a whole number from 0 to 65535`);
}

async function accessOf({ cwd }: CommandContext, request: ServeRequest): Promise<Access> {
  const { host, tokenFile, allowHost = [], allowOrigin = [] } = request;
  const isLoopback = isLoopbackName(host);
  const token = tokenFile === undefined ? undefined : await readToken(resolve(cwd, tokenFile), tokenFile);
  if (!isLoopback && token === undefined) {
    throw new UsageError(`--host ${host} lets other machines ask, and there is no token`, {
      hint: "openssl rand -hex 32 > token; focus serve … --token-file token",
    });
  }
  const own = isLoopback ? [] : [hostname()];
  return {
    isLoopback,
    token,
    hosts: [...own, ...allowHost].map((name) => name.toLowerCase()),
    origins: allowOrigin.map(requireOrigin),
  };
}

/** Throws UsageError for a file that cannot be read, or has no token in its first line. */
async function readToken(path: string, shown: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new UsageError(`--token-file ${shown}: ${describeError(cause)}`, { cause });
  });
  const line = firstLine(text);
  if (line.length >= LEAST_TOKEN_CHARACTERS && /^[!-~]+$/u.test(line)) return line;
  throw new UsageError(
    `--token-file ${shown}: its first line is no token, expected at least ${LEAST_TOKEN_CHARACTERS} characters without spaces`,
  );
}

/** Throws UsageError for what no browser would send. */
function requireOrigin(origin: string): string {
  if (/^[a-z][a-z\d+.-]*:\/\/[^/\s*]+$/u.test(origin)) return origin;
  throw new UsageError(`--allow-origin ${origin} is no origin, expected one such as http://localhost:3000`);
}

/** What documents say of themselves in warnings has no place in a log. */
function withoutText(listen: SessionListener): SessionListener {
  return (event) => {
    if (event.kind !== "parsed" && event.kind !== "debug" && event.kind !== "text") return listen(event);
    if (event.kind !== "parsed") return;
    for (const { path, warnings } of event.documents) {
      if (warnings.length === 0) continue;
      listen({
        kind: "notice",
        message: `${path}: its parser warns ${warnings.length}×: focus text tells of what`,
      });
    }
  };
}

/** Where it happened; a message might quote a question. */
function frames(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return stack
    .split("\n")
    .filter((line) => /^\s+at /u.test(line))
    .join("\n");
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    signal.addEventListener("abort", () => done(), { once: true });
  });
}
