// What the browser's stores still hold after the whole browser, or one tab, was
// killed without warning (SIGKILL). docs/STORAGE.md says what came out.
//
//   node scripts/kill-scenes.mjs [--scene ages|burst|tab|room|time] [--runs 3] [--jobs 3]
//
// It needs Chromium (RESTORE_DESK_CHROMIUM, or /usr/bin/chromium) and the npm
// packages of package.json. It serves a page of its own on 127.0.0.1, each run
// has a new profile, and nothing is left behind. All scenes take about ten
// minutes, most of which is waiting.
//
// `start` is for other scripts too: a browser with a profile that stays, which
// can be killed and started again.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { argv, env, exit, getuid, kill } from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";

const SYSTEM = env.RESTORE_DESK_CHROMIUM ?? "/usr/bin/chromium";

const FLAGS = [
  "--headless=new",
  "--remote-debugging-port=0",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The processes of a group that still run (a zombie does not). */
function alive(group) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const [state, , pgrp] = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
        return Number(pgrp) === group && state !== "Z";
      } catch {
        return false;
      }
    })
    .map(Number);
}

/**
 * Starts a browser whose profile stays, in a process group of its own.
 *   page       its page
 *   kill()     ends every process of the browser at once, as a crash does
 *   killTabs() ends the processes of its pages only
 *   close()    ends it as a person does
 */
export async function start(profile, args = []) {
  // A killed browser leaves its lock behind.
  for (const name of existsSync(profile) ? readdirSync(profile) : []) {
    if (/^(Singleton|DevToolsActivePort)/.test(name)) await rm(join(profile, name), { force: true });
  }
  const sandbox = getuid?.() === 0 ? ["--no-sandbox"] : [];
  const child = spawn(
    existsSync(SYSTEM) ? SYSTEM : chromium.executablePath(),
    [...FLAGS, ...sandbox, ...args, `--user-data-dir=${profile}`, "about:blank"],
    { detached: true, stdio: "ignore" },
  );
  const ended = new Promise((done) => child.once("exit", done));
  const killNow = () => {
    try {
      kill(-child.pid, "SIGKILL");
    } catch {}
  };
  let port;
  for (let tries = 0; tries < 300 && !port; tries++) {
    await pause(50);
    port = await readFile(join(profile, "DevToolsActivePort"), "utf8").then((text) => text.split("\n")[0], () => null);
  }
  if (!port) {
    killNow();
    throw new Error("the browser did not start");
  }
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const context = browser.contexts()[0];
  const page = context.pages()[0] ?? (await context.newPage());
  const gone = async () => {
    await ended;
    while (alive(child.pid).length) {
      killNow();
      await pause(10);
    }
    await browser.close().catch(() => {});
  };
  return {
    page,
    context,
    kill: () => {
      killNow();
      return gone();
    },
    killTabs: async () => {
      const session = await browser.newBrowserCDPSession();
      const { processInfo } = await session.send("SystemInfo.getProcessInfo");
      const tabs = processInfo.filter(({ type }) => type === "renderer");
      for (const { id } of tabs) kill(id, "SIGKILL");
      return tabs.length;
    },
    close: async () => {
      const session = await browser.newBrowserCDPSession();
      await session.send("Browser.close").catch(() => {});
      await gone();
    },
  };
}

