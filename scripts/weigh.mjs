// What the program is made of, by crate and by room of our own: the sizes of its functions, before wasm-opt takes their names away.
//
//   node scripts/weigh.mjs [file.wasm] [--deep]
//
// Without a file: what cargo left in target/. A function that the linker merged with an equal one stands once, under the name that
// it kept. Generic code of another crate stands with that crate, and in a column of its own where its name names a type of ours (the
// names tell it of what is implemented for a type, as dropping is, and not of every function).
import { existsSync, readFileSync, statSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

const OURS = "restore_desk";
const STD = new Set(["std", "core", "alloc", "hashbrown", "compiler_builtins", "dlmalloc", "rustc_demangle", "panic_abort", "rustc_std_workspace_core"]);

/** A number of the format (LEB128) and where it ends. */
function number(bytes, at) {
  let value = 0, shift = 0, byte;
  do {
    byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    shift += 7;
  } while (byte & 0x80);
  return [value, at];
}

function text(bytes, at) {
  const [length, from] = number(bytes, at);
  return [bytes.toString("utf8", from, from + length), from + length];
}

/** The functions that are imported, which come first in the count of all. */
function importedFunctions(bytes, at) {
  let count, kind, functions = 0;
  [count, at] = number(bytes, at);
  for (let n = 0; n < count; n++) {
    [, at] = text(bytes, at);
    [, at] = text(bytes, at);
    kind = bytes[at++];
    if (kind === 0) [, at] = number(bytes, at), functions++;
    else if (kind === 3) at += 2;
    else {
      // A table has a type first; both have limits then.
      if (kind === 1) at++;
      const limits = bytes[at++];
      [, at] = number(bytes, at);
      if (limits & 1) [, at] = number(bytes, at);
    }
  }
  return functions;
}

/** Sizes of the functions by name, and of the data. */
export function functionsOf(bytes) {
  if (bytes.toString("latin1", 0, 4) !== "\0asm") throw new Error("this is no WebAssembly");
  const names = new Map(), sizes = [];
  let imported = 0, data = 0, at = 8;
  while (at < bytes.length) {
    const id = bytes[at++];
    let length, end;
    [length, at] = number(bytes, at);
    end = at + length;
    if (id === 2) imported = importedFunctions(bytes, at);
    if (id === 11) data = length;
    if (id === 10) {
      let [count, from] = number(bytes, at);
      for (let n = 0; n < count; n++) {
        const [size, body] = number(bytes, from);
        sizes.push(body + size - from);
        from = body + size;
      }
    }
    if (id === 0) {
      let [name, from] = text(bytes, at);
      while (name === "name" && from < end) {
        const part = bytes[from++];
        let partLength, count;
        [partLength, from] = number(bytes, from);
        const partEnd = from + partLength;
        if (part === 1) {
          [count, from] = number(bytes, from);
          for (let n = 0; n < count; n++) {
            let index, name;
            [index, from] = number(bytes, from);
            [name, from] = text(bytes, from);
            names.set(index, name);
          }
        }
        from = partEnd;
      }
    }
    at = end;
  }
  if (!names.size) throw new Error("the names of the functions are gone: take the file that cargo made, not what wasm-opt left");
  return { functions: sizes.map((size, n) => ({ name: readable(names.get(imported + n) ?? ""), size })), data };
}

const SIGNS = { SP: "@", BP: "*", RF: "&", LT: "<", GT: ">", LP: "(", RP: ")", C: "," };

/** What the compiler calls a function, as a person writes it. */
export function readable(name) {
  // The newer form (v0), in which the standard library comes: whose it is, is all that is read of it.
  const root = /^_R.*?C(?:s[0-9A-Za-z]*_)?(\d+)_?/.exec(name);
  if (root) return `${name.slice(root[0].length, root[0].length + Number(root[1]))}::${name}`;
  const start = /^(_ZN|ZN|__ZN)/.exec(name)?.[0];
  if (!start) return name;
  const parts = [];
  for (let at = start.length; name[at] !== "E"; ) {
    const digits = /^\d+/.exec(name.slice(at))?.[0];
    if (!digits) return name;
    at += digits.length;
    parts.push(name.slice(at, at + Number(digits)));
    at += Number(digits);
  }
  // The last is a number that tells equal names apart.
  if (/^h[0-9a-f]{16}$/.test(parts.at(-1))) parts.pop();
  return parts
    .map((part) => part.replace(/^_(?=\$)/, "").replace(/\$(\w+)\$/g, (all, sign) => SIGNS[sign] ?? (sign[0] === "u" ? String.fromCodePoint(parseInt(sign.slice(1), 16)) : all)).replaceAll("..", "::"))
    .join("::");
}

/** The path that a function is defined under: of `<T as Trait>::f` that of the type, where the type has a path. */
export function pathOf(name) {
  let rest = name;
  // What only surrounds a type says nothing of whose it is.
  while (/^[<&*([]/.test(rest)) rest = rest.replace(/^([<&*([]|&?mut |const |dyn )+/, "");
  rest = rest.replace(/^(mut |const |dyn |impl )+/, "");
  const path = /^[A-Za-z_][\w]*(::[A-Za-z_{][\w{}#]*)*/.exec(rest)?.[0] ?? "";
  // A type parameter or a primitive: the trait says whose it is.
  if (!path.includes("::")) {
    const trait = / as ([A-Za-z_]\w*::[\w:]*)/.exec(name)?.[1];
    if (trait) return trait;
  }
  return path;
}

/** `ui::pages::plan`, `domain`: as fine as is of use. */
function roomOf(path, deep) {
  const [, first = "main", second, third] = path.split("::");
  if (first === "ui" && second === "pages" && third) return `ui::pages::${third}`;
  if (first === "ui" && second && /^[a-z]/.test(second)) return `ui::${second}`;
  if (deep && second && /^[a-z]/.test(second)) return `${first}::${second}`;
  return /^[a-z]/.test(first) ? first : "main";
}

/** Rows by crate and by room: own functions, and generic ones of other crates that were made for a type of the room. */
export function weigh(bytes, { deep = false } = {}) {
  const { functions, data } = functionsOf(bytes);
  const crates = new Map(), rooms = new Map();
  const row = (table, name) => table.get(name) ?? table.set(name, { name, own: 0, made: 0, functions: 0 }).get(name);
  for (const { name, size } of functions) {
    const path = pathOf(name);
    let crate = path.split("::")[0] || "(no name)";
    if (!path.includes("::") && crate !== OURS) crate = STD.has(crate) ? "std" : "wasm-bindgen's descriptions, gone before the download";
    if (STD.has(crate)) crate = "std";
    const named = new RegExp(`\\b${OURS}::[\\w:]+`).exec(name)?.[0];
    const one = row(crates, crate);
    one.functions++;
    if (crate === OURS) {
      one.own += size;
      const room = row(rooms, roomOf(path, deep));
      room.own += size;
      room.functions++;
    } else {
      one[named ? "made" : "own"] += size;
      if (named) row(rooms, roomOf(named, deep)).made += size;
    }
  }
  const order = (table) => [...table.values()].sort((a, b) => b.own + b.made - (a.own + a.made));
  return { crates: order(crates), rooms: order(rooms), code: functions.reduce((sum, f) => sum + f.size, 0), data, functions: functions.length };
}

/** The newest program that cargo left, or null. */
export function newest(target = "target") {
  const folders = [target, `${target}/distro`].map((folder) => `${folder}/wasm32-unknown-unknown/release/restore-desk.wasm`);
  return folders.filter(existsSync).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0] ?? null;
}

const kB = (bytes) => (bytes / 1000).toFixed(1);

/** Both tables as Markdown. Rows below `least` bytes are added up in the last. */
export function tables(weighed, least = 8000) {
  const lines = [];
  const table = (head, rows) => {
    const few = rows.filter((r) => r.own + r.made >= least);
    const rest = rows.filter((r) => r.own + r.made < least);
    const sum = (key) => rest.reduce((total, r) => total + r[key], 0);
    if (rest.length) few.push({ name: `${rest.length} smaller`, own: sum("own"), made: sum("made"), functions: sum("functions") });
    lines.push(`| ${head} | own code, kB | for a type of ours, kB | functions |`, "| --- | ---: | ---: | ---: |");
    for (const r of few) lines.push(`| ${r.name} | ${kB(r.own)} | ${kB(r.made)} | ${r.functions} |`);
  };
  table("crate", weighed.crates);
  lines.push("");
  table("room of our own", weighed.rooms);
  lines.push("", `Code ${kB(weighed.code)} kB in ${weighed.functions} functions, data ${kB(weighed.data)} kB, before wasm-opt and brotli.`);
  return lines.join("\n");
}

if (argv[1] && resolve(argv[1]) === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { deep: { type: "boolean", default: false } } });
  const file = positionals[0] ?? newest();
  if (!file) throw new Error("no program in target/: build it with ./scripts/build");
  console.log(tables(weigh(readFileSync(file), values)));
}
