import type { Answer } from "../../engine/results.ts";
import { EXIT, type ExitCode } from "../../errors.ts";
import { candidateReceipt } from "../../format/candidates.ts";
import { ANSWER_FORMATS } from "../../format/formats.ts";
import { counted } from "../../format/quantity.ts";
import { wantsCandidates } from "../../session/candidates.ts";
import type { AskRequest, CommandContext } from "../context.ts";
import { answerFormatter } from "../formatters.ts";
import { formatting } from "../formatting.ts";
import { adviseThorough } from "../further.ts";
import { tellDetails, tellLosses, tellReceipt } from "../receipt.ts";
import { eventOutput, type ResultOutput, streamedOutput, wholeOutput } from "../result-output.ts";
import { findDocuments, isPartial, openFound, sessionHost } from "../session.ts";
import { warnUnusedFlags } from "../unused-flags.ts";
import { isAboutWhole } from "../whole-document.ts";
import { adviseWriter } from "../writer-advice.ts";

/** `focus ask`: answers a question about the documents. */
export async function runAsk(context: CommandContext, request: AskRequest): Promise<ExitCode> {
  const { config, progress } = context;
  const hasCandidates = wantsCandidates(sessionHost(context).settings);
  const output = outputOf(context, hasCandidates);
  if (!hasCandidates) warnUnusedFlags(context);
  const roles = hasCandidates ? "candidates" : "both";
  await using session = await openFound(context, await findDocuments(context, request.paths), roles);
  const { onEvent, signal } = output;
  const answer = await session.ask(request.question, { onEvent, signal }).finally(output.stop);
  await output.write(answer, await formatting(context, session, answer.citations));
  tellLosses(answer.coverage, context);
  tellReceipt(answer.coverage, context);
  tellDetails(answer, context);
  if ((answer.answeringChunks ?? 0) > Math.max(1, answer.citations.length)) {
    progress.notice(
      `${counted(answer.answeringChunks ?? 0, "chunk")} answer by themselves: focus find lists every place`,
    );
  }
  const further = isAboutWhole(request.question)
    ? "focus summarize tells what a document says as a whole"
    : adviseThorough(answer);
  if (further !== undefined) progress.notice(further);
  if (answer.candidates !== null) progress.notice(candidateReceipt(answer.candidates));
  if (answer.verdict === "absent" && config.failIfAbsent) return EXIT.absent;
  if (answer.style !== "write") await adviseWriter(context, answer.models.writer);
  return isPartial(context, session) ? EXIT.partial : EXIT.done;
}

/** Throws UsageError for a format that answers do not have. An answer whose sentences are to be marked is shown at its end. */
function outputOf(context: CommandContext, isMarked: boolean): ResultOutput<Answer> {
  const { config, io } = context;
  const format = answerFormatter(context, ANSWER_FORMATS);
  if (config.format === "jsonl") return eventOutput(context, "ask", format);
  const isStreamed = config.format === "text" && io.toTerminal && !isMarked;
  return isStreamed ? streamedOutput(context, format) : wholeOutput(context, format);
}
