import { describe, expect, it } from "vitest";
import { redirected } from "../../../src/model/sources/redirects.ts";

describe("redirected", () => {
  it("leads from https to https, or to a path there", () => {
    expect(redirected("https://a.example/x", "https://b.example/y?key=1")).toBe("https://b.example/y?key=1");
    expect(redirected("https://a.example/x/y", "z")).toBe("https://a.example/x/z");
  });

  it("never leads from https to http, not even on this machine", () => {
    expect(() => redirected("https://a.example/x?key=abc", "http://localhost/y?key=abc")).toThrow(
      /^https:\/\/a\.example\/x: the server answered with a redirect from https to http:\/\/localhost\/y$/u,
    );
  });
});
