// A tenant of thousands: reading its list, keeping it, opening it again, going from page to page, filtering, the matrix, an answer.
import { setTimeout as pause } from "node:timers/promises";
import { highWater, median, memories, p95, renderers, tasks, watched, within } from "./browser.mjs";

const PAGES = [
  "/environments", "/targets", "/readiness", "/deadlines", "/", "/targets?by=environment", "/way-back", "/environments", "/unknown",
  "/reference", "/activity", "/plans", "/storage", "/deleted",
];
/** As a person types and takes back. */
const KEYS = [..."environment", ...Array(11).fill("Backspace"), ..."77", "Backspace", "Backspace", ..."1234", ...Array(4).fill("Backspace")];

const started = (page) => page.waitForFunction(() => window.bench.usable !== null, null, { timeout: 120_000 });
const longest = (all) => Math.round(all[0] ?? 0);

/** Gives the app a list, and answers how long it took until its preview could be kept, and what that needed. */
export async function importList(browser, page, url, file) {
  await page.goto(`${url}#/import`);
  await started(page);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose files" }).click();
  const given = await chooser;
  const pids = await renderers(browser);
  const before = await memories(page);
  await tasks(page);
  const [took, resident] = await highWater(pids, async () => {
    await given.setFiles(file);
    return page.evaluate(
      () =>
        new Promise((done) => {
          const look = () => {
            const keep = [...document.querySelectorAll("button")].find((b) => b.textContent.trim() === "Keep" && !b.disabled);
            if (keep && window.bench.given !== null) done(performance.now() - window.bench.given);
            else setTimeout(look, 5);
          };
          look();
        }),
    );
  });
  const after = await memories(page);
  return { took, resident, heap: after.heap - before.heap, wasm: after.wasm - before.wasm, wasmNow: after.wasm, longest: longest(await tasks(page)) };
}

/** The same file by JavaScript alone: its text, JSON.parse, a row of six texts for each. */
export async function parseList(browser, page, url, file) {
  await page.goto(url);
  await page.locator("input[type=file]").setInputFiles(file);
  const pids = await renderers(browser);
  const [took, resident] = await highWater(pids, () => page.evaluate(() => window.readAndKeep(document.querySelector("input[type=file]").files[0])));
  return { took, resident, longest: longest(await tasks(page)) };
}

export async function keep(page) {
  await tasks(page);
  const begun = await page.evaluate(() => performance.now());
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await page.getByRole("link", { name: "See the environments" }).waitFor({ timeout: 120_000 });
  const took = (await page.evaluate(() => performance.now())) - begun;
  await page.locator("header").getByText("✓ Saved").first().waitFor({ timeout: 120_000 });
  // The second record is written a little later.
  await pause(4000);
  return { took, longest: longest(await tasks(page)) };
}

/** Opens what is stored in a page of its own. */
async function reopened(context, url, slower = 1) {
  const page = await watched(context, slower);
  await page.goto(url);
  await started(page);
  return page;
}

const painted = (page) => page.waitForFunction(() => window.bench.paint !== null).then(() => page.evaluate(() => window.bench.paint));

/** First paint beside that of a new visitor, and how long it takes from when the program is there until its page can be used. */
async function opening(browser, context, url, runs) {
  const paints = [], uses = [], all = [], without = [];
  for (let n = 0; n < runs; n++) {
    without.push(
      await within(browser, {}, async (page) => {
        await page.goto(url);
        return painted(page);
      }),
    );
    const page = await reopened(context, url);
    await painted(page);
    const { paint, usable, there } = await page.evaluate(() => window.bench);
    paints.push(paint);
    uses.push(usable - there);
    await pause(1500);
    all.push(...(await tasks(page)));
    await page.close();
  }
  return { paint: median(paints), without: median(without), usable: median(uses), usableP95: p95(uses), longest: Math.round(Math.max(0, ...all)) };
}

/** Goes to a page as a link does; the time until the end of the frame in which its heading is there. */
const goes = (page, route) =>
  page.evaluate(
    (route) =>
      new Promise((done) => {
        const heading = () => document.querySelector("main h1");
        const before = heading();
        const said = before?.textContent;
        if (location.hash === `#${route}`) return done(0);
        const begun = performance.now();
        location.hash = route;
        const look = () => {
          const now = heading();
          if (now && (now !== before || now.textContent !== said)) window.bench.frame().then((end) => done(end - begun));
          else if (performance.now() - begun > 5000) done(5000);
          else setTimeout(look, 0);
        };
        // Where the page is made within the event, the frame after it is the one that shows it.
        addEventListener("hashchange", () => queueMicrotask(look), { once: true });
      }),
    route,
  );

