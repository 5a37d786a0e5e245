import { EXIT, type ExitCode } from "../../errors.ts";
import { PLACES_COUNT_FORMATS, PLACES_FORMATS } from "../../format/formats.ts";
import { placesCount } from "../../format/places.ts";
import type { AskRequest, CommandContext } from "../context.ts";
import { answerFormatter, reportFormatter } from "../formatters.ts";
import { formatting } from "../formatting.ts";
import { tellLosses, tellReceipt } from "../receipt.ts";
import { findDocuments, isPartial, openFound } from "../session.ts";

export type FindRequest = AskRequest & {
  /** Only how many there are. */
  readonly count: boolean;
};

/** `focus find`: every passage that answers, in document order, and a few that may. */
export async function runFind(context: CommandContext, request: FindRequest): Promise<ExitCode> {
  const { config, io, progress } = context;
  const format = request.count
    ? reportFormatter(context, PLACES_COUNT_FORMATS)
    : answerFormatter(context, PLACES_FORMATS);
  const found = await findDocuments(context, request.paths);
  await using session = await openFound(context, found, "reader");
  const result = await session.find(request.question);
  progress.stop();
  const shown = request.count
    ? io
    : await formatting(context, session, [...result.places, ...result.uncertain]);
  await io.writeResult(format(result, shown));
  progress.notice(placesCount(result));
  tellLosses(result.coverage, context);
  tellReceipt(result.coverage, context);
  if (result.places.length === 0 && config.failIfAbsent) return EXIT.absent;
  return isPartial(context, session) ? EXIT.partial : EXIT.done;
}
