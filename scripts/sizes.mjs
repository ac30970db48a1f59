// Prints what a visitor downloads: each part of a finished build, as it is and as a web server with brotli sends it. Ends with an
// error where the first load is heavier than it may be.
//
//   node scripts/sizes.mjs [dist]
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { argv, exit } from "node:process";
import { brotliCompressSync, constants } from "node:zlib";

/** What a new visitor gets until the page is usable, in bytes with brotli. */
const FIRST_LOAD = 40_000;

const dir = argv[2] ?? "dist";

/** When a file is got. What is in none is got only by whoever looks at it, or by the host alone. */
const GROUPS = [
  ["first load", /^(?:index\.html|app-[^/]*\.css|boot-[^/]*\.js)$/],
  ["the program, once something is wanted of it", /^restore-desk-[^/]*\.(?:js|wasm)$/],
  ["after that, for use without a network", /^(?:worker\.js|manifest\.webmanifest|icon[^/]*)$/],
];

const files = readdirSync(dir, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = readFileSync(path);
    const brotli = brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    });
    return { name: path.slice(dir.length).replace(/^[\\/]+/, ""), raw: bytes.length, brotli: brotli.length };
  })
  .sort((a, b) => b.brotli - a.brotli);

const sum = (name, list) => ({
  name: `${name}, ${list.length} files`,
  raw: list.reduce((total, part) => total + part.raw, 0),
  brotli: list.reduce((total, part) => total + part.brotli, 0),
});
const groups = GROUPS.map(([name, which]) => {
  const parts = files.filter((file) => which.test(file.name));
  return { parts, total: sum(name, parts) };
});
const [first, program] = groups;
const rows = groups.flatMap(({ parts, total }) => [total, ...parts.map((part) => ({ ...part, name: `  ${part.name}` }))]);
const whole = sum("first load and program", [...first.parts, ...program.parts]);
rows.push(whole);

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const width = Math.max(...rows.map((row) => row.name.length));
for (const { name, raw, brotli } of rows) {
  console.log(`    ${name.padEnd(width)}  ${kB(raw).padStart(10)}  ${kB(brotli).padStart(10)} brotli`);
}
// What is written down is what a change has to give a reason for.
const [, recorded] = /\| the whole app[^|]*\| ([\d.]+) kB/.exec(readFileSync("docs/PERFORMANCE.md", "utf8")) ?? [];
if (recorded && whole.brotli > Number(recorded) * 1000 * 1.005) {
  console.log(`    docs/PERFORMANCE.md records ${recorded} kB for both: say in the commit why it grew, and record it anew (./scripts/bench --write)`);
}
if (first.total.brotli > FIRST_LOAD) {
  console.error(`error: the first load is ${kB(first.total.brotli)} with brotli, and may be ${kB(FIRST_LOAD)}: the files above say what grew`);
  exit(1);
}
