/** How far a pull is; bytes of the model's file. */
export type PullProgress = {
  readonly doneBytes: number;
  /** Absent when the source does not say. */
  readonly totalBytes?: number;
  readonly phase: "download" | "join" | "verify";
};
