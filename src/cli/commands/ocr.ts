import { EXIT, type ExitCode } from "../../errors.ts";
import { deedFormats, pathText } from "../../format/deed.ts";
import { OCR_FORMATS } from "../../format/ocr.ts";
import { listLanguages } from "../../ocr/folder.ts";
import { pullLanguage } from "../../ocr/pull.ts";
import type { CommandContext } from "../context.ts";
import { reportFormatter } from "../formatters.ts";

/** `focus ocr list`: the languages that text can be recognised in. */
export async function runOcrList(context: CommandContext): Promise<ExitCode> {
  const { folders, io, progress } = context;
  const format = reportFormatter(context, OCR_FORMATS);
  const languages = await listLanguages(folders.ocr);
  if (languages.length === 0) progress.notice("no language is installed yet: focus ocr pull eng");
  await io.writeResult(format(languages, io));
  return EXIT.done;
}

const PULL_FORMATS = deedFormats<{ readonly language: string; readonly path: string }>("ocr pull", pathText);

/** `focus ocr pull LANGUAGE`: prints the path of the language's data. */
export async function runOcrPull(context: CommandContext, language: string): Promise<ExitCode> {
  const { config, folders, io, progress, signal } = context;
  const format = reportFormatter(context, PULL_FORMATS);
  progress.step(`installing text recognition for ${language} by npm`);
  const path = await pullLanguage(language, { dir: folders.ocr, offline: config.offline, signal });
  progress.stop();
  await io.writeResult(format({ language, path }, io));
  return EXIT.done;
}
