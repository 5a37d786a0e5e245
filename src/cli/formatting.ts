import type { Document } from "../document/document.ts";
import { gatherEvidence } from "../document/evidence/gather.ts";
import type { FormatOptions } from "../format/format.ts";
import type { Session } from "../session/session.ts";
import type { CommandContext } from "./context.ts";
import { linksOf } from "./links.ts";

type Cited = Parameters<Session["evidence"]>[0][number];

/** How a result is shown where this command shows it; for html its sources are drawn. */
export async function formatting(
  context: CommandContext,
  session: Session,
  citations: readonly Cited[],
): Promise<FormatOptions> {
  const { config, io, progress } = context;
  const links = linksOf(context, config.format, io.file);
  const { color, width } = io;
  if (config.format !== "html") return { color, width, links };
  progress.listen({ kind: "step", message: "drawing pages" });
  const evidence = await session.evidence(citations);
  progress.stop();
  return { color, width, links, evidence };
}

export type Written = {
  readonly format: string;
  /** Where the result goes, absolute. */
  readonly file: string;
  readonly documents: readonly Document[];
  readonly bytesOf: (path: string) => Uint8Array;
};

/** The same for a result of one document and its attachments that goes to a file of its own. */
export async function fileFormatting(
  context: CommandContext,
  { format, file, documents, bytesOf }: Written,
  citations: readonly Cited[],
): Promise<FormatOptions> {
  const { config, signal } = context;
  const plain = { color: false, width: undefined, links: linksOf(context, format, file) };
  if (format !== "html") return plain;
  const { password } = config;
  const source = { documents, bytesOf: async (path: string) => bytesOf(path), password, signal };
  return { ...plain, evidence: await gatherEvidence(citations, source) };
}
