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

/** The rules of a style sheet that the elements of a page need, in their order. Runs in a browser. */
function rulesOf([page, sheet]) {
  const door = new DOMParser().parseFromString(page, "text/html");
  // What is shown once boot.js knows who came: it waits for the whole sheet.
  for (const later of door.querySelectorAll(".door")) later.replaceWith(Object.assign(door.createElement("span"), { className: "door" }));
  const all = new CSSStyleSheet();
  all.replaceSync(sheet);
  // Neither the state of the door nor the theme is known before its script runs: all of them are painted rightly.
  const atAnyTime = (selector) =>
    selector
      .replace(/:not\(\[data-(?:state|at|theme)[^\]]*\]\)|\[data-(?:state|at|theme)[^\]]*\]/g, "")
      .replace(/::[\w-]+/g, "")
      .replace(/(^|[\s>+~])(?=$|[\s>+~])/g, (found, before) => (found || before ? found : "*"));
  const isThere = (selector) => {
    const plain = atAnyTime(selector).trim() || "*";
    return door.querySelector(plain) !== null;
  };
  const kept = (rules) => [...rules].map(one).filter(Boolean).join("\n");
  const one = (rule) => {
    if (rule instanceof CSSStyleRule) {
      const selectors = rule.selectorText.split(/,(?![^(]*\))/).map((part) => part.trim()).filter(isThere);
      return selectors.length ? `${selectors.join(", ")} { ${rule.style.cssText} }` : "";
    }
    // What is printed has the whole sheet.
    if (rule instanceof CSSPageRule || (rule instanceof CSSMediaRule && rule.conditionText === "print")) return "";
    if (rule instanceof CSSKeyframesRule) return rule.cssText.replace(/\s*\n\s*/g, " ");
    const inside = kept(rule.cssRules);
    return inside && `${rule.cssText.slice(0, rule.cssText.indexOf("{")).trim()} {\n${inside}\n}`;
  };
  const text = kept(all.cssRules);
  const named = (name) => new RegExp(`animation[^;]*\\b${name}\\b`).test(text);
  return text.split("\n").filter((line) => !line.startsWith("@keyframes") || named(line.split(/\s+/)[1])).join("\n");
}

/** The style that belongs into the page, worked out in a page of a browser. */
export async function doorStyle(tab) {
  const page = readFileSync(PAGE, "utf8").replace(STYLE, "$1$3");
  return `\n${await tab.evaluate(rulesOf, [page, readFileSync(SHEET, "utf8")])}\n`;
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
