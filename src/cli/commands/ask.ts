import { EXIT, type ExitCode } from "../../errors.ts";
import { candidateReceipt } from "../../format/candidates.ts";
import { formatterFor } from "../../format/format.ts";
import { ANSWER_FORMATS } from "../../format/formats.ts";
import { wantsCandidates } from "../../session/candidates.ts";
import type { AskRequest, CommandContext } from "../context.ts";
import { formatting } from "../formatting.ts";
import { tellDetails, tellLosses, tellReceipt } from "../receipt.ts";
import { findDocuments, isPartial, noticeTinyWriter, openFound, sessionHost } from "../session.ts";
import { warnUnusedFlags } from "../unused-flags.ts";

/** `focus ask`: answers a question about the documents. */
export async function runAsk(context: CommandContext, request: AskRequest): Promise<ExitCode> {
  const { config, io, progress } = context;
  const format = formatterFor(ANSWER_FORMATS, config.format);
  const roles = wantsCandidates(sessionHost(context).settings) ? "candidates" : "both";
  if (roles === "both") warnUnusedFlags(context);
  await using session = await openFound(context, await findDocuments(context, request.paths), roles);
  const answer = await session.ask(request.question);
  progress.stop();
  await io.writeResult(format(answer, await formatting(context, session, answer.citations)));
  tellLosses(answer.coverage, context);
  tellReceipt(answer.coverage, context);
  tellDetails(answer, context);
  if (answer.candidates !== null) progress.notice(candidateReceipt(answer.candidates));
  if (answer.verdict === "absent" && config.failIfAbsent) return EXIT.absent;
  if (answer.style !== "write") noticeTinyWriter(context);
  return isPartial(context, session) ? EXIT.partial : EXIT.done;
}
