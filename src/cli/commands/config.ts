import { join, resolve } from "node:path";
import { type FileValue, fileValue, namedKey, setInFile } from "../../config/edit.ts";
import { fileKey } from "../../config/keys.ts";
import { explain } from "../../config/load.ts";
import { isSecret } from "../../config/secrets.ts";
import { EXIT, type ExitCode } from "../../errors.ts";
import { deedFormats, pathText } from "../../format/deed.ts";
import { printable } from "../../format/printable.ts";
import { SETTING_FORMATS, SETTINGS_FORMATS } from "../../format/settings.ts";
import type { CommandContext } from "../context.ts";
import { reportFormatter } from "../formatters.ts";

/** `focus config list`: every setting, its value and where that came from. */
export async function runConfigList(context: CommandContext): Promise<ExitCode> {
  await context.io.writeResult(reportFormatter(context, SETTINGS_FORMATS)(explain(context), context.io));
  return EXIT.done;
}

/** `focus config get KEY`: the value that a command would have here. */
export async function runConfigGet(context: CommandContext, name: string): Promise<ExitCode> {
  const { io } = context;
  const wanted = fileKey(namedKey(name));
  const [setting] = explain(context).filter(({ key }) => key === wanted);
  if (setting === undefined) return EXIT.done;
  const text = reportFormatter(context, SETTING_FORMATS)(setting, io);
  // Exactly the value into a pipe or a file; on a terminal nothing that it would obey.
  await io.writeResult(io.toTerminal ? printable(text) : text);
  return EXIT.done;
}

/** People are told by a notice. */
const SET_FORMATS = deedFormats<{ readonly key: string; readonly value: FileValue; readonly path: string }>(
  "config set",
  () => "",
);
const PATH_FORMATS = deedFormats<{ readonly path: string }>("config path", pathText);

/** `focus config set KEY VALUE`: in the user's own focus.toml. */
export async function runConfigSet(context: CommandContext, name: string, typed: string): Promise<ExitCode> {
  const { io, progress, origin } = context;
  const format = reportFormatter(context, SET_FORMATS);
  const key = namedKey(name);
  const checked = fileValue(key, typed);
  // In the file a relative path would begin at the file's folder.
  const value = key === "passwordFile" ? resolve(context.cwd, typed) : checked;
  const path = userFile(context);
  await setInFile(path, key, value);
  const text = format({ key: name, value: isSecret(key) ? "(set)" : value, path }, io);
  if (text !== "") await io.writeResult(text);
  progress.notice(`set ${name} in ${path}`);
  const { kind } = origin[key];
  if (kind !== "default" && kind !== "user") {
    const [now] = explain(context).filter((setting) => setting.key === name);
    progress.warn(`${now?.origin} says otherwise here, and wins`);
  }
  return EXIT.done;
}

/** `focus config path`: the user's own focus.toml, whether it is there or not. */
export async function runConfigPath(context: CommandContext): Promise<ExitCode> {
  const format = reportFormatter(context, PATH_FORMATS);
  await context.io.writeResult(format({ path: userFile(context) }, context.io));
  return EXIT.done;
}

function userFile({ folders }: CommandContext): string {
  return join(folders.config, "focus.toml");
}