/** Makes a folder for `use`, and takes it away again. */
export async function withProfile(use) {
  const profile = await mkdtemp(join(tmpdir(), "kill-scenes-"));
  try {
    return await use(profile);
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

// What the page can do. It is a function of the page, written as text by `serve`.
function inPage() {
  const open = () =>
    new Promise((done, failed) => {
      const request = indexedDB.open("scenes", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("keep");
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  window.scenes = {
    local: (key, text) => localStorage.setItem(key, text),
    /** Resolves when the transaction is complete. */
    indexed: async (key, text, durability) => {
      const database = await open();
      const transaction = database.transaction("keep", "readwrite", { durability });
      transaction.objectStore("keep").put(text, key);
      const begun = performance.now();
      await new Promise((done, failed) => {
        transaction.oncomplete = done;
        transaction.onabort = failed;
      });
      const took = performance.now() - begun;
      database.close();
      return took;
    },
    readIndexed: async (key) => {
      const database = await open();
      const request = database.transaction("keep").objectStore("keep").get(key);
      await new Promise((done) => (request.onsuccess = done));
      database.close();
      return request.result?.length ?? 0;
    },
  };
}

async function serve() {
  const server = createServer((request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
    response.end(`<!doctype html><title>scenes</title><script>(${inPage})()</script>`);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** Runs jobs, so many at once; answers in their order. */
async function together(jobs, most) {
  const answers = [];
  let next = 0;
  const worker = async () => {
    while (next < jobs.length) {
      const mine = next++;
      answers[mine] = await jobs[mine]();
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
  return answers;
}

const SMALL = 1000;
const LARGE = 1_000_000;
const DELAYS = [0, 200, 500, 1000, 2000, 5000, 10_000];

/** How old a write must be to survive the death of the browser. Counted from the return of setItem, and from `complete`. */
async function ages(url, runs, jobs) {
  const cases = [SMALL, LARGE].flatMap((size) =>
    ["local", "strict", "relaxed"].flatMap((kind) => DELAYS.map((delay) => ({ size, kind, delay }))),
  );
  const one = ({ size, kind, delay }) =>
    withProfile(async (profile) => {
      const first = await start(profile);
      await first.page.goto(url);
      // Not the first write of a new profile: that one makes files, which takes longer.
      await first.page.evaluate(() => scenes.indexed("before", "x", "strict"));
      const took = await first.page.evaluate(
        ([kind, size]) => {
          const text = "x".repeat(size);
          return kind === "local" ? scenes.local("k", text) : scenes.indexed("k", text, kind);
        },
        [kind, size],
      );
      if (delay) await pause(delay);
      await first.kill();
      const second = await start(profile);
      await second.page.goto(url);
      const length = await second.page.evaluate(
        (kind) => (kind === "local" ? (localStorage.getItem("k")?.length ?? 0) : scenes.readIndexed("k")),
        kind,
      );
      await second.kill();
      return { survived: length === size, took };
    });
  const list = cases.flatMap((given) => Array.from({ length: runs }, () => given));
  const answers = await together(list.map((given) => () => one(given)), jobs);
  const rows = [];
  for (const size of [SMALL, LARGE]) {
    for (const kind of ["local", "strict", "relaxed"]) {
      const row = { store: kind === "local" ? "localStorage" : `IndexedDB ${kind}`, characters: size };
      const times = [];
      for (const delay of DELAYS) {
        const mine = answers.filter((_, i) => list[i].size === size && list[i].kind === kind && list[i].delay === delay);
        row[`${delay / 1000} s`] = `${mine.filter((a) => a.survived).length}/${mine.length}`;
        times.push(...mine.map((a) => a.took).filter((t) => typeof t === "number"));
      }
      if (times.length) row["ms to complete"] = middle(times).toFixed(1);
      rows.push(row);
    }
  }
  return rows;
}

/** What an hour's worth of writes does: 200 of 500,000 characters within two minutes, then one small one, then death. */
async function burst(url, _runs, jobs) {
  const WRITES = 200;
  const endings = [
    ...[1, 5, 30, 60].map((seconds) => ({ name: `killed after ${seconds} s`, seconds })),
    { name: "tab closed, killed after 2 s", closes: true, seconds: 2 },
    { name: "another write every second, killed after 60 s", seconds: 60, goesOn: true },
  ];
  const one = ({ name, seconds, closes, goesOn }) =>
    withProfile(async (profile) => {
      const first = await start(profile);
      await first.page.goto(url);
      await first.page.evaluate(async (writes) => {
        const rest = "x".repeat(499_996);
        for (let i = 1; i <= writes; i++) {
          // As the app does: a new key each time, the one before the last goes.
          scenes.local(`r${i}`, String(i).padStart(4, "0") + rest);
          localStorage.removeItem(`r${i - 2}`);
          await new Promise((done) => setTimeout(done, 590));
        }
        scenes.local("last", "small");
        await scenes.indexed("last", "small", "strict");
      }, WRITES);
      if (closes) await first.page.close().catch(() => {});
      if (goesOn) {
        for (let i = 0; i < seconds; i++) {
          await first.page.evaluate((i) => scenes.local("goes-on", String(i)), i);
          await pause(1000);
        }
      } else await pause(seconds * 1000);
      await first.kill();
      const second = await start(profile);
      await second.page.goto(url);
      const found = await second.page.evaluate(async () => {
        const records = Object.keys(localStorage).filter((key) => /^r\d/.test(key));
        return {
          "newest of 200 in localStorage": Math.max(0, ...records.map((key) => Number(key.slice(1)))),
          "small one after them": localStorage.getItem("last") === "small",
          "goes on": localStorage.getItem("goes-on"),
          "small one in IndexedDB": (await scenes.readIndexed("last")) === 5,
        };
      });
      await second.kill();
      return { ending: name, ...found };
    });
  return together(endings.map((ending) => () => one(ending)), Math.max(jobs, endings.length));
}

/** Whether a write survives when only the process of the tab dies. */
async function tab(url, runs) {
  const rows = [];
  for (const size of [SMALL, LARGE]) {
    for (const delay of [0, 100, 1000]) {
      const row = { characters: size, "killed after": `${delay / 1000} s`, localStorage: 0, "IndexedDB, sent only": 0, runs };
      for (let run = 0; run < runs; run++) {
        await withProfile(async (profile) => {
          const browser = await start(profile);
          await browser.page.goto(url);
          await browser.page.evaluate(() => scenes.indexed("before", "x", "strict"));
          await browser.page.evaluate((size) => {
            void scenes.indexed("k", "x".repeat(size), "strict");
            scenes.local("k", "x".repeat(size));
          }, size);
          if (delay) await pause(delay);
          await browser.killTabs();
          await pause(500);
          const page = await browser.context.newPage();
          await page.goto(url);
          const [local, indexed] = await page.evaluate(async () => [
            localStorage.getItem("k")?.length ?? 0,
            await scenes.readIndexed("k"),
          ]);
          row.localStorage += local === size ? 1 : 0;
          row["IndexedDB, sent only"] += indexed === size ? 1 : 0;
          await browser.kill();
        });
      }
      rows.push(row);
    }
  }
  return rows;
}

/** How many UTF-16 units fit, keys included. */
async function room(url) {
  return withProfile(async (profile) => {
    const browser = await start(profile);
    await browser.page.goto(url);
    const rows = [];
    for (const [characters, unit] of [["Latin-1", "x"], ["U+3000 and up", "\u3042"]]) {
      const fits = await browser.page.evaluate((unit) => {
        localStorage.clear();
        const takes = (length) => {
          try {
            localStorage.setItem("0123456789", unit.repeat(length));
            return true;
          } catch {
            return false;
          } finally {
            localStorage.clear();
          }
        };
        let [low, high] = [0, 20_000_000];
        while (low < high) {
          const middle = Math.ceil((low + high) / 2);
          if (takes(middle)) low = middle;
          else high = middle - 1;
        }
        return low;
      }, unit);
      rows.push({ characters, "units in the text": fits, "with its key of 10": fits + 10 });
    }
    await browser.kill();
    return rows;
  });
}

/** How long one call takes, as the page sees it. */
async function time(url) {
  return withProfile(async (profile) => {
    const browser = await start(profile);
    await browser.page.goto(url);
    const rows = [];
    for (const [characters, unit] of [["Latin-1", "x"], ["U+3000 and up", "\u3042"]]) {
      for (const size of [SMALL, 500_000]) {
        const took = await browser.page.evaluate(
          async ([unit, size]) => {
            const [sets, gets] = [[], []];
            for (let i = 0; i < 40; i++) {
              const text = unit.repeat(size - 4) + String(i).padStart(4, "0");
              text.charCodeAt(7);
              let begun = performance.now();
              localStorage.setItem("k", text);
              sets.push(performance.now() - begun);
              begun = performance.now();
              localStorage.getItem("k");
              gets.push(performance.now() - begun);
              await new Promise((done) => setTimeout(done, 20));
            }
            return { sets, gets };
          },
          [unit, size],
        );
        rows.push({
          characters,
          units: size,
          "setItem ms, middle": middle(took.sets).toFixed(2),
          "setItem ms, worst of 40": Math.max(...took.sets).toFixed(2),
          "getItem ms, middle": middle(took.gets).toFixed(2),
        });
      }
    }
    await browser.kill();
    return rows;
  });
}

function middle(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

if (argv[1] && resolve(argv[1]) === fileURLToPath(import.meta.url)) {
  const scenes = { room, time, tab, ages, burst };
  const { values } = parseArgs({
    options: {
      scene: { type: "string" },
      runs: { type: "string", default: "3" },
      jobs: { type: "string", default: "3" },
    },
  });
  if (values.scene && !scenes[values.scene]) {
    console.error(`--scene is one of ${Object.keys(scenes).join(", ")}`);
    exit(2);
  }
  const server = await serve();
  for (const [name, scene] of Object.entries(scenes)) {
    if (values.scene && values.scene !== name) continue;
    console.log(`\n${name}`);
    console.table(await scene(server.url, Number(values.runs), Number(values.jobs)));
  }
  server.close();
}
