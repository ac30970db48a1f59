// Measures everything in one run, and prints or writes the tables of docs/PERFORMANCE.md. scripts/bench makes ready what it needs.
//
//   node benches/web/measure.mjs [--write] [--only first,large,core,count,lighthouse] [--runs 5] [--dist dist] [--target target]
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, release, tmpdir, totalmem, type } from "node:os";
import { dirname, join } from "node:path";
import { argv, exit } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { newest, tables as weightTables, weigh } from "../../scripts/weigh.mjs";
import { launch, memoryAgain, standReady } from "./browser.mjs";
import { SIZES, corePaths } from "./core.mjs";
import { countInstructions, pathNames } from "./counted.mjs";
import { firstVisit } from "./first.mjs";
import { host } from "./host.mjs";
import { fluentGrid, largeTenant } from "./large.mjs";
import { sections, write } from "./report.mjs";

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    write: { type: "boolean", default: false },
    only: { type: "string" },
    runs: { type: "string", default: "5" },
    dist: { type: "string", default: "dist" },
    target: { type: "string", default: "target" },
    wasm: { type: "string" },
  },
});
const PARTS = ["first", "large", "core", "count", "lighthouse"];
const only = values.only?.split(",") ?? PARTS;
if (only.some((part) => !PARTS.includes(part))) throw new Error(`--only knows ${PARTS.join(", ")}`);
if (values.write && values.only) throw new Error("--write needs all parts of one run");

const here = dirname(fileURLToPath(import.meta.url));
const runs = Number(values.runs);
const program = join(values.target, "release/paths");
const begun = Date.now();
const note = (text) => console.log(`    ${String(Math.round((Date.now() - begun) / 1000)).padStart(4)} s  ${text}`);

const work = mkdtempSync(join(tmpdir(), "bench-"));
function listOf(size) {
  const file = join(work, `environments-${size}.json`);
  if (!existsSync(file)) execFileSync(program, ["list", `${size}`], { stdio: ["ignore", openSync(file, "w"), "inherit"] });
  return file;
}

/** The paths as WebAssembly, beside a page without anything. */
function coreFolder() {
  const folder = join(work, "core");
  mkdirSync(folder);
  writeFileSync(join(folder, "word.html"), "<!doctype html><title>word</title><link rel=icon href=data:,><p>word");
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>core</title><link rel=icon href=data:,>");
  writeFileSync(join(folder, "paths.wasm"), readFileSync(values.wasm ?? join(values.target, "wasm32-unknown-unknown/release/paths.wasm")));
  return folder;
}

const failed = [];
/** One part that fails leaves the others their figures, and the run its exit code. */
async function part(name, measure) {
  if (!only.includes(name)) return null;
  try {
    return await measure();
  } catch (error) {
    failed.push(`${name}: ${error.stack}`);
    note(`FAILED ${name}: ${error.message.split("\n")[0]}`);
    return null;
  }
}

const server = await host(
  { "/restore-desk/": values.dist, "/start/": join(here, "dist/start"), "/table/": join(here, "dist/table"), "/core/": coreFolder() },
  ["/restore-desk/"],
);
standReady(`${server.origin}/core/`);
const app = `${server.origin}/restore-desk/`;
const table = `${server.origin}/table/reference.html`;
note("compressing what is served");
["/restore-desk/", "/start/", "/table/"].forEach((base) => server.warm(base));

let browser = await launch();
const version = browser.version();
/** A new browser for each part: none pays for what the one before it left. */
const fresh = async () => {
  await browser.close();
  browser = await launch();
  return browser;
};

const measured = {
  machine: {
    processor: cpus()[0]?.model.trim(), cores: cpus().length, memory: totalmem(), system: `${type()} ${release()}`, browser: version,
    node: process.versions.node, memoryAgain: await memoryAgain(browser, `${server.origin}/core/`), runs, day: new Date().toISOString().slice(0, 10),
  },
  first: await part("first", async () => firstVisit(await fresh(), server, { app, reference: `${server.origin}/start/reference.html`, word: `${server.origin}/core/word.html`, runs, note })),
  large: await part("large", async () => {
    const all = {};
    for (const size of SIZES) {
      note(`a tenant of ${size}: reading its list`);
      const deep = size === 10_000;
      const file = listOf(size);
      all[size] = { bytes: readFileSync(file).length };
      try {
        Object.assign(all[size], await largeTenant(await fresh(), { app, table, file, runs: deep ? 3 : 1, deep, note }));
      } catch (error) {
        if (deep) throw error;
        failed.push(`a tenant of ${size}: ${error.stack}`);
        note(`FAILED with ${size}: ${error.message.split("\n")[0]}`);
      }
    }
    return all;
  }),
  fluent: await part("large", async () => fluentGrid(await fresh(), { table, file: listOf(10_000), runs: 3, note })),
  core: await part("core", async () =>
    corePaths(await fresh(), { blank: `${server.origin}/core/`, wasm: `${server.origin}/core/paths.wasm`, names: pathNames(program), runs, note }),
  ),
  counted: await part("count", async () => countInstructions(program, 10_000, note)),
  lighthouse: await part("lighthouse", async () => {
    await browser.close();
    // Loaded only where it is wanted: it takes seconds.
    return (await import("./lighthouse.mjs")).lighthousePages(app, 3, note);
  }),
};
await browser.close().catch(() => {});
await server.close();
rmSync(work, { recursive: true, force: true });

const linked = newest(values.target);
measured.weight = linked && weightTables(weigh(readFileSync(linked)));
mkdirSync(values.target, { recursive: true });
writeFileSync(join(values.target, "bench.json"), JSON.stringify(measured, null, 1));
const made = sections(measured);
for (const [name, text] of Object.entries(made)) console.log(`\n## ${name}\n\n${text}`);
if (values.write && !failed.length) write("docs/PERFORMANCE.md", made);
note("done");
if (failed.length) {
  console.error(`\nnot measured:\n${failed.join("\n")}`);
  exit(1);
}
