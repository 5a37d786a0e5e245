import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { linkFasterCopies } from "../helpers/faster-copies.ts";

export const BIN = fileURLToPath(new URL("../../bin/focus.js", import.meta.url));

export type Spawned = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly elapsedMs: number;
};

export type SpawnOptions = {
  /** Also FOCUS_HOME, unless `env` says otherwise. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Written to standard input, which is then closed; undefined leaves it open and silent. */
  readonly input?: string | undefined;
  readonly nodeArguments?: readonly string[];
  /** Called with the child as soon as it has said something on standard error or standard output. */
  readonly onStart?: (child: ReturnType<typeof spawn>) => void;
};

/** Runs the built focus, with pipes for all three streams and none of this machine's FOCUS_ variables. */
export async function focus(args: readonly string[], options: SpawnOptions): Promise<Spawned> {
  const { cwd, env: given = {}, nodeArguments = [], onStart } = options;
  const env = { ...baseEnvironment(cwd), ...given };
  if (runsTestModel(given)) await linkFasterCopies(env.FOCUS_HOME);
  const startMs = performance.now();
  const child = spawn(process.execPath, [...nodeArguments, BIN, ...args], { cwd, env, stdio: "pipe" });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => out.push(part));
  child.stderr.on("data", (part: Buffer) => err.push(part));
  child.stdin.on("error", () => {});
  if (!("input" in options) || options.input !== undefined) child.stdin.end(options.input ?? "");
  onStart?.(child);
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code, signal) => {
      const stdout = Buffer.concat(out).toString();
      const stderr = Buffer.concat(err).toString();
      done({ code, signal, stdout, stderr, elapsedMs: performance.now() - startMs });
    });
  });
}

/** Other commands load no model, and some look at what their home holds. */
function runsTestModel({ FOCUS_MODEL: model }: Readonly<Record<string, string>>): boolean {
  const { FOCUS_TEST_MODEL: ofTests } = process.env;
  return model !== undefined && model === ofTests;
}

function baseEnvironment(home: string) {
  const { PATH = "" } = process.env;
  return { PATH, HOME: home, FOCUS_HOME: home };
}
