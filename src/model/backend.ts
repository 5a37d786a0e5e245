import { availableParallelism } from "node:os";
import type { Llama } from "node-llama-cpp";
import { ModelError } from "../errors.ts";
import { measureBusyCores } from "./free-cores.ts";

export type Gpu = "auto" | "off" | "metal" | "cuda" | "vulkan";

export type BackendOptions = {
  readonly gpu: Gpu;
  /**
   * Threads of one evaluation; undefined = the physical cores (performance cores where there are two kinds) that other
   * programs leave free just now. More than those is ruinous: ggml spins at barriers.
   */
  readonly threads: number | undefined;
  /** llama.cpp's own log, a line at a time; it must never reach stdout. */
  readonly onLog: (level: string, message: string) => void;
};

/** llama.cpp in this process, and what it runs on. */
export type Backend = {
  readonly llama: Llama;
  readonly threads: number;
  /** "CPU, 2 threads" or "METAL (Apple M2)". */
  readonly device: string;
  /** What computes; part of every KV key, since other kernels change rows in the last bits. */
  readonly processor: "cpu" | "metal" | "cuda" | "vulkan";
  /** "node-llama-cpp 3.22.1, llama.cpp v0.5.0"; part of every KV key, since layouts change between releases. */
  readonly release: string;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Loads the native library. Throws ModelError when this machine has no binary for it or the asked-for GPU is missing. */
export async function openBackend({ gpu, threads, onLog }: BackendOptions): Promise<Backend> {
  const busyCores = measureBusyCores();
  const { getLlama, getModuleVersion, LlamaLogLevel, NoBinaryFoundError } = await import("node-llama-cpp");
  // Before getLlama, which tries the binary in a child of its own.
  const busy = busyCores();
  try {
    const llama = await getLlama({
      gpu: gpu === "off" ? false : gpu,
      build: "never",
      logLevel: LlamaLogLevel.warn,
      logger: onLog,
    });
    const cores = Math.min(llama.cpuMathCores, availableParallelism());
    const nThreads = threads ?? Math.max(1, Math.round(cores - busy));
    llama.maxThreads = nThreads;
    const names = llama.gpu === false ? [] : await llama.getGpuDeviceNames();
    return {
      llama,
      threads: nThreads,
      device:
        llama.gpu === false ? `CPU, ${nThreads} threads` : `${llama.gpu.toUpperCase()} (${names.join(", ")})`,
      processor: llama.gpu === false ? "cpu" : llama.gpu,
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
