import { createRequire } from "node:module";
import { join } from "node:path";
import type { Recognised } from "../document/recognition.ts";
import { InputError, ModelError } from "../errors.ts";
import { ENGINE, languageFolder } from "./folder.ts";

/** What is used of tesseract.js 7, whose types are not here until it is pulled. */
type Tesseract = {
  readonly createWorker: (languages: string[], mode: number, options: object) => Promise<Worker>;
};
type Worker = {
  readonly recognize: (picture: Buffer) => Promise<{ data: { text: string; confidence: number } }>;
  readonly terminate: () => Promise<unknown>;
};

/** OEM_LSTM_ONLY of Tesseract. */
const LSTM = 1;

/** Tesseract in a thread of its own, as WebAssembly. About 0.6 s to start, 200 MB, 3 s a page. */
export class OcrEngine {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;

  private constructor(worker: Worker, signal: AbortSignal) {
    this.#worker = worker;
    this.#signal = signal;
  }

  /** The languages must be there: without its data a worker would ask the network, and never come back without one. */
  static async start(dir: string, languages: readonly string[], signal: AbortSignal): Promise<OcrEngine> {
    try {
      const load = createRequire(join(dir, "package.json"));
      const { createWorker } = load(ENGINE.name) as Tesseract;
      const where = { langPath: languageFolder(dir), gzip: true, cacheMethod: "none" };
      const worker = await new Promise<Worker>((resolve, reject) => {
        // Without a handler an error ends the process; with one a worker that fails to start never settles.
        const options = { ...where, errorHandler: reject };
        createWorker([...languages], LSTM, options).then(resolve, reject);
      });
      return new OcrEngine(worker, signal);
    } catch (cause) {
      throw new ModelError(`text recognition in ${dir} does not start: ${reasonOf(cause)}`, {
        hint: `install it anew: delete that folder, then focus ocr pull ${languages[0] ?? "eng"}`,
        cause,
      });
    }
  }

  /** Throws InputError for a picture that cannot be read, or the signal's reason. */
  async recognise(picture: Uint8Array, name: string): Promise<Recognised> {
    try {
      const { data } = await this.#unlessStopped(this.#worker.recognize(Buffer.from(picture)));
      return { text: data.text, confidence: data.confidence };
    } catch (cause) {
      this.#signal.throwIfAborted();
      throw new InputError(`${name}: the picture cannot be read: ${reasonOf(cause)}`, {
        hint: "open it in an image viewer and save it as PNG",
        cause,
      });
    }
  }

  /** A page takes seconds, and cannot be stopped but with its worker. */
  #unlessStopped<T>(work: Promise<T>): Promise<T> {
    const signal = this.#signal;
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(signal.reason);
      signal.addEventListener("abort", stop, { once: true });
      if (signal.aborted) stop();
      work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }
}

/** tesseract.js also throws texts. */
function reasonOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "";
}
