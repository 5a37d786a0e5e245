import { Console } from "node:console";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { folders } from "../config/folders.ts";
import { loadConfig } from "../config/load.ts";
import type { ExitCode } from "../errors.ts";
import type { Host } from "./host.ts";
import { Io } from "./io.ts";
import { typedFlags } from "./options.ts";
import { Progress } from "./progress.ts";
import type { Told } from "./report.ts";
import type { OutputKind, Work } from "./runner.ts";
import type { Stopping } from "./stopping.ts";

export type RunOptions = {
  readonly host: Host;
  readonly stopping: Stopping;
  readonly output: OutputKind;
  /** Hears how an error is to be told: once the settings are known, and when a result is out. */
  readonly onTold: (told: Partial<Told>) => void;
};

/** Does a command's work with everything it needs; a module of its own, since zod and chalk come with it. */
export async function runCommand(
  command: CommandUnknownOpts,
  work: Work,
  { host, stopping, output, onTold }: RunOptions,
): Promise<ExitCode> {
  const { env } = host;
  const cwd = host.cwd();
  const { config, origin, warnings } = await loadConfig({ ...typedFlags(command), env, cwd });
  onTold({ debug: config.debug, format: config.format });
  stopping.limit(config.timeoutMs);
  const io = new Io(host, {
    color: config.color,
    output: config.output,
    // One result or one error: a program parses standard output as a whole.
    onOut: () => onTold({ format: undefined }),
  });
  const { quiet, verbose, debug } = config;
  const progress = await Progress.open(io, { quiet, verbose, debug, env });
  const context = { config, origin, folders: folders(env), io, progress, signal: stopping.signal, env, cwd };
  const ownConsole = globalThis.console;
  // Libraries that log by console must not write into the answer; llama.cpp's own log has its own way to stderr.
  globalThis.console = new Console(host.stderr, host.stderr);
  try {
    for (const warning of warnings) progress.warn(warning);
    if (output === "file") await io.checkOutput();
    return await stopping.race(work(context));
  } finally {
    progress.stop();
    globalThis.console = ownConsole;
  }
}
