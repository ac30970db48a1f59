// Writes public/legal/NOTICES.txt: every package that is compiled into the page, its licence, and the texts that came with it.
//
//   node scripts/notices.mjs
//
// To be run again whenever Cargo.lock changes; tests/native/hosting.rs says when that was forgotten.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const json = execFileSync("cargo", ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", "wasm32-unknown-unknown"], {
  encoding: "utf8",
  maxBuffer: 1 << 28,
  stdio: ["ignore", "pipe", "ignore"],
});
const { packages, resolve } = JSON.parse(json);
const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
const byId = new Map(packages.map((p) => [p.id, p]));

// What is linked: neither build scripts nor macros, which only run while it is compiled.
const linked = new Set();
const isMacro = (p) => p.targets.some((t) => t.kind.includes("proc-macro"));
const walk = (id) => {
  if (linked.has(id) || isMacro(byId.get(id))) return;
  linked.add(id);
  for (const dep of nodes.get(id).deps) if (dep.dep_kinds.some((k) => k.kind === null)) walk(dep.pkg);
};
walk(resolve.root);
linked.delete(resolve.root);

const all = [...linked].map((id) => byId.get(id)).sort((a, b) => a.name.localeCompare(b.name));
const texts = new Map();
for (const p of all) {
  const dir = dirname(p.manifest_path);
  const files = existsSync(dir) ? readdirSync(dir).filter((f) => /^(licen[cs]e|copying|notice|unlicense)/i.test(f)) : [];
  for (const file of files.sort()) {
    let text;
    try {
      text = readFileSync(join(dir, file), "utf8").replace(/\r/g, "").trim();
    } catch {
      continue; // a folder
    }
    const key = text.replace(/\s+/g, " ");
    if (!texts.has(key)) texts.set(key, { text, names: new Set() });
    texts.get(key).names.add(`${p.name} ${p.version}`);
  }
}

const line = "-".repeat(78);
const parts = [
  "Restore Desk is built from these packages. Each is used under the licence that it names; the texts follow.",
  "The standard library of Rust (MIT OR Apache-2.0, https://github.com/rust-lang/rust) is part of the program too.",
  all.map((p) => `${p.name} ${p.version}: ${p.license ?? "see its text"}${p.repository ? `, ${p.repository}` : ""}`).join("\n"),
  ...[...texts.values()].map(({ text, names }) => `${line}\n${[...names].join(", ")}\n${line}\n${text}`),
];
writeFileSync("public/legal/NOTICES.txt", `${parts.join("\n\n")}\n`);
console.log(`${all.length} packages, ${texts.size} texts`);
