// The first visit: what is downloaded, when something is painted, when the page can be used; beside the same page in React and Fluent UI.
import { setTimeout as pause } from "node:timers/promises";
import { median, p95, watched, within } from "./browser.mjs";

const usable = (page) => page.waitForFunction(() => window.bench.usable !== null, null, { timeout: 120_000 });
const times = (page) => page.evaluate(() => ({ paint: window.bench.paint, usable: window.bench.usable }));
const sum = (files, key) => files.reduce((total, file) => total + file[key], 0);

/** What is asked for before the service worker is, and from it on: that is put aside for a visit without a network. */
function untilWorker(files) {
  const at = files.findIndex(({ path }) => path.endsWith("worker.js"));
  return at < 0 ? [files, []] : [files.slice(0, at), files.slice(at)];
}

/** What is asked for until the page can be used, what after that by itself, and what the first press asks for. */
export async function bytes(browser, host, url, press) {
  return within(browser, {}, async (page, context) => {
    host.asked();
    await page.goto(url);
    await usable(page);
    const first = host.asked();
    await page.waitForLoadState("networkidle");
    await pause(3000);
    const [after, early] = untilWorker(host.asked());
    if (press) await press(page);
    await page.waitForLoadState("networkidle");
    await pause(3000);
    const [wanted, late] = untilWorker(host.asked());
    const next = await watched(context);
    host.asked();
    await next.goto(url);
    await usable(next);
    await next.waitForLoadState("networkidle");
    const second = host.asked();
    const row = (files) => ({ files: files.map(({ path, bytes }) => ({ path, bytes })), bytes: sum(files, "bytes"), raw: sum(files, "raw") });
    return { first: row(first), after: row(after), wanted: row(wanted), offline: row([...early, ...late]), second: row(second) };
  });
}

/** Presses the button, and waits until the sample is open: that is how it is known that the press was taken. */
export async function openSample(page) {
  const begun = await page.evaluate(() => {
    const at = performance.now();
    window.bench.button().click();
    return at;
  });
  await page.locator("header").getByText("(sample)").first().waitFor({ timeout: 120_000 });
  return page.evaluate((begun) => performance.now() - begun, begun);
}

async function visit(browser, url, slower, press) {
  return within(browser, { slower }, async (page) => {
    await page.goto(url);
    await usable(page);
    // The paint is told of later than it was.
    await page.waitForFunction(() => window.bench.paint !== null);
    const took = await times(page);
    if (press) took.pressed = await press(page);
    if (page.faults.length) throw new Error(page.faults.join("; "));
    return took;
  });
}

/** When a page of one word is painted: no page is painted earlier on this machine. */
async function paintedWord(browser, url, slower) {
  return within(browser, { slower }, async (page) => {
    await page.goto(url);
    await page.waitForFunction(() => window.bench.paint !== null);
    return { paint: (await times(page)).paint };
  });
}

const summed = (all) =>
  Object.fromEntries(Object.keys(all[0]).map((key) => [key, { median: median(all.map((one) => one[key])), p95: p95(all.map((one) => one[key])) }]));

/** Several visits of all pages by turns, so that all have the same machine. */
export async function firstVisit(browser, host, { app, reference, word, runs, note }) {
  note("first visit: what is downloaded");
  const load = await bytes(browser, host, app, openSample);
  const referenceLoad = await bytes(browser, host, reference);
  const at = {};
  for (const slower of [1, 4]) {
    note(`first visit: paint and use, ${slower} times slower`);
    const all = { app: [], reference: [], word: [] };
    for (let n = 0; n < runs; n++) {
      all.app.push(await visit(browser, app, slower, openSample));
      all.reference.push(await visit(browser, reference, slower));
      all.word.push(await paintedWord(browser, word, slower));
    }
    at[slower] = Object.fromEntries(Object.entries(all).map(([name, of]) => [name, summed(of)]));
  }
  return { load, referenceLoad, at };
}
