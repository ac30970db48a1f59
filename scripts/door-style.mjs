// Writes a style into index.html: those rules of public/app.css that the frame of the door needs, so that it is painted as soon as
// the page itself is there, and its hash into every place that says the policy.
//
//   node scripts/door-style.mjs
//
// To be run again whenever that frame or a rule of it changes; e2e/door.spec.ts says when that was forgotten. It needs a Chromium
// (RESTORE_DESK_CHROMIUM, or that of Playwright).
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { argv, env } from "node:process";
import { fileURLToPath } from "node:url";

const PAGE = "index.html";
const SHEET = "public/app.css";
/** Where the policy is said: each names the hash of the style. */
const SAY_THE_POLICY = [PAGE, "public/hosting/_headers", "public/hosting/staticwebapp.config.json", "docs/HOSTING.md"];

const STYLE = /(<style>)([^]*?)(<\/style>)/;
const SOURCE = /style-src 'self'(?: 'sha256-[^']*')?/g;

/** The rules of a style sheet as they are written, one after the other: what stands before the braces, and in them. */
function rulesOf(css) {
  const rules = [];
  let depth = 0, from = 0, open = 0;
  for (let at = 0; at < css.length; at++) {
    if (css[at] === "{" && depth++ === 0) open = at;
    if (css[at] === "}" && --depth === 0) {
      rules.push({ head: css.slice(from, open).trim(), body: css.slice(open + 1, at) });
      from = at + 1;
    }
  }
  return rules.map(({ head, body }) => (/^@(?:media|supports|container|layer)/.test(head) ? { head, rules: rulesOf(body) } : { head, body: body.trim().replace(/\s+/g, " ") }));
}

/** The selectors before the braces. */
function selectorsOf(head) {
  let depth = 0;
  return [...head].reduce((parts, letter) => {
    depth += { "(": 1, ")": -1 }[letter] ?? 0;
    if (letter === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
    return parts;
  }, [""]).map((selector) => selector.trim());
}

/** Which selectors find something in a page before its script has run. Runs in a browser. */
function found([page, selectors]) {
  const door = new DOMParser().parseFromString(page, "text/html");
  // What is shown once boot.js knows who came: it waits for the whole sheet.
  for (const later of door.querySelectorAll(".door")) later.replaceWith(Object.assign(door.createElement("span"), { className: "door" }));
  // Neither the state of the door nor the theme is known before its script runs: all of them are painted rightly.
  const atAnyTime = (selector) =>
    selector
      .replace(/:not\(\[data-(?:state|at|theme)[^\]]*\]\)|\[data-(?:state|at|theme)[^\]]*\]/g, "")
      .replace(/::[\w-]+/g, "")
      .trim();
  return selectors.filter((selector) => door.querySelector(atAnyTime(selector) || "*") !== null);
}

/** The style that belongs into the page, worked out in a page of a browser. */
export async function doorStyle(tab) {
  const page = readFileSync(PAGE, "utf8").replace(STYLE, "$1$3");
  // What is printed has the whole sheet.
  const all = rulesOf(readFileSync(SHEET, "utf8").replace(/\/\*[^]*?\*\//g, "")).filter(({ head }) => !/^@(?:page|media print)/.test(head));
  const isPlain = ({ head }) => !head.startsWith("@");
  const plain = all.flatMap((rule) => (rule.rules ?? [rule]).filter(isPlain));
  const there = new Set(await tab.evaluate(found, [page, plain.flatMap(({ head }) => selectorsOf(head))]));
  const kept = (rules) => rules.map(one).filter(Boolean).join("\n");
  const one = (rule) => {
    const inside = rule.rules && kept(rule.rules);
    if (rule.rules) return inside && `${rule.head} {\n${inside}\n}`;
    const head = isPlain(rule) ? selectorsOf(rule.head).filter((selector) => there.has(selector)).join(", ") : rule.head;
    return head && `${head} { ${rule.body} }`;
  };
  const lines = kept(all).split("\n");
  const isNamed = (name) => lines.some((line) => !line.startsWith("@") && new RegExp(`animation[^;]*\\b${name}\\b`).test(line));
  return `\n${lines.filter((line) => !line.startsWith("@keyframes") || isNamed(line.split(/\s+/)[1])).join("\n")}\n`;
}

/** The style that stands in the page. */
export const written = () => STYLE.exec(readFileSync(PAGE, "utf8"))?.[2] ?? "";

/** What allows it. */
export const sourceOf = (style) => `style-src 'self' 'sha256-${createHash("sha256").update(style).digest("base64")}'`;

if (argv[1] === fileURLToPath(import.meta.url)) {
  const { chromium } = await import("@playwright/test");
  const browser = await chromium.launch({ executablePath: env.RESTORE_DESK_CHROMIUM, args: ["--no-sandbox"] });
  const style = await doorStyle(await browser.newPage());
  await browser.close();
  writeFileSync(PAGE, readFileSync(PAGE, "utf8").replace(STYLE, (_, from, __, to) => from + style + to));
  for (const file of SAY_THE_POLICY) writeFileSync(file, readFileSync(file, "utf8").replace(SOURCE, sourceOf(style)));
  console.log(`${style.length} bytes of style in ${PAGE}`);
}
