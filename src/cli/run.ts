import { Console } from "node:console";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { folders } from "../config/folders.ts";
import { explain, loadConfig } from "../config/load.ts";
import { describeOrigin, type Origin } from "../config/origin.ts";
import { withPasswordFile } from "../config/password-file.ts";
import type { ExitCode } from "../errors.ts";
import { commandName } from "./commander-error.ts";
import type { CommandContext } from "./context.ts";
import type { Host } from "./host.ts";
import { Io } from "./io.ts";
import { typedFlags } from "./options.ts";
import { Progress } from "./progress.ts";
import type { Told } from "./report.ts";
import type { CommandKind, Work } from "./runner.ts";
import type { Stopping } from "./stopping.ts";
import { idleFlags } from "./taken.ts";

export type RunOptions = {
  readonly host: Host;
  readonly stopping: Stopping;
  readonly kind: CommandKind;
  /** Hears how an error is to be told: once the settings are known, and when a result is out. */
  readonly onTold: (told: Partial<Told>) => void;
};

/** Does a command's work with everything it needs; a module of its own, since zod and chalk come with it. */
export async function runCommand(
  command: CommandUnknownOpts,
  work: Work,
  { host, stopping, kind, onTold }: RunOptions,
): Promise<ExitCode> {
  const { env } = host;
  const cwd = host.cwd();
  const loaded = await loadConfig({ ...typedFlags(command), env, cwd });
  const opensDocuments = kind !== "report" && kind !== "settings";
  const { config, origin, warnings } = opensDocuments ? await withPasswordFile(loaded, cwd) : loaded;
  onTold({ debug: config.debug, format: config.format });
  stopping.limit(config.timeoutMs);
  const io = new Io(host, {
    color: config.color,
    output: isForResult(origin.output, kind) ? config.output : undefined,
    outputName: describeOrigin(origin.output, "output"),
    // One result or one error: a program parses standard output as a whole.
    onOut: () => onTold({ format: undefined }),
  });
  const { quiet, verbose, debug } = config;
  const progress = await Progress.open(io, { quiet, verbose, debug, env });
  const context: CommandContext = {
    config,
    origin,
    folders: folders(env),
    io,
    progress,
    signal: stopping.signal,
    leaveInterrupts: (work) => stopping.leaveInterrupts(work),
    env,
    cwd,
  };
  const ownConsole = globalThis.console;
  // Libraries that log by console must not write into the answer; llama.cpp's own log has its own way to stderr.
  globalThis.console = new Console(host.stderr, host.stderr);
  try {
    const idle = idleFlags(command, commandName(command), loaded);
    for (const warning of [...warnings, ...idle]) progress.warn(warning);
    tellSettings(context);
    if (kind !== "work" && kind !== "settings") await io.checkOutput();
    return await stopping.race(work(context));
  } finally {
    progress.stop();
    globalThis.console = ownConsole;
  }
}

/** A focus.toml names the file that results of documents are wanted in, and not that of lists. */
function isForResult(output: Origin, kind: CommandKind): boolean {
  return kind === "answer" || kind === "work" || !("path" in output);
}

/** With --verbose: what is not as it comes, and where from. */
function tellSettings(context: CommandContext): void {
  const settings = explain(context);
  const set = settings.filter(({ origin }) => origin !== "default");
  const told = set.map(({ key, value, origin }) => `${key} ${value} (${origin})`);
  const rest = `${settings.length - set.length} have their defaults, which focus config list shows`;
  context.progress.verbose(`settings: ${[...told, rest].join(", ")}`);
}
