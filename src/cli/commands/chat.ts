import { describeOrigin } from "../../config/origin.ts";
import { EXIT, type ExitCode, FocusError, UsageError } from "../../errors.ts";
import { formatError } from "../../format/error.ts";
import { ANSWER_FORMATS } from "../../format/formats.ts";
import { wantsCandidates } from "../../session/candidates.ts";
import type { Session } from "../../session/session.ts";
import { Chat } from "../chat/chat.ts";
import { History } from "../chat/history.ts";
import { ChatInput } from "../chat/input.ts";
import type { CommandContext } from "../context.ts";
import { answerFormatter } from "../formatters.ts";
import { findDocuments, isPartial, openFound, sessionHost } from "../session.ts";
import { warnUnusedFlags } from "../unused-flags.ts";
import { adviseWriter } from "../writer-advice.ts";

/** `focus chat`: questions at a prompt or from a pipe, a line each, with documents and models opened once. */
export async function runChat(context: CommandContext, paths: readonly string[]): Promise<ExitCode> {
  const { config, io, signal } = context;
  answerFormatter(context, ANSWER_FORMATS);
  requireStreams(context, paths);
  const roles = wantsCandidates(sessionHost(context).settings) ? "candidates" : "both";
  if (roles === "both") warnUnusedFlags(context);
  const found = await findDocuments(context, paths);
  const history = new History(context, { isOff: !config.cache || !io.stdinIsTerminal });
  const earlier = await history.load();
  await using session = await openFound(context, found, roles);
  // Only now: while models are loaded, Ctrl-C ends the command as it does elsewhere.
  const input = new ChatInput(io, { history: earlier, signal });
  try {
    const chat = new Chat({ context, session, input });
    if (input.isTerminal) greet(context, session);
    const code = await converse(context, { chat, input, history });
    signal.throwIfAborted();
    if (input.isInterrupted) return EXIT.interrupted;
    if (code !== EXIT.done && !input.isTerminal) return code;
    return isPartial(context, session) ? EXIT.partial : EXIT.done;
  } finally {
    input.close();
  }
}

/** Throws UsageError where questions and documents, or answers and a file, would share a stream. */
function requireStreams({ io, origin }: CommandContext, paths: readonly string[]): void {
  if (paths.includes("-")) {
    throw new UsageError("chat takes its questions from standard input, so no document can come from there", {
      hint: "name a file: focus chat report.pdf",
    });
  }
  if (!io.toFile) return;
  const name = describeOrigin(origin.output, "output");
  throw new UsageError(`chat writes its answers to standard output, and ${name} names a file`, {
    hint: `leave ${name} out; /save FILE writes the conversation`,
  });
}

function greet({ progress }: CommandContext, { documents, models }: Session): void {
  progress.stop();
  const names = documents.length === 1 ? documents[0]?.path : `${documents.length} documents`;
  progress.notice(`${names}, read by ${models.reader.name}; /help lists the commands, /quit leaves`);
}

type Conversing = { readonly chat: Chat; readonly input: ChatInput; readonly history: History };

/** Line after line, until the user leaves; the exit code is that of the first line that failed. */
export async function converse(
  context: CommandContext,
  { chat, input, history }: Conversing,
): Promise<ExitCode> {
  let first: ExitCode = EXIT.done;
  for (let line = await input.next(); line !== undefined; line = await input.next()) {
    if (line.trim() === "") continue;
    await history.add(line);
    const code = await takeLine(context, chat, line);
    if (code === "leaves") break;
    if (first === EXIT.done) first = code;
  }
  return first;
}

/** What a line fails with is told, and the chat goes on. Throws bugs, and the reason to stop. */
async function takeLine(context: CommandContext, chat: Chat, line: string): Promise<ExitCode | "leaves"> {
  const { config, io, progress, signal } = context;
  const before = chat.last;
  try {
    if (!(await chat.take(line))) return "leaves";
    return chat.last === before ? EXIT.done : answered(context, chat, before === undefined);
  } catch (error) {
    progress.stop();
    signal.throwIfAborted();
    if (!(error instanceof FocusError)) throw error;
    // So that each question of a pipe has its object.
    const { format } = config;
    if (format === "json" || format === "jsonl") await io.writeOut(formatError(error, "chat", format));
    io.tell(`focus: ${error.message}`);
    if (error.hint !== undefined) io.tell(`hint: ${error.hint}`);
    return error.exitCode;
  }
}

async function answered(context: CommandContext, { last }: Chat, isFirst: boolean): Promise<ExitCode> {
  if (isFirst && last !== undefined && last.style !== "write")
    await adviseWriter(context, last.models.writer);
  return last?.verdict === "absent" && context.config.failIfAbsent ? EXIT.absent : EXIT.done;
}
