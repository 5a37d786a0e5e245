import type { ErrorCode } from "../errors.ts";

/** A path that will not be read, and why; the reason completes "<path>: …". */
export type SkippedPath = {
  readonly path: string;
  readonly reason: string;
  /** True for a path that the user named: then the answer is partial. False for what a folder or a glob held. */
  readonly named: boolean;
  readonly hint?: string;
  readonly code?: ErrorCode;
};

/** Files in the order in which they were named, each once; "-" stands for standard input. */
export type Discovered = {
  readonly files: readonly string[];
  readonly skipped: readonly SkippedPath[];
};
