import { KvStoreError } from "../../errors.ts";
import { describeError, errorCode } from "../../fs/system-error.ts";

/** Runs what reads or changes a store as a whole, and says of what the file system refuses which store it was. */
export async function orKvStoreError<Result>(dir: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (errorCode(cause) === undefined) throw cause;
    throw new KvStoreError(`the KV store in ${dir} cannot be used: ${describeError(cause)}`, {
      hint: "check the folder's rights, or set FOCUS_CACHE_DIR to another one",
      cause,
    });
  }
}
