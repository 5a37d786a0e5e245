#!/usr/bin/env node
import * as nodeModule from "node:module";

// Compiled code is kept between runs (Node 22.1 and later), before anything large is imported.
nodeModule.enableCompileCache?.();
const { main } = await import("../dist/cli/main.js");
process.exitCode = await main(process.argv.slice(2), process);
