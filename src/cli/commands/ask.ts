import { EXIT, type ExitCode } from "../../errors.ts";
import { candidateReceipt } from "../../format/candidates.ts";
import { wantsCandidates } from "../../session/candidates.ts";
import { answerOutput } from "../answer-output.ts";
import type { AskRequest, CommandContext } from "../context.ts";
import { formatting } from "../formatting.ts";
import { tellDetails, tellLosses, tellReceipt } from "../receipt.ts";
import { findDocuments, isPartial, noticeTinyWriter, openFound, sessionHost } from "../session.ts";
import { warnUnusedFlags } from "../unused-flags.ts";

/** `focus ask`: answers a question about the documents. */
export async function runAsk(context: CommandContext, request: AskRequest): Promise<ExitCode> {
  const { config, progress } = context;
  const hasCandidates = wantsCandidates(sessionHost(context).settings);
  const output = answerOutput(context, hasCandidates);
  if (!hasCandidates) warnUnusedFlags(context);
  const roles = hasCandidates ? "candidates" : "both";
  await using session = await openFound(context, await findDocuments(context, request.paths), roles);
  const { onEvent, signal } = output;
  const answer = await session.ask(request.question, { onEvent, signal });
  await output.write(answer, await formatting(context, session, answer.citations));
  tellLosses(answer.coverage, context);
  tellReceipt(answer.coverage, context);
  tellDetails(answer, context);
  if (answer.candidates !== null) progress.notice(candidateReceipt(answer.candidates));
  if (answer.verdict === "absent" && config.failIfAbsent) return EXIT.absent;
  if (answer.style !== "write") noticeTinyWriter(context);
  return isPartial(context, session) ? EXIT.partial : EXIT.done;
}
