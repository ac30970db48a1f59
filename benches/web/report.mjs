// From what was measured to the tables of docs/PERFORMANCE.md.
import { readFileSync, writeFileSync } from "node:fs";
import { COUNTED } from "./counted.mjs";
import { SIZES } from "./core.mjs";
import { median } from "./browser.mjs";

const MOST = 10_000;
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const MB = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const ms = (time) => `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;
const ratio = (one, other) => (one / other < 0.1 ? (one / other).toPrecision(1) : (one / other).toFixed(2));
const percent = (part) => `${(part * 100).toFixed(1)} %`;
const table = (head, rows) => [`| ${head.join(" | ")} |`, `| ${head.map((_, n) => (n ? "---:" : "---")).join(" | ")} |`, ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n");

/** A row of the table of bars. `met` is a list of whether each part of the bar is met. */
const bar = (what, figure, reference, of, wanted, met) => [what, figure, reference, of, wanted, met.every(Boolean) ? "yes" : "**no**"];

function firstBars({ load, referenceLoad, at }, lighthouse) {
  const all = new Map([load.first, load.after, load.wanted].flatMap((part) => part.files).filter((f) => f.bytes).map(({ path, bytes }) => [path, bytes]));
  const whole = [...all.values()].reduce((sum, bytes) => sum + bytes, 0);
  const count = (part) => `${kB(part.bytes)}, ${part.files.length} requests`;
  const rows = [
    bar("first load until usable, brotli", count(load.first), count(referenceLoad.first), ratio(load.first.bytes, referenceLoad.first.bytes),
      "≤ 170 kB, ≤ 5 requests", [load.first.bytes <= 170_000, load.first.files.length <= 5]),
    ["what comes after it by itself", count(load.after), "", "", "", ""],
    ["what the first press asks for: the program", count(load.wanted), "", "", "", ""],
    ["worker, manifest, icons and what is kept for offline", count(load.offline), "", "", "", ""],
    ["a second visit", count(load.second), count(referenceLoad.second), "", "", ""],
    bar("the whole app, brotli, each file once", `${kB(whole)}, ${all.size} files`, kB(referenceLoad.first.bytes), ratio(whole, referenceLoad.first.bytes), "≤ 900 kB", [whole <= 900_000]),
  ];
  for (const slower of [1, 4]) {
    const { app, reference, word } = at[slower];
    const paint = app.paint.median / reference.paint.median;
    const usable = app.usable.median / reference.usable.median;
    const where = `${slower} ×`;
    rows.push(
      slower === 1
        ? bar(`first paint, ${where}`, ms(app.paint.median), ms(reference.paint.median), paint.toFixed(2), "ratio ≤ 0.4", [paint <= 0.4])
        : [`first paint, ${where}`, ms(app.paint.median), ms(reference.paint.median), paint.toFixed(2), "", ""],
      slower === 1
        ? [`start page usable, ${where}`, ms(app.usable.median), ms(reference.usable.median), usable.toFixed(2), "", ""]
        : bar(`start page usable, ${where}`, ms(app.usable.median), ms(reference.usable.median), usable.toFixed(2), "ratio ≤ 1", [usable <= 1]),
      [`first paint of a page of one word, ${where}`, ms(word.paint.median), ms(reference.paint.median), (word.paint.median / reference.paint.median).toFixed(2), "", ""],
      [`from the first press to the open sample, ${where}`, ms(app.pressed.median), "", "", "", ""],
    );
  }
  const start = lighthouse?.[0];
  if (start) {
    rows.push(
      bar("Lighthouse mobile, performance", start.scores.performance, "", "", "≥ 98", [start.scores.performance >= 98]),
      bar("Lighthouse mobile, largest paint", `${(start.lcp / 1000).toFixed(2)} s`, "", "", "≤ 1.8 s", [start.lcp <= 1800]),
    );
  }
  return rows;
}

function largeBars(large, fluent) {
  const one = large[MOST];
  const mid = (key, of = one.imports) => median(of.map((each) => each[key]));
  const rows = [
    ["stored workspace of 10,000: first paint", ms(one.opening.paint), `${ms(one.opening.without)} without`, ratio(one.opening.paint, one.opening.without), "as without", ""],
    bar("usable, after the program is there", ms(one.opening.usable), "", "", "≤ 400 ms", [one.opening.usable <= 400]),
    bar("page to page, p95", ms(one[1].pages.p95), "", "", "≤ 50 ms", [one[1].pages.p95 <= 50]),
    bar("longest task of it", one[1].pages.longest ? ms(one[1].pages.longest) : "none over 50 ms", "", "", "none over 50 ms", [!one[1].pages.longest]),
  ];
  for (const [slower, key, render] of [[1, 20, 40], [4, 60, 150]]) {
    const [app, other] = [one[slower], fluent?.[slower]];
    rows.push(
      bar(`a key in the filter, p95, ${slower} ×`, ms(app.filter.p95), other ? ms(other.filter.p95) : "", other ? ratio(app.filter.p95, other.filter.p95) : "", `≤ ${key} ms`, [app.filter.p95 <= key]),
      [`its work, median, ${slower} ×`, ms(app.filter.work), other ? ms(other.filter.work) : "", other ? ratio(app.filter.work, other.filter.work) : "", "", ""],
      bar(`first render of the table, ${slower} ×`, ms(app.render), other ? ms(other.render) : "", other ? ratio(app.render, other.render) : "", `≤ ${render} ms`, [app.render <= render]),
      [`its heading, ${slower} ×`, ms(app.head), "", "", "", ""],
      [`its rows, where one goes there at once, ${slower} ×`, ms(app.early), "", "", "", ""],
    );
  }
  for (const slower of [1, 4]) {
    const [app, other] = [one[slower].matrix, fluent?.[slower].scrolled];
    rows.push(
      bar(`matrix dragged: own work per frame, p95, ${slower} ×`, ms(app.p95), other ? ms(other.p95) : "", other ? ratio(app.p95, other.p95) : "", "≤ 10 ms", [app.p95 <= 10]),
      bar(`its late frames, ${slower} ×`, percent(app.late), other ? percent(other.late) : "", "", "≤ 5 %", [app.late <= 0.05]),
    );
  }
  const { answer } = one[1];
  if (answer) {
    rows.push(
      ["one fact changed: from the press to the end of its frame, median", ms(answer.median), "", "", "", ""],
      bar("its work, median", ms(answer.work), "", "", "≤ 5 ms", [answer.work <= 5]),
    );
  }
  const took = mid("took"), parse = mid("took", one.references);
  const task = Math.max(...one.imports.map((i) => i.longest));
  // The highest of all: it is about the worst, and a page that frees in between hides nothing.
  const most = (of) => (of.some((each) => each.resident === null) ? null : Math.max(...of.map((each) => each.resident)));
  const grew = most(one.imports), parsed = most(one.references);
  rows.push(
    bar(`import of ${MB(one.bytes)} to the preview`, ms(took), `${ms(parse)} JSON.parse`, ratio(took, parse), "ratio ≤ 1", [took <= parse]),
    bar("its longest task", task ? ms(task) : "none over 50 ms", `${ms(Math.max(...one.references.map((r) => r.longest)))} JSON.parse`, "", "none over 50 ms", [!task]),
    bar("its memory: the program's own", MB(mid("wasm")), `${MB(one.bytes)} file`, ratio(mid("wasm"), one.bytes), "≤ 4 × the file", [mid("wasm") <= 4 * one.bytes]),
  );
  if (grew !== null) rows.push(bar("its memory: the page's process at its highest", MB(grew), `${MB(parsed)} JSON.parse`, ratio(grew, parsed), "≤ 4 × the file", [grew <= 4 * one.bytes]));
  rows.push(bar("keeping it: longest task", one.keeping.longest ? ms(one.keeping.longest) : "none over 50 ms", "", "", "none over 50 ms", [!one.keeping.longest]));
  return rows;
}

function coreBars(core) {
  const at = (name, size = MOST) => core[name][size].took;
  const pairs = (name) => at(name) * (MOST / 20);
  const rows = [];
  for (const [name, of, most] of [["verdicts", "pairs", 10], ["verdicts, distinct keys", "pairs, distinct keys", null]]) {
    const figure = ["in wasm, ", name, " of 10,000"].join("");
    const other = [`${ms(pairs(of))} pair by pair`, ratio(at(name), pairs(of))];
    // Times should grow as the environments do; a fifth more is what a time moves by itself.
    const [small, large] = core[name][30_000] ? [MOST, 30_000] : [1000, MOST];
    const growth = at(name, large) / at(name, small), linear = large / small;
    rows.push(most ? bar(figure, ms(at(name)), ...other, `≤ ${most} ms`, [at(name) <= most]) : bar(figure, `${ms(at(name))}; ${growth.toFixed(1)} × from ${small.toLocaleString("en")} to ${large.toLocaleString("en")}`, ...other, `linear: ${linear} ×`, [growth <= linear * 1.2]));
  }
  for (const [name, most] of [["one fact", 1], ["editions", 10], ["readiness", 30], ["readiness, distinct keys", 60]]) {
    rows.push(bar(`in wasm, ${name}, 10,000`, ms(at(name)), `${ms(at("verdicts"))} verdicts`, ratio(at(name), at("verdicts")), `≤ ${most} ms`, [at(name) <= most]));
  }
  const { took, parsed } = core.reading[MOST];
  rows.push(bar("in wasm, reading a list of 10,000 alone", ms(took), `${ms(parsed)} JSON.parse`, ratio(took, parsed), "ratio ≤ 1", [took <= parsed]));
  return rows;
}

function growth({ core, large }) {
  const tables = [];
  const sizes = SIZES.map((size) => size.toLocaleString("en"));
  if (core) {
    const rows = Object.entries(core)
      .filter(([name]) => !name.startsWith("pairs"))
      .map(([name, by]) => [name, ...SIZES.map((size) => (by[size] ? `${ms(by[size].took)}, ${MB(by[size].grew)}` : "too slow to be walked"))]);
    rows.push(["JSON.parse and map of the same list", ...SIZES.map((size) => ms(core.reading[size].parsed))]);
    rows.push(["the list", ...SIZES.map((size) => MB(core.reading[size].text))]);
    tables.push(`The core as WebAssembly: milliseconds, and how far its memory grew.\n\n${table(["environments", ...sizes], rows)}`);
  }
  if (large) {
    const each = (what, of) => [what, ...SIZES.map((size) => (large[size].imports ? of(large[size]) : "not measured"))];
    const task = (longest) => (longest ? ms(longest) : "none");
    tables.push(
      `The whole app in the browser.\n\n${table(["environments", ...sizes], [
        each("list to the preview", (l) => ms(median(l.imports.map((i) => i.took)))),
        each("JSON.parse and map of it", (l) => ms(median(l.references.map((i) => i.took)))),
        each("the program's memory after it", (l) => MB(median(l.imports.map((i) => i.wasmNow)))),
        each("keeping it: longest task over 50 ms", (l) => task(l.keeping.longest)),
        each("opening it again, after the program is there", (l) => ms(l.opening.usable)),
        each("first render of the table", (l) => ms(l[1].render)),
        each("a key in the filter, p95", (l) => ms(l[1].filter.p95)),
        each("page to page, p95", (l) => ms(l[1].pages.p95)),
        each("page to page: longest task over 50 ms", (l) => task(l[1].pages.longest)),
        each("matrix dragged, work per frame, p95", (l) => ms(l[1].matrix.p95)),
        each("one fact changed", (l) => (l[1].answer ? ms(l[1].answer.median) : "none was asked")),
      ])}`,
    );
  }
  return tables.join("\n\n");
}

function pages(large) {
  const rows = Object.entries(large[MOST][1].pages.pages).map(([page, { took, task }]) => [`\`#${page}\``, ms(took), task ? ms(task) : "none"]);
  return table(["page", "slowest of its visits", "longest task over 50 ms"], rows);
}

