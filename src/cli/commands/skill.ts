import { readFile } from "node:fs/promises";
import { EXIT, type ExitCode } from "../../errors.ts";
import type { CommandContext } from "../context.ts";
import { requireText } from "../formatters.ts";

/** Three steps up from src/cli/commands and from dist/cli/commands alike. */
const SKILL = new URL("../../../skill/SKILL.md", import.meta.url);

/** `focus skill`: what agents are told of focus. */
export async function runSkill(context: CommandContext): Promise<ExitCode> {
  requireText(context);
  await context.io.writeResult(await readFile(SKILL, "utf8"));
  return EXIT.done;
}
