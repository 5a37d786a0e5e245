// The manual page, made from the commands themselves: part of `npm run build`, after TypeScript is compiled.
import { mkdirSync, writeFileSync } from "node:fs";
import { manPage } from "../dist/cli/man/page.js";
import { packageVersion } from "../dist/cli/package-version.js";
import { createProgram } from "../dist/cli/program.js";

const folder = new URL("../dist/man/", import.meta.url);
mkdirSync(folder, { recursive: true });
const program = createProgram(async () => {});
writeFileSync(new URL("focus.1", folder), manPage(program, packageVersion()));
