/** Whoever read our output went away (`focus … | head`): nothing is wrong, there is only nobody to tell. */
export class BrokenPipeError extends Error {
  override readonly name = "BrokenPipeError";
}
