const MESSAGES: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  ENOENT: "no such file or folder",
  ENOTDIR: "a part of its path is a file",
  EEXIST: "a part of its path is a file",
  ENAMETOOLONG: "the name is longer than the file system allows",
  EIO: "the disk reports an error",
};

/** Code of a failed system call, such as "ENOENT"; undefined for any other error. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  // Our own errors have codes as well, in lower case.
  return typeof code === "string" && /^E[A-Z0-9_]+$/u.test(code) ? code : undefined;
}

/** What a failed file operation means. */
export function describeError(error: unknown): string {
  const code = errorCode(error);
  const known = MESSAGES[code ?? ""];
  if (known !== undefined) return known;
  return error instanceof Error ? error.message : String(error);
}

/** `value`, or undefined when what it is about is not there (any more): another process may delete at any time. */
export async function unlessMissing<Value>(value: Promise<Value>): Promise<Value | undefined> {
  try {
    return await value;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export function isMissing(error: unknown): boolean {
  const code = errorCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

/** `value`, or undefined when the file system refuses for whatever reason; bugs are thrown. */
export async function unlessRefused<Value>(value: Promise<Value>): Promise<Value | undefined> {
  try {
    return await value;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
