import { describe, expect, it } from "vitest";
import { followsHyperlinks } from "../../src/cli/hyperlinks.ts";
import { linksOf } from "../../src/cli/links.ts";

const CWD = "/home/ada/work";

function surroundings(links: "auto" | "off" | "obsidian", env = {}, toTerminal = false) {
  return { config: { links }, cwd: CWD, env, io: { toTerminal, color: toTerminal } };
}

const PLACE = { path: "reports/a (1) #2.pdf", page: 47 };

describe("links", () => {
  it("are file URLs on a terminal that follows them, and nothing in a pipe or a file", () => {
    const kitty = { TERM: "xterm-kitty" };
    const links = linksOf(surroundings("auto", kitty, true), "text", undefined);
    expect(links?.kind).toBe("terminal");
    expect(links?.to(PLACE)).toBe("file:///home/ada/work/reports/a%20(1)%20%232.pdf#page=47");
    expect(links?.to({ path: "notes.md", page: null })).toBe("file:///home/ada/work/notes.md");
    expect(links?.to({ path: "slides.pptx", page: 3 })).toBe("file:///home/ada/work/slides.pptx");
    expect(links?.to({ path: "-", page: 1 })).toBeUndefined();
    expect(linksOf(surroundings("auto", kitty, false), "text", undefined)).toBeUndefined();
    expect(linksOf(surroundings("auto", kitty, true), "text", "/tmp/out.txt")).toBeUndefined();
    expect(linksOf(surroundings("auto", { TERM: "xterm" }, true), "text", undefined)).toBeUndefined();
    const colourless = { ...surroundings("auto", kitty, true), io: { toTerminal: true, color: false } };
    expect(linksOf(colourless, "text", undefined)).toBeUndefined();
    expect(linksOf(surroundings("off", kitty, true), "text", undefined)).toBeUndefined();
  });

  it("are relative to where Markdown and HTML go", () => {
    const out = "/home/ada/notes/answer.md";
    const encoded = "reports/a%20%281%29%20%232.pdf#page=47";
    expect(linksOf(surroundings("auto"), "markdown", undefined)?.to(PLACE)).toBe(encoded);
    expect(linksOf(surroundings("auto"), "html", out)?.to(PLACE)).toBe(`../work/${encoded}`);
    const evil = { path: "javascript:alert(1).pdf", page: 1 };
    expect(linksOf(surroundings("auto"), "html", undefined)?.to(evil)).toMatch(/^javascript%3A/u);
    expect(linksOf(surroundings("off"), "markdown", out)).toBeUndefined();
  });

  it("lead to the file that an attachment came in, whose pages are others", () => {
    const attached = { path: "mails/a.pdf » plan.pdf", page: 3 };
    const links = linksOf(surroundings("auto", { TERM: "xterm-kitty" }, true), "text", undefined);
    expect(links?.to(attached)).toBe("file:///home/ada/work/mails/a.pdf");
    expect(linksOf(surroundings("auto"), "markdown", undefined)?.to(attached)).toBe("mails/a.pdf");
    expect(linksOf(surroundings("obsidian"), "markdown", undefined)?.to(attached)).toBe("mails/a.pdf");
  });

  it("are a vault's in Markdown with obsidian", () => {
    const links = linksOf(surroundings("obsidian"), "markdown", undefined);
    expect(links?.kind).toBe("obsidian");
    expect(links?.to(PLACE)).toBe("reports/a (1) #2.pdf#page=47");
    expect(linksOf(surroundings("obsidian"), "html", undefined)?.kind).toBe("markdown");
  });

  it.each([
    [{}, false],
    [{ TERM: "dumb", VTE_VERSION: "7600" }, false],
    [{ TERM: "dumb", FORCE_HYPERLINK: "1" }, false],
    [{ VTE_VERSION: "7600" }, true],
    [{ VTE_VERSION: "4205" }, false],
    [{ TERM_PROGRAM: "iTerm.app" }, true],
    [{ TERM_PROGRAM: "Apple_Terminal" }, false],
    [{ WT_SESSION: "x" }, true],
    [{ FORCE_HYPERLINK: "1" }, true],
    [{ FORCE_HYPERLINK: "0", WT_SESSION: "x" }, false],
  ])("are followed by terminals that say so: %j", (env, follows) => {
    expect(followsHyperlinks(env)).toBe(follows);
  });
});
