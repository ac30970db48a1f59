// Lighthouse, as a phone: the start page as a new visitor has it, and every other kind of page with the sample open.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { launch as launchChrome } from "chrome-launcher";
import lighthouse from "lighthouse";
import { FLAGS, SYSTEM, median } from "./browser.mjs";

const KINDS = ["performance", "accessibility", "best-practices", "seo"];
const PAGES = [
  "/", "/environments", "/targets", "/targets?by=environment", "/readiness", "/deadlines", "/deleted", "/way-back", "/restore", "/plans",
  "/activity", "/reference", "/unknown", "/import", "/storage",
];

/** The scores of 100, the largest paint, and every finding that keeps a score below 100 but for the times themselves. */
async function audit(url, port, keep) {
  const options = { port, onlyCategories: KINDS, logLevel: "error", disableStorageReset: keep };
  const { lhr } = await lighthouse(url, options);
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  const findings = [];
  for (const kind of KINDS.slice(1)) {
    for (const { id, weight } of lhr.categories[kind].auditRefs) {
      const { score, title, details } = lhr.audits[id];
      if (!weight || score === null || score >= 1) continue;
      const where = (details?.items ?? []).slice(0, 4).map((i) => i.node?.snippet ?? i.url ?? i.description ?? i.source ?? "").filter(Boolean);
      findings.push(`${kind}: ${title}${where.length ? ` (${where.join(" · ").slice(0, 500)})` : ""}`);
    }
  }
  const score = (kind) => Math.round(lhr.categories[kind].score * 100);
  const of = (id) => lhr.audits[id].numericValue;
  return {
    scores: Object.fromEntries(KINDS.map((kind) => [kind, score(kind)])),
    lcp: of("largest-contentful-paint"), fcp: of("first-contentful-paint"), tbt: of("total-blocking-time"), cls: of("cumulative-layout-shift"),
    findings,
  };
}

async function withChrome(use) {
  const profile = mkdtempSync(join(tmpdir(), "bench-lighthouse-"));
  const chrome = await launchChrome({
    chromePath: SYSTEM, chromeFlags: ["--headless=new", ...FLAGS], userDataDir: profile, handleSIGINT: false, logLevel: "silent",
  });
  try {
    return await use(chrome.port);
  } finally {
    await chrome.kill();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Opens the sample in the profile, and makes a plan of it; the plan's route, or null. */
async function openSample(port, app, note) {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const page = await browser.contexts()[0].newPage();
  await page.goto(app);
  await page.getByRole("button", { name: "Open the sample tenant" }).click();
  await page.locator("header").getByText("(sample)").first().waitFor();
  let plan = null;
  try {
    page.setDefaultTimeout(15_000);
    await page.evaluate(() => (location.hash = "/way-back"));
    await page.getByRole("button", { name: /^Records were deleted/ }).click();
    await page.getByRole("button", { name: /^Contoso Sales/ }).click();
    await page.keyboard.type("yesterday 14");
    await page.getByRole("button", { name: "Make the plan" }).first().click();
    await page.waitForURL(/#\/plans\/\d+$/);
    plan = new URL(page.url()).hash.slice(1);
  } catch (error) {
    note(`  no plan could be made, so none is measured: ${error.message.split("\n")[0]}`);
  }
  await page.locator("header").getByText("✓ Saved").first().waitFor();
  await page.close();
  await browser.close();
  return plan;
}

export async function lighthousePages(app, runs, note) {
  const rows = [];
  note("Lighthouse: the start page of a new visitor");
  await withChrome(async (port) => {
    const all = [];
    for (let n = 0; n < runs; n++) all.push(await audit(app, port, false));
    const middle = (key) => median(all.map((one) => one[key]));
    const performance = median(all.map((one) => one.scores.performance));
    rows.push({ ...all[0], page: "start, new visitor", lcp: middle("lcp"), fcp: middle("fcp"), tbt: middle("tbt"), cls: middle("cls"), scores: { ...all[0].scores, performance } });
  });
  await withChrome(async (port) => {
    const plan = await openSample(port, app, note);
    for (const route of [...PAGES, ...(plan ? [plan] : [])]) {
      note(`Lighthouse: ${route} with the sample`);
      rows.push({ page: plan === route ? "/plans/1" : route, ...(await audit(`${app}#${route}`, port, true)) });
    }
  });
  return rows;
}
