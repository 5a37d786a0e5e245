import { ask } from "../../engine/ask.ts";
import { EXIT, type ExitCode } from "../../errors.ts";
import { candidateReceipt } from "../../format/candidates.ts";
import { formatterFor } from "../../format/format.ts";
import { ANSWER_FORMATS } from "../../format/formats.ts";
import { answerStyleOf, openCondenserAdapter } from "../answer-style.ts";
import type { AskRequest, CommandContext } from "../context.ts";
import { candidateOptions, wantsCandidates } from "../open-condenser.ts";
import { noticeLanguage, openDocuments } from "../open-documents.ts";
import { openEngine } from "../open-engine.ts";
import { defaultBudget, isEnglishOnly, noticeTinyWriter, openModels } from "../open-models.ts";
import { tellDetails, tellLosses, tellReceipt } from "../receipt.ts";

/** `focus ask`: answers a question about the documents. */
export async function runAsk(context: CommandContext, request: AskRequest): Promise<ExitCode> {
  const { config, io, progress } = context;
  const format = formatterFor(ANSWER_FORMATS, config.format);
  const startMs = performance.now();
  const roles = wantsCandidates(context) ? "candidates" : "both";
  const { documents, skipped, partial } = await openDocuments(context, request.paths);
  await using models = await openModels(context, roles);
  if (isEnglishOnly(models.reader.name)) noticeLanguage(documents, context);
  const options = await openEngine(context, models);
  const loadMs = performance.now() - startMs;
  const { adapter } = models;
  const condenser = adapter === undefined ? await openCondenserAdapter(context, models.reader) : undefined;
  const answerStyle = adapter === undefined ? answerStyleOf(context, { ...models, condenser }) : "write";
  const answer = await ask(
    { documents, skipped, loadMs, question: request.question },
    {
      ...options,
      writer: models.writer,
      condenseChunks: config.thorough ? Number.POSITIVE_INFINITY : config.condenseChunks,
      answerStyle,
      budgetTokens: config.budgetTokens || defaultBudget(models.writer, answerStyle),
      answerTokens: config.answerTokens,
      ...(condenser === undefined ? {} : { condenserAdapter: condenser }),
      ...(adapter === undefined ? {} : { candidates: candidateOptions(context, adapter) }),
    },
  );
  progress.stop();
  await io.writeResult(format(answer, io));
  tellLosses(answer.coverage, context);
  tellReceipt(answer.coverage, context);
  tellDetails(answer, context);
  if (answer.candidates !== null) progress.notice(candidateReceipt(answer.candidates));
  if (answer.verdict === "absent" && config.failIfAbsent) return EXIT.absent;
  if (config.model === undefined && answerStyle !== "write") noticeTinyWriter(context);
  return partial ? EXIT.partial : EXIT.done;
}
