import { defineConfig } from "vitest/config";

/** A machine with all its cores at work is slow to do what a test waits for. */
const POLL = { poll: { timeout: 20_000 } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/gguf/**", "test/cli/**", "test/browser/**"],
          testTimeout: 30_000,
          expect: POLL,
        },
      },
      // Spawns the built binary; no model weights are loaded.
      {
        test: {
          name: "cli",
          include: ["test/cli/**/*.test.ts"],
          testTimeout: 60_000,
          maxWorkers: 1,
          expect: POLL,
        },
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
      // Reports of the built binary, opened in the Chromium of a package.
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/gguf/pull-model.ts"],
          maxWorkers: 1,
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
