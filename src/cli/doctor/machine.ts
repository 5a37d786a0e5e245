import { availableParallelism, cpus, totalmem } from "node:os";
import { loadPdfium } from "../../document/formats/pdf/pdfium.ts";
import { EXIT } from "../../errors.ts";
import { bytes } from "../../format/quantity.ts";
import { openBackend } from "../../model/backend.ts";
import { availableMemoryBytes } from "../../model/memory.ts";
import type { CommandContext } from "../context.ts";
import type { Examination, Finding } from "./check.ts";

/** As in package.json's engines. */
const LEAST_NODE = [20, 19] as const;

/** Less free memory than this leaves no room for the embedded model, its contexts and Node. */
const LEAST_MEMORY_BYTES = 700e6;

/** Node, processor, memory, llama.cpp's device, PDF parser. */
export function machineExaminations(context: CommandContext): readonly Examination[] {
  return [
    { name: "node", exitCode: EXIT.usage, examine: node },
    { name: "processor", exitCode: EXIT.model, examine: processor },
    { name: "memory", exitCode: EXIT.model, examine: memory },
    { name: "device", exitCode: EXIT.model, examine: () => device(context) },
    { name: "pdf parser", exitCode: EXIT.input, examine: pdfParser },
  ];
}

function node(): Finding {
  const detail = `${process.version} on ${process.platform}-${process.arch}`;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return { detail };
  return { status: "fail", detail, hint: `focus needs Node ${LEAST_NODE.join(".")} or later` };
}

function processor(): Finding {
  const model = cpus()[0]?.model.trim() || "unknown processor";
  return { detail: `${model}, ${availableParallelism()} logical cores` };
}

function memory(): Finding {
  const free = availableMemoryBytes();
  const detail = `${bytes(free)} free of ${bytes(totalmem())}`;
  if (free >= LEAST_MEMORY_BYTES) return { detail };
  return {
    status: "warn",
    detail,
    hint: `close other programs: the smallest model wants ${bytes(LEAST_MEMORY_BYTES)}`,
  };
}

async function device({ config, progress }: CommandContext): Promise<Finding> {
  await using backend = await openBackend({
    gpu: config.gpu,
    threads: config.threads,
    onLog: (level, message) => progress.debug(`llama.cpp ${level}: ${message.trimEnd()}`),
  });
  return { detail: `${backend.device}, ${backend.release}` };
}

async function pdfParser(): Promise<Finding> {
  await loadPdfium();
  return { detail: "PDFium loads" };
}
