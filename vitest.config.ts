import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/gguf/**", "test/cli/**"],
          testTimeout: 30_000,
        },
      },
      // Spawns the built binary; no model weights are loaded.
      {
        test: { name: "cli", include: ["test/cli/**/*.test.ts"], testTimeout: 60_000, maxWorkers: 1 },
      },
      // One worker: two models decoding at once on a laptop would only fight for its cores.
      {
        test: {
          name: "gguf",
          include: ["test/gguf/**/*.test.ts"],
          globalSetup: ["test/gguf/pull-model.ts"],
          pool: "forks",
          maxWorkers: 1,
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
