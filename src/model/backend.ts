import type { Llama } from "node-llama-cpp";
import { ModelError } from "../errors.ts";

export type Gpu = "auto" | "off" | "metal" | "cuda" | "vulkan";

export type BackendOptions = {
  readonly gpu: Gpu;
  /** Threads of one evaluation. More than the free physical cores is ruinous: ggml spins at barriers. */
  readonly threads: number;
  /** llama.cpp's own log, a line at a time; it must never reach stdout. */
  readonly onLog: (level: string, message: string) => void;
};

/** llama.cpp in this process, and what it runs on. */
export type Backend = {
  readonly llama: Llama;
  readonly threads: number;
  /** "CPU, 2 threads" or "METAL (Apple M2)". */
  readonly device: string;
  readonly hasGpu: boolean;
  /** "node-llama-cpp 3.22.1, llama.cpp v0.5.0"; part of every KV key, since layouts change between releases. */
  readonly release: string;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Loads the native library. Throws ModelError when this machine has no binary for it or the asked-for GPU is missing. */
export async function openBackend({ gpu, threads, onLog }: BackendOptions): Promise<Backend> {
  const { getLlama, getModuleVersion, LlamaLogLevel, NoBinaryFoundError } = await import("node-llama-cpp");
  try {
    const llama = await getLlama({
      gpu: gpu === "off" ? false : gpu,
      build: "never",
      maxThreads: threads,
      logLevel: LlamaLogLevel.warn,
      logger: onLog,
    });
    const names = llama.gpu === false ? [] : await llama.getGpuDeviceNames();
    return {
      llama,
      threads,
      device: llama.gpu === false ? `CPU, ${threads} threads` : `${llama.gpu.toUpperCase()} (${names.join(", ")})`,
      hasGpu: llama.gpu !== false,
      release: `node-llama-cpp ${await getModuleVersion()}, llama.cpp ${llama.llamaCppRelease.release}`,
      [Symbol.asyncDispose]: () => llama.dispose(),
    };
  } catch (cause) {
    if (!(cause instanceof NoBinaryFoundError)) throw cause;
    throw new ModelError(`no llama.cpp binary for ${process.platform}-${process.arch} with gpu "${gpu}"`, {
      hint: gpu === "auto" ? "reinstall focus with optional dependencies" : "try --gpu auto or --gpu off",
      cause,
    });
  }
}
