import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

/** What the packaged browser's own start-up sets; its libraries are for machines that have none of their own. */
const SET_BY_PACKAGE = ["TMPDIR", "AWS_EXECUTION_ENV", "LD_LIBRARY_PATH", "FONTCONFIG_PATH"];

/** Opens headless Chromium: the one of the package (Linux on x64), or the browser that FOCUS_TEST_BROWSER names. */
export async function openBrowser() {
  const { FOCUS_TEST_BROWSER: own } = process.env;
  if (own !== undefined) return chromium.launch({ executablePath: own });
  const before = SET_BY_PACKAGE.map((name) => [name, process.env[name]]);
  // The package unpacks into the temporary folder, and takes any "chromium" that it finds there.
  const folder = join(tmpdir(), "focus-test-browser-143.0.4");
  await mkdir(folder, { recursive: true });
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" });
  try {
    const { default: packaged } = await import("@sparticuz/chromium");
    packaged.setGraphicsMode = false;
    const executablePath = await packaged.executablePath();
    const fonts = join(folder, "fonts");
    // The package's own names /tmp/fonts, where it has not unpacked them: without any font a page has no text.
    await writeFile(
      join(fonts, "fonts.conf"),
      `<?xml version="1.0"?><fontconfig><dir>${fonts}</dir><cachedir>${fonts}-cache</cachedir></fontconfig>\n`,
    );
    // The sandbox of Chromium refuses root, which builds run as.
    return await chromium.launch({
      executablePath,
      args: ["--headless=shell", "--no-sandbox"],
      env: process.env,
    });
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
