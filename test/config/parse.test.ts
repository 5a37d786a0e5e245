import { describe, expect, it } from "vitest";
import { toBoolean, toBytes, toMilliseconds, toNumber } from "../../src/config/parse.ts";

describe("durations", () => {
  it.each([
    ["90s", 90_000],
    ["5m", 300_000],
    ["1h30m", 5_400_000],
    ["1h0m5s", 3_605_000],
    ["1.5h", 5_400_000],
    ["0.25s", 250],
    [" 90 ", 90_000],
    [90, 90_000],
  ])("%j is %d ms", (value, expected) => {
    expect(toMilliseconds(value)).toBe(expected);
  });

  it.each(["", "h", "5 m", "30m1h", "soon", "1d", "-"])("%j is left to be refused", (value) => {
    expect(toMilliseconds(value)).toBe(value);
  });
});

describe("sizes", () => {
  it.each([
    ["20GB", 20e9],
    ["1.5 gb", 1.5e9],
    ["2GiB", 2 ** 31],
    ["512", 512],
    ["512B", 512],
    [512, 512],
  ])("%j is %d bytes", (value, expected) => {
    expect(toBytes(value)).toBe(expected);
  });

  it.each(["", "GB", "20G B", "20gbit", "-1GB", "1e9"])("%j is left to be refused", (value) => {
    expect(toBytes(value)).toBe(value);
  });
});

describe("numbers and switches", () => {
  it("takes digits and nothing that merely begins with them", () => {
    expect(["12", "-1", "1.5"].map(toNumber)).toEqual([12, -1, 1.5]);
    expect(["12abc", "0x10", "1e3", "", " "].map(toNumber)).toEqual(["12abc", "0x10", "1e3", "", " "]);
  });

  it("takes the usual words for yes and no", () => {
    expect(["1", "TRUE", "yes", "on"].map(toBoolean)).toEqual([true, true, true, true]);
    expect(["0", "false", "No", "off"].map(toBoolean)).toEqual([false, false, false, false]);
    expect(["maybe", "", 1].map(toBoolean)).toEqual(["maybe", "", 1]);
  });
});
