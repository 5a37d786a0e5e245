import type { Recognised, Recogniser } from "../document/recognition.ts";
import { UsageError } from "../errors.ts";
import { describeError, errorCode } from "../fs/system-error.ts";
import { OcrEngine } from "./engine.ts";
import { ENGINE, listLanguages } from "./folder.ts";
import { KeptTexts } from "./kept.ts";
import { requireLanguageName } from "./pull.ts";

/** Seconds a page on one core, for the estimate until the first is done. */
const USUAL_SECONDS = 4;

export type RecogniserOptions = {
  /** auto: every language that is here; off; or languages, such as eng or eng+deu. */
  readonly wanted: string;
  readonly folders: { readonly ocr: string; readonly recognised: string };
  /** Whether results are kept on the disk, and taken from there. */
  readonly cache: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RecognitionProgress) => void;
  /** Hears, once, why results are not kept. */
  readonly onWarning: (message: string) => void;
};

/** Told before the first picture of a document, and as each begins. */
export type RecognitionProgress = {
  readonly path: string;
  /** 0 before the first. */
  readonly picture: number;
  readonly pictures: number;
  /** Less where it was done before. */
  readonly secondsLeft: number;
};

/** A recogniser that starts Tesseract when the first picture comes. Dispose of it. */
export type OpenRecogniser = Recogniser & AsyncDisposable;

/** Undefined when it is off, or nothing is installed. Throws UsageError for a language that is not here. */
export async function openRecogniser(options: RecogniserOptions): Promise<OpenRecogniser | undefined> {
  const languages = await wantedLanguages(options.wanted, options.folders.ocr);
  return languages.length === 0 ? undefined : new LazyRecogniser(languages, options);
}

/** The languages that pictures are read in; none when it is off, or nothing is installed. Throws UsageError as `openRecogniser`. */
export async function wantedLanguages(wanted: string, folder: string): Promise<readonly string[]> {
  if (wanted === "off") return [];
  const here = (await listLanguages(folder)).map(({ name }) => name);
  if (wanted === "auto") return here;
  const languages = wanted.split("+");
  for (const name of languages) {
    requireLanguageName(name);
    if (!here.includes(name))
      throw new UsageError(`--ocr ${wanted}: the language ${name} is not installed`, {
        hint: `focus ocr pull ${name}`,
      });
  }
  return languages;
}

class LazyRecogniser implements OpenRecogniser {
  readonly engine = `${ENGINE.name} ${ENGINE.version}`;
  readonly languages: readonly string[];
  readonly #options: RecogniserOptions;
  #kept: KeptTexts | undefined;
  #engine: Promise<OcrEngine> | undefined;
  #path = "";
  #pictures = 0;
  #done = 0;
  #secondsEach = USUAL_SECONDS;

  constructor(languages: readonly string[], options: RecogniserOptions) {
    this.languages = languages;
    this.#options = options;
    this.#kept = options.cache ? new KeptTexts(options.folders.recognised) : undefined;
  }

  readonly announce = (path: string, pictures: number): void => {
    [this.#path, this.#pictures, this.#done] = [path, pictures, 0];
    this.#tell(0);
  };

  #tell(picture: number): void {
    const [path, pictures] = [this.#path, this.#pictures];
    const secondsLeft = (pictures - this.#done) * this.#secondsEach;
    this.#options.onProgress({ path, picture, pictures, secondsLeft });
  }

  readonly recognise = async (picture: Uint8Array, name: string): Promise<Recognised> => {
    this.#tell(this.#done + 1);
    this.#done += 1;
    const key = KeptTexts.key(picture, this.languages);
    const known = await this.#unlessRefused(this.#kept?.get(key));
    if (known !== undefined) return known;
    const { folders, signal } = this.#options;
    this.#engine ??= OcrEngine.start(folders.ocr, this.languages, signal);
    const engine = await this.#engine;
    const startMs = performance.now();
    const recognised = await engine.recognise(picture, name);
    this.#secondsEach = (performance.now() - startMs) / 1000;
    await this.#unlessRefused(this.#kept?.put(key, recognised));
    return recognised;
  };

  /** What the file system refuses is told once; from then on nothing is kept. */
  async #unlessRefused<Value>(value: Promise<Value> | undefined): Promise<Value | undefined> {
    try {
      return await value;
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      if (this.#kept !== undefined) {
        const { recognised } = this.#options.folders;
        const why = describeError(error);
        this.#options.onWarning(
          `recognised text is not kept: ${recognised} cannot be used (${why}), so it is recognised again next time`,
        );
      }
      this.#kept = undefined;
      return undefined;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // One that did not start has thrown already.
    const engine = await this.#engine?.catch(() => undefined);
    await engine?.[Symbol.asyncDispose]();
  }
}
