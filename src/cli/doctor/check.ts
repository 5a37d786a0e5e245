import { EXIT, type ExitCode, FocusError } from "../../errors.ts";
import type { Check } from "../../format/doctor.ts";

/** What a check found; without `status` it is well. */
export type Finding = {
  readonly status?: Check["status"];
  readonly detail: string;
  readonly hint?: string;
};

export type Examination = {
  readonly name: string;
  /** What `focus doctor` exits with when this fails. */
  readonly exitCode: ExitCode;
  readonly examine: () => Finding | Promise<Finding>;
};

/** A check and the exit code that it calls for. */
export type Examined = { readonly check: Check; readonly exitCode: ExitCode };

/** Runs one examination. What it throws is what it found: the doctor goes on to the next one. */
export async function runExamination({ name, exitCode, examine }: Examination): Promise<Examined> {
  const { status = "ok", detail, hint = null } = await Promise.resolve().then(examine).catch(failure);
  return { check: { name, status, detail, hint }, exitCode: status === "fail" ? exitCode : EXIT.done };
}

function failure(error: unknown): Finding & { hint?: string } {
  const detail = error instanceof Error ? error.message : String(error);
  const hint = error instanceof FocusError ? error.hint : undefined;
  return hint === undefined ? { status: "fail", detail } : { status: "fail", detail, hint };
}
