// Prints what a visitor downloads: each part of a finished build, as it is and
// as a web server with brotli sends it.
//
//   node scripts/sizes.mjs [dist]
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { brotliCompressSync, constants } from "node:zlib";

const dir = argv[2] ?? "dist";

const parts = readdirSync(dir, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  // Got only by whoever looks at them, or by the host alone.
  .filter((entry) => !(entry.parentPath ?? entry.path).endsWith("collector"))
  .filter((entry) => !["_headers", "staticwebapp.config.json", "404.html", "LICENSE.txt", "CHANGELOG.txt", "NOTICES.txt"].includes(entry.name))
  .map((entry) => {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = readFileSync(path);
    const brotli = brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    });
    return { name: path.slice(dir.length).replace(/^[\\/]+/, ""), raw: bytes.length, brotli: brotli.length };
  })
  .sort((a, b) => b.brotli - a.brotli);

const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
const rows = [...parts, { name: `total, ${parts.length} files`, raw: sum("raw"), brotli: sum("brotli") }];
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const width = Math.max(...rows.map((row) => row.name.length));

for (const { name, raw, brotli } of rows) {
  console.log(`    ${name.padEnd(width)}  ${kB(raw).padStart(10)}  ${kB(brotli).padStart(10)} brotli`);
}
