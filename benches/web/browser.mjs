// The browser that measures, and what is asked of it in every measurement.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { env, getuid } from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "@playwright/test";

export const SYSTEM = env.RESTORE_DESK_CHROMIUM ?? "/usr/bin/chromium";
export const FLAGS = ["--disable-gpu", ...(getuid?.() === 0 ? ["--no-sandbox"] : [])];

export const launch = () => chromium.launch({ executablePath: existsSync(SYSTEM) ? SYSTEM : undefined, args: FLAGS });

/** What every page keeps of itself from its first line on. */
function watch() {
  const kept = (window.bench = { tasks: [], paint: null, there: null, usable: null, memory: null });
  // A file counts from when the page is told of it.
  addEventListener("change", (e) => e.target.type === "file" && (kept.given = performance.now()), true);
  new PerformanceObserver((list) => {
    for (const e of list.getEntries()) kept.tasks.push(e.duration);
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const e of list.getEntries()) if (e.name === "first-contentful-paint") kept.paint = e.startTime;
  }).observe({ type: "paint", buffered: true });
  // When the program is there, and its memory.
  for (const how of ["instantiate", "instantiateStreaming"]) {
    const real = WebAssembly[how].bind(WebAssembly);
    WebAssembly[how] = async (...all) => {
      const made = await real(...all);
      const { exports } = made.instance ?? made;
      if (exports.memory) kept.memory = exports.memory;
      if (kept.usable === null) kept.there = performance.now();
      return made;
    };
  }
  let ready = false;
  // Scripts that are modules have run by then: whoever listens does.
  addEventListener("DOMContentLoaded", () => (ready = true));
  const seen = (e) => {
    const box = e.getBoundingClientRect();
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return box.width > 0 && at !== null && e.contains(at);
  };
  const button = () => [...document.querySelectorAll("button")].find((b) => b.textContent.trim() === "Open the sample tenant" && !b.disabled);
  const look = () => {
    if (kept.usable !== null) return;
    const wanted = kept.stored || location.hash.length > 2;
    const found = ready && (wanted ? document.body && !document.querySelector("#boot") : button());
    if (found && (found === true || seen(found))) kept.usable = performance.now();
    else requestAnimationFrame(look);
  };
  try {
    kept.stored = Object.keys(localStorage).some((key) => key.startsWith("restore-desk/2/"));
  } catch {}
  requestAnimationFrame(look);
  kept.button = button;
  /** The end of the frame that is made next. */
  kept.frame = () =>
    new Promise((done) =>
      requestAnimationFrame(() => {
        const port = new MessageChannel();
        port.port1.onmessage = () => done(performance.now());
        port.port2.postMessage(0);
      }),
    );
}

/** A page in a new context, `slower` times slower than this machine. `use(page, cdp)` measures; the context is closed after it. */
export async function within(browser, { slower = 1, viewport = { width: 1280, height: 800 } }, use) {
  const context = await browser.newContext({ viewport });
  try {
    return await use(await watched(context, slower), context);
  } finally {
    await context.close();
  }
}

/** An address without anything of the server that is measured. */
let blank = null;
export const standReady = (address) => (blank = address);

export async function watched(context, slower = 1) {
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  const cdp = await context.newCDPSession(page);
  await cdp.send("Performance.enable");
  await page.addInitScript(watch);
  const speed = (rate) => cdp.send("Emulation.setCPUThrottlingRate", { rate });
  // A process of this server's pages stands ready then: how the browser starts one is no page's doing.
  if (blank) await page.goto(blank);
  await speed(slower);
  return Object.assign(page, { cdp, speed, faults });
}

/** The tasks over 50 ms since the last time, longest first. */
export async function tasks(page) {
  // The observer tells of a task a little after its end.
  await pause(150);
  return (await page.evaluate(() => window.bench.tasks.splice(0))).sort((a, b) => b - a);
}

export const sorted = (times) => [...times].sort((a, b) => a - b);
export const median = (times) => sorted(times)[times.length >> 1];
/** The time that 95 of 100 do not exceed; of fewer than 20, the longest. */
export const p95 = (times) => sorted(times)[Math.min(times.length - 1, Math.ceil(times.length * 0.95) - 1)];

export async function repeat(times, measure) {
  const all = [];
  for (let n = 0; n < times; n++) all.push(await measure(n));
  return all;
}

// ---- memory ------------------------------------------------------------------

/** The processes of pages, of which all but the one that is measured are idle; none where /proc is not. */
export async function renderers(browser) {
  try {
    const cdp = await browser.newBrowserCDPSession();
    const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
    await cdp.detach();
    return processInfo.filter((p) => p.type === "renderer").map((p) => p.id);
  } catch {
    return [];
  }
}

const bytesOf = async (pid, what) => Number(new RegExp(`^${what}:\\s*(\\d+) kB`, "m").exec(await readFile(`/proc/${pid}/status`, "utf8"))[1]) * 1024;

/** Runs `work` and answers how far one of the processes grew above where it stood, at its highest; null where that cannot be read. */
export async function highWater(pids, work) {
  const before = new Map();
  for (const pid of pids) {
    try {
      // Begins the high-water mark anew.
      await writeFile(`/proc/${pid}/clear_refs`, "5");
      before.set(pid, await bytesOf(pid, "VmRSS"));
    } catch {
      // It has ended, or is not ours to ask.
    }
  }
  const answer = await work();
  const grown = [];
  for (const [pid, stood] of before) grown.push((await bytesOf(pid, "VmHWM").catch(() => stood)) - stood);
  return [answer, grown.length ? Math.max(...grown) : null];
}

/**
 * How long it takes to touch each page of 64 MB once more, in milliseconds: at once, and after it was left alone. Machines that take idle
 * memory away (as many virtual ones do) give it back slowly, and whatever walks over a large tenant after a pause pays for that.
 */
export function memoryAgain(browser, blank) {
  return within(browser, {}, async (page) => {
    await page.goto(blank);
    return page.evaluate(async () => {
      const memory = new Uint8Array(64e6);
      const touch = () => {
        const begun = performance.now();
        for (let at = 0; at < memory.length; at += 4096) memory[at]++;
        return performance.now() - begun;
      };
      const after = async (millis) => {
        touch();
        await new Promise((done) => setTimeout(done, millis));
        return touch();
      };
      for (let n = 0; n < 20; n++) touch();
      return { once: touch(), soon: await after(600), late: await after(3000) };
    });
  });
}

/** JavaScript's heap and the program's own memory now, in bytes. The latter never shrinks, so that it is its own highest mark. */
export async function memories(page) {
  const { metrics } = await page.cdp.send("Performance.getMetrics");
  const heap = metrics.find((m) => m.name === "JSHeapUsedSize").value;
  return { heap, wasm: await page.evaluate(() => window.bench.memory?.buffer.byteLength ?? 0) };
}
