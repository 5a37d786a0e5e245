import { errorCode } from "./system-error.ts";

/** Whether a process of this machine has the pid. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and another user's.
    return errorCode(error) === "EPERM";
  }
}
