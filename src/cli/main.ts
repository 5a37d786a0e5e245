import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { EXIT, type ExitCode } from "../errors.ts";
import { askedFormat } from "./asked-format.ts";
import { columnsOf } from "./columns.ts";
import { commandName, usageError } from "./commander-error.ts";
import type { Host } from "./host.ts";
import { showLife } from "./life-sign.ts";
import { createProgram, VERSION_ASKED } from "./program.ts";
import { report, type Told } from "./report.ts";
import type { runCommand } from "./run.ts";
import { Stopping } from "./stopping.ts";

/** After the answer is out, how long native handles may keep the process before it is ended. */
const LINGER_MS = 300;

/** The command line: arguments in, exit code out. The only place where errors end up. */
export async function main(argv: readonly string[], host: Host): Promise<ExitCode> {
  // Failed writes are told to whoever wrote; without a listener they would end the process with a stack.
  for (const stream of [host.stdout, host.stderr]) stream.on("error", () => {});
  using stopping = new Stopping(host);
  let code: ExitCode = EXIT.done;
  let how: Told = {
    debug: argv.includes("--debug"),
    format: askedFormat(argv, host.env),
    command: undefined,
  };
  const onTold = (told: Partial<Told>): void => {
    how = { ...how, ...told };
  };
  const program = createProgram(async (command, work, kind = "report") => {
    const hideLife = showLife(argv, host);
    const runIt = await loadRunCommand();
    hideLife();
    onTold({ command: commandName(command) });
    code = await runIt(command, work, { host, stopping, kind, onTold });
  });
  connect(program, host, onTold);
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) code = await endEarly(error, host);
    else code = await report(error, { host, ...how });
  }
  // The loop is left to run dry, which ends the process. Only where native handles keep it alive, such as an evaluation
  // that Ctrl-C left behind, this timer finds it still there; results were written and flushed long before.
  setTimeout(() => host.exit(code), LINGER_MS).unref();
  return code;
}

/** Help was printed, asked for or because the command is missing; or the version is to be. */
async function endEarly({ code, exitCode }: CommanderError, host: Host): Promise<ExitCode> {
  if (code === VERSION_ASKED) host.stdout.write(await (await import("./version.ts")).versionText());
  return exitCode === 0 ? EXIT.done : EXIT.usage;
}

/** Apart from `main`: TypeScript 6.0.3 does not rewrite ".ts" of an import() in a function that has `using`. */
async function loadRunCommand(): Promise<typeof runCommand> {
  return (await import("./run.ts")).runCommand;
}

/** Sends commander's output to the host, and its errors to us instead of to process.exit. */
function connect(program: CommandUnknownOpts, host: Host, onTold: (told: Partial<Told>) => void): void {
  const exists = (path: string): boolean => existsSync(resolve(host.cwd(), path));
  const columns = host.stdout.isTTY === true ? columnsOf(host.stdout) : 80;
  for (const command of [program, ...program.commands, ...program.commands.flatMap((one) => one.commands)]) {
    command.configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      writeErr: (text) => void host.stderr.write(text),
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
      outputError: () => {},
    });
    command.exitOverride((error) => {
      onTold({ command: commandName(command) });
      const isHelp = error.exitCode === 0 || error.code === "commander.help";
      throw isHelp ? error : usageError(error, command, exists);
    });
  }
}