function download({ load, referenceLoad }) {
  const rows = [];
  for (const [when, part] of [["until usable", load.first], ["after it, by itself", load.after], ["at the first press", load.wanted], ["for offline", load.offline], ["React + Fluent UI, until usable", referenceLoad.first]]) {
    for (const { path, bytes } of part.files) rows.push([`\`${path.replace(/^\/[\w-]+\//, "")}\``, when, bytes ? kB(bytes) : "unchanged"]);
  }
  // The part of a name that changes with every build says nothing.
  return table(["file", "asked for", "brotli"], rows.map(([name, ...rest]) => [name.replace(/-([0-9a-f]{12,}|[\w-]{8}(?=\.js`))/, ""), ...rest]));
}

function machine(m) {
  const { once, soon, late } = m.memoryAgain;
  return [
    `Measured on ${m.day}: ${m.processor}, ${m.cores} cores, ${(m.memory / 2 ** 30).toFixed(0)} GiB, ${m.system}; Chromium ${m.browser}, headless; Node.js ${m.node}.`,
    `First visits: median of ${m.runs} by turns with the reference; a tenant of 10,000: of 3.`,
    `To touch each page of 64 MB again takes ${once.toFixed(1)} ms at once, ${soon.toFixed(0)} ms after 0.6 s and ${late.toFixed(0)} ms after 3 s in which nobody did.`,
  ].join("\n");
}

/** The tables by their names; what was not measured is left out. */
export function sections(m) {
  const rows = [
    ...(m.first ? firstBars(m.first, m.lighthouse) : []),
    ...(m.large ? largeBars(m.large, m.fluent) : []),
    ...(m.core ? coreBars(m.core) : []),
  ];
  const made = { machine: machine(m.machine) };
  if (rows.length) made.bars = table(["what", "measured", "reference", "ratio", "bar", "met"], rows);
  if (m.core || m.large) made.growth = growth(m);
  if (m.large) made.pages = pages(m.large);
  if (m.first) made.download = download(m.first);
  if (m.weight) made.weight = m.weight;
  if (m.counted) made.counted = table(["path, 10,000 environments", "million instructions"], COUNTED.map((name) => [name, (m.counted[name] / 1e6).toFixed(1)]));
  if (m.lighthouse) {
    made.lighthouse = table(
      ["page", "performance", "accessibility", "best practices", "SEO", "largest paint"],
      m.lighthouse.map(({ page, scores, lcp }) => [page, ...Object.values(scores), `${(lcp / 1000).toFixed(2)} s`]),
    );
    const findings = new Map();
    for (const { page, findings: all } of m.lighthouse) for (const one of all) findings.set(one, [...(findings.get(one) ?? []), page]);
    if (findings.size) made.lighthouse += `\n\nWhat it finds:\n\n${[...findings].map(([one, where]) => `- ${one} — ${where.join(", ")}`).join("\n")}`;
  }
  return made;
}

/** Puts each table between its marks; a mark that is missing in the document is an error. */
export function write(path, made) {
  let text = readFileSync(path, "utf8");
  for (const [name, content] of Object.entries(made)) {
    const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${path} has no place for ${name}`);
    text = `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(to)}`;
  }
  writeFileSync(path, text);
}
