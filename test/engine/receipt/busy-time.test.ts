import { describe, expect, it, vi } from "vitest";
import { BusyTime } from "../../../src/engine/receipt/busy-time.ts";

describe("busy time", () => {
  it("counts overlapping jobs once, and pauses not at all", async () => {
    vi.useFakeTimers();
    try {
      const busy = new BusyTime();
      const job = (ms: number) => busy.during(() => new Promise((done) => setTimeout(done, ms)));
      const jobs = Promise.all([job(100), job(150)]);
      await vi.advanceTimersByTimeAsync(150);
      await jobs;
      await vi.advanceTimersByTimeAsync(1000);
      const last = job(50);
      await vi.advanceTimersByTimeAsync(50);
      await last;
      expect(busy.ms).toBe(200);
    } finally {
      vi.useRealTimers();
    }
  });

  it("ends with a job that fails", async () => {
    const busy = new BusyTime();
    await expect(busy.during(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(busy.ms).toBeGreaterThanOrEqual(0);
  });
});