/** Goes to the table; the time until the end of the frame in which its heading stands, and of that in which its rows do. */
async function firstRender(page) {
  const begun = await page.evaluate(() => performance.now());
  const head = await goes(page, "/environments");
  const rows = await page.evaluate(
    (begun) =>
      new Promise((done) => {
        const look = () => {
          if (document.querySelector("main [role=rowheader]")) window.bench.frame().then((end) => done(end - begun));
          else if (performance.now() - begun > 5000) done(5000);
          else setTimeout(look, 0);
        };
        look();
      }),
    begun,
  );
  return { head, rows };
}

async function pageToPage(page, rounds) {
  const times = [], worst = new Map();
  await goes(page, "/storage");
  await tasks(page);
  for (let n = 0; n < rounds; n++) {
    for (const route of PAGES) {
      const took = await goes(page, route);
      await pause(350);
      times.push(took);
      const was = worst.get(route) ?? { took: 0, task: 0 };
      worst.set(route, { took: Math.max(was.took, took), task: Math.max(was.task, longest(await tasks(page))) });
    }
  }
  return { median: median(times), p95: p95(times), longest: Math.max(...[...worst.values()].map((w) => w.task)), pages: Object.fromEntries(worst) };
}

/** Keys into a field: from each to the end of the frame after it, and what the page did for it in all. */
async function filterKeys(page, field) {
  await field.focus();
  const work = async () => (await page.cdp.send("Performance.getMetrics")).metrics.find((m) => m.name === "TaskDuration").value * 1000;
  await page.evaluate(() => {
    addEventListener("keydown", () => {
      const begun = performance.now();
      window.bench.frame().then((end) => (window.bench.key = end - begun));
    }, true);
  });
  const frames = [], works = [];
  for (const key of KEYS) {
    await page.evaluate(() => (window.bench.key = null));
    const before = await work();
    await page.keyboard.press(key);
    await page.waitForFunction(() => window.bench.key !== null, null, { polling: 20 });
    await pause(60);
    works.push((await work()) - before);
    frames.push(await page.evaluate(() => window.bench.key));
  }
  return { median: median(frames), p95: p95(frames), work: median(works) };
}

/** Moves something by more than what is seen in each frame. `move` is a function of the page: element, frame. */
async function dragged(page, selector, move, frames) {
  await tasks(page);
  const each = await page.evaluate(
    async ([selector, move, frames]) => {
      const element = document.querySelector(selector);
      const step = new Function(`return ${move}`)();
      const works = [], gaps = [];
      let from = null, last = null;
      // Within a frame, being scrolled is told before anything is drawn.
      document.addEventListener("scroll", () => (from ??= performance.now()), true);
      const until = performance.now() + 10_000;
      for (let n = 0; n < frames && performance.now() < until; n++) {
        await new Promise((next) => {
          requestAnimationFrame((at) => {
            const begun = from ?? performance.now();
            if (last !== null) gaps.push(at - last);
            last = at;
            from = null;
            step(element, n);
            const port = new MessageChannel();
            port.port1.onmessage = () => {
              if (n > 2) works.push(performance.now() - begun);
              next();
            };
            port.port2.postMessage(0);
          });
        });
      }
      return { works, late: gaps.filter((gap) => gap > 25).length / gaps.length };
    },
    [selector, move.toString(), frames],
  );
  return { median: median(each.works), p95: p95(each.works), late: each.late, frames: each.works.length, longest: longest(await tasks(page)) };
}

/** A drag without an end: the pointer goes on where the window ends. Every row and column is another in each frame. */
const drag = (area, n) => {
  const at = (x, y) => ({ bubbles: true, pointerType: "mouse", pointerId: 1, button: 0, buttons: 1, clientX: x, clientY: y });
  const turn = Math.max(2, Math.min(120, Math.floor(area.scrollHeight / (area.clientHeight + 9)) - 1));
  const k = n % turn;
  if (k === 0) {
    if (n > 0) area.dispatchEvent(new PointerEvent("pointerup", at(0, 0)));
    area.scrollTo(0, 0);
    area.dispatchEvent(new PointerEvent("pointerdown", at(600, 600)));
  } else {
    area.dispatchEvent(new PointerEvent("pointermove", at(600 - k * (area.clientWidth + 9), 600 - k * (area.clientHeight + 9))));
  }
};
const scroll = (area, n) => (area.scrollTop = (n % 120) * (area.clientHeight + 9));

