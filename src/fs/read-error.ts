import type { ErrorCode } from "../errors.ts";
import { errorCode } from "./system-error.ts";

const MESSAGES: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  ENOTDIR: "no such file or folder (a part of its path is a file)",
  EACCES: "may not be read (permission denied)",
  EPERM: "may not be read (permission denied)",
  EISDIR: "is a folder, expected a file",
  ELOOP: "is a symbolic link that leads to itself",
  ENAMETOOLONG: "has a name longer than the file system allows",
  EMFILE: "could not be opened (too many open files)",
  ERR_FS_FILE_TOO_LARGE: "is larger than 2 GiB, the most that can be read at once",
  ERR_INVALID_ARG_VALUE: "is not a file name (it has a NUL byte)",
};

const CODES: Readonly<Record<string, ErrorCode>> = {
  ENOENT: "input.not-found",
  ENOTDIR: "input.not-found",
  EACCES: "input.not-permitted",
  EPERM: "input.not-permitted",
  EISDIR: "input.is-folder",
};

/** The code of a failed file operation, for programs. */
export function inputErrorCode(error: unknown): ErrorCode {
  return CODES[errorCode(error) ?? ""] ?? "input";
}

/** What a failed file operation means, as the end of a sentence that begins with the path. */
export function describeSystemError(error: unknown): string {
  if (!(error instanceof Error)) return "could not be read";
  const code = errorCode(error);
  return MESSAGES[code ?? ""] ?? `could not be read (${code ?? error.message})`;
}
