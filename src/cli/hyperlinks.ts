import type { Environment } from "../config/folders.ts";

/** Terminals that follow OSC 8, as their TERM_PROGRAM or TERM names them. */
const PROGRAMS = new Set([
  "iTerm.app",
  "WezTerm",
  "vscode",
  "ghostty",
  "zed",
  "Hyper",
  "rio",
  "WarpTerminal",
]);
const TERMS = /^(?:xterm-kitty|xterm-ghostty|alacritty|foot)/u;
/** VTE (GNOME Terminal and others) follows links since 0.50. */
const LEAST_VTE = 5000;

/** Whether a terminal makes links of OSC 8; one that is not known gets none, since some print them. FORCE_HYPERLINK decides, but for TERM=dumb. */
export function followsHyperlinks(env: Environment): boolean {
  const { FORCE_HYPERLINK, TERM = "", TERM_PROGRAM = "", VTE_VERSION, WT_SESSION, KONSOLE_VERSION } = env;
  if (TERM === "dumb") return false;
  if (FORCE_HYPERLINK !== undefined) return FORCE_HYPERLINK !== "0" && FORCE_HYPERLINK !== "false";
  if (PROGRAMS.has(TERM_PROGRAM) || TERMS.test(TERM)) return true;
  if (WT_SESSION !== undefined || KONSOLE_VERSION !== undefined) return true;
  return Number(VTE_VERSION ?? 0) >= LEAST_VTE;
}