/** One answer beside the table: from the press to the end of its frame, and what of that was work: what the press calls, and the frame itself. */
async function answers(page, times) {
  await goes(page, "/environments");
  const took = [], works = [];
  const names = page.getByRole("rowheader").getByRole("link");
  for (let n = 0; n < 12 && took.length < times; n++) {
    await names.nth(n).click();
    await pause(400);
    const one = await page.evaluate(async () => {
      const group = [...document.querySelectorAll("[role=group][aria-label]")].find((g) => /\?$/.test(g.getAttribute("aria-label")));
      const no = [...(group?.querySelectorAll("button") ?? [])].find((b) => b.textContent.trim() === "No");
      if (!no) return null;
      const begun = performance.now();
      let drawing;
      requestAnimationFrame(() => (drawing = performance.now()));
      const drawn = window.bench.frame();
      no.click();
      // What the press called goes on at once: it is done before the browser has its turn.
      for (let n = 0; n < 1000; n++) await null;
      const called = performance.now() - begun;
      const end = await drawn;
      return [end - begun, called + end - drawing];
    });
    await pause(400);
    if (one) took.push(one[0]), works.push(one[1]);
  }
  return took.length ? { median: median(took), p95: p95(took), work: median(works), longest: longest(await tasks(page)) } : null;
}

/** All of it, for the list in `file`. `deep`: also what takes longer. */
export async function largeTenant(browser, { app, table, file, runs, deep, note }) {
  const imports = [], references = [];
  for (let n = 0; n < runs - 1; n++) {
    imports.push(await within(browser, {}, (page) => importList(browser, page, app, file)));
    references.push(await within(browser, {}, (page) => parseList(browser, page, table, file)));
  }
  return within(browser, {}, async (page, context) => {
    references.push(await within(browser, {}, (other) => parseList(browser, other, table, file)));
    imports.push(await importList(browser, page, app, file));
    note("  keeping it, opening it again");
    const result = { imports, references, keeping: await keep(page) };
    await page.close();
    result.opening = await opening(browser, context, app, runs);
    note("  first render, filter, page to page, matrix, an answer");
    for (const slower of deep ? [1, 4] : [1]) {
      const renders = [], early = [];
      for (let n = 0; n < (deep ? runs : 1); n++) {
        // Whoever is quicker than what is worked out ahead.
        const hasty = await reopened(context, app, slower);
        early.push((await firstRender(hasty)).rows);
        await hasty.close();
        const desk = await reopened(context, app, slower);
        await pause(1000);
        await tasks(desk);
        renders.push(await firstRender(desk));
        if (n === (deep ? runs : 1) - 1) {
          await pause(500);
          const at = { render: median(renders.map((r) => r.rows)), head: median(renders.map((r) => r.head)), early: median(early), renderTask: longest(await tasks(desk)) };
          at.filter = await filterKeys(desk, desk.getByRole("main").locator("input:not([type=checkbox])").first());
          at.filterTask = longest(await tasks(desk));
          if (slower === 1) at.pages = await pageToPage(desk, deep ? 3 : 1);
          await goes(desk, "/storage");
          await goes(desk, "/targets?by=environment");
          await desk.locator(".mx-view").waitFor();
          await pause(500);
          at.matrix = await dragged(desk, ".mx-view", drag, 240);
          if (slower === 1) at.answer = await answers(desk, 7);
          result[slower] = at;
          if (desk.faults.length) throw new Error(desk.faults.join("; "));
        }
        await desk.close();
      }
    }
    return result;
  });
}

/** Fluent's virtualised grid over the same rows. */
export async function fluentGrid(browser, { table, file, runs, note }) {
  note("  the same rows in Fluent's grid");
  const result = {};
  for (const slower of [1, 4]) {
    const renders = [];
    for (let n = 0; n < runs; n++) {
      await within(browser, { slower }, async (page) => {
        await page.goto(table);
        await page.locator("input[type=file]").setInputFiles(file);
        await page.evaluate(() => window.readAndKeep(document.querySelector("input[type=file]").files[0]));
        await pause(1000);
        await tasks(page);
        renders.push(
          await page.evaluate(async () => {
            const begun = performance.now();
            window.showTable(true);
            return (await window.bench.frame()) - begun;
          }),
        );
        if (n < runs - 1) return;
        await page.getByRole("row").nth(5).waitFor();
        await pause(500);
        const filter = await filterKeys(page, page.getByLabel("Filter"));
        await page.evaluate(() => ([...document.querySelectorAll("div")].find((d) => d.scrollHeight > d.clientHeight + 999).dataset.scrolls = ""));
        result[slower] = { render: median(renders), filter, scrolled: await dragged(page, "[data-scrolls]", scroll, 240) };
      });
    }
  }
  return result;
}
