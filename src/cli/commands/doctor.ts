import { explain } from "../../config/load.ts";
import { EXIT, type ExitCode } from "../../errors.ts";
import { DOCTOR_FORMATS } from "../../format/doctor.ts";
import type { CommandContext } from "../context.ts";
import { type Examined, runExamination } from "../doctor/check.ts";
import { engineExaminations } from "../doctor/engine.ts";
import { folderExaminations } from "../doctor/folders.ts";
import { machineExaminations } from "../doctor/machine.ts";
import { reportFormatter } from "../formatters.ts";

/** `focus doctor`: looks at everything that a question needs; exits with the code of the first thing that fails. */
export async function runDoctor(context: CommandContext): Promise<ExitCode> {
  const { io, progress, signal } = context;
  const format = reportFormatter(context, DOCTOR_FORMATS);
  const examined: Examined[] = [];
  const examinations = [machineExaminations, engineExaminations, folderExaminations].flatMap((of) =>
    of(context),
  );
  for (const examination of examinations) {
    signal.throwIfAborted();
    progress.step(`looking at ${examination.name}`);
    examined.push(await runExamination(examination));
  }
  progress.stop();
  await io.writeResult(
    format({ checks: examined.map(({ check }) => check), settings: explain(context) }, io),
  );
  return examined.find(({ exitCode }) => exitCode !== EXIT.done)?.exitCode ?? EXIT.done;
}
