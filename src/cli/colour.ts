import type { Environment } from "../config/folders.ts";

type Ask = {
  readonly isTerminal: boolean;
  /** False under --no-color. */
  readonly allowed: boolean;
  readonly env: Environment;
};

/** Whether a stream gets colours: --no-color, then NO_COLOR, FORCE_COLOR, TERM=dumb, then whether it is a terminal. */
export function wantsColour({ isTerminal, allowed, env }: Ask): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  if (!allowed || (NO_COLOR !== undefined && NO_COLOR !== "")) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return isTerminal && TERM !== "dumb";
}
