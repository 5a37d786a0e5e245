/** Path → what its bytes are told apart by. */
export type FileVersions = ReadonlyMap<string, string>;

export type Changes = {
  /** Changed or new, in the order in which they were found. */
  readonly changed: readonly string[];
  readonly gone: readonly string[];
};

/**
 * What has become of files since it was last told. A file counts when two looks in a row see it alike: one that is still
 * being written, or that a program replaces by deleting it first, waits for the next look.
 */
export class Settled {
  /** As they were told. */
  readonly #told: Map<string, string>;
  #before: FileVersions;

  /** `now` counts as told. */
  constructor(now: FileVersions) {
    this.#told = new Map(now);
    this.#before = now;
  }

  /** What has settled with this look; it is told once. */
  look(now: FileVersions): Changes {
    const before = this.#before;
    this.#before = now;
    const changed = [...now].filter(
      ([path, version]) => version === before.get(path) && version !== this.#told.get(path),
    );
    const gone = [...this.#told.keys()].filter((path) => !now.has(path) && !before.has(path));
    for (const [path, version] of changed) this.#told.set(path, version);
    for (const path of gone) this.#told.delete(path);
    return { changed: changed.map(([path]) => path), gone };
  }
}
