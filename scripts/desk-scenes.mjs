// The finished app on a bad day: the browser is killed when the chip says "Saved", and a tenant of 10,000 environments is kept.
//
//   node scripts/desk-scenes.mjs [--dist dist] [--scene kill|typing|large] [--runs 5] [--environments 10000] [--seconds 60]
//
// It needs what scripts/kill-scenes.mjs needs. docs/STORAGE.md says what came out.
import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv } from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { serve } from "../e2e/server.mjs";
import { start, withProfile } from "./kill-scenes.mjs";

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    dist: { type: "string", default: "dist" },
    scene: { type: "string" },
    runs: { type: "string", default: "5" },
    environments: { type: "string", default: "10000" },
    seconds: { type: "string", default: "60" },
  },
});

const id = (n) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;

/** As the service's admin API prints it. Ids and times are spread, so that they do not deflate to nothing. */
function inventory(count) {
  let seed = 7;
  const next = () => (seed = (seed * 48271) % 2147483647);
  const spread = (n) => id(n).replace("00000000", next().toString(16).padStart(8, "0"));
  const kinds = ["Production", "Sandbox", "Sandbox", "Developer", "Trial"];
  const row = (n) => {
    const name = spread(n + 1);
    const created = new Date(Date.UTC(2022, 0, 1) + (next() % 100_000_000) * 1000).toISOString();
    return {
      id: `/providers/Microsoft.BusinessAppPlatform/scopes/admin/environments/${name}`,
      type: "Microsoft.BusinessAppPlatform/scopes/environments",
      location: next() % 5 ? "europe" : "unitedstates",
      name,
      properties: {
        displayName: `Plant ${n + 1}`,
        createdTime: created,
        environmentSku: kinds[next() % kinds.length],
        states: { management: { id: "Ready" }, runtime: { id: "Enabled" } },
        linkedEnvironmentMetadata: { resourceId: spread(n + 0x100000), instanceUrl: `https://plant${n}.crm4.example.com/` },
        governanceConfiguration: { protectionLevel: next() % 3 ? "Basic" : "Standard" },
        protectionStatus: { keyManagedBy: "Microsoft" },
        databaseType: "CommonDataService",
      },
    };
  };
  return JSON.stringify({ value: Array.from({ length: count }, (_, n) => row(n)) });
}

const app = (page, url, hash = "") => page.goto(`${url}${hash}`).then(() => page.locator("#boot").waitFor({ state: "detached" }));
const chip = (page) => page.locator("header .chip.save").innerText();
async function chipSays(page, word, patience = 60_000) {
  const until = Date.now() + patience;
  while (!(await chip(page)).includes(word)) {
    if (Date.now() > until) throw new Error(`the chip says ${await chip(page)}, not ${word}`);
    await pause(2);
  }
}

/** As a person does it, from the disk: what is handed over as bytes is made into a file within the page, which takes long. */
async function choose(page, path) {
  await page.evaluate(() => (location.hash = "/import"));
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose files" }).click();
  await (await chooser).setFiles(path);
}

async function paste(page, text) {
  const path = join(mkdtempSync(join(tmpdir(), "desk-")), "environments.json");
  writeFileSync(path, text);
  await choose(page, path);
}

async function keep(page) {
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await page.getByRole("link", { name: "See the environments" }).waitFor({ timeout: 120_000 });
}

async function rename(page, name) {
  await page.locator("header button.chip").first().click();
  await page.getByLabel("What do you call this tenant?").fill(name);
  await page.getByRole("button", { name: "Rename" }).click();
}

/** What the chip called saved is there after the browser, or its tabs, were killed at once. */
async function kills(url, runs) {
  for (const what of ["an import", "a rename", "a rename, tabs only"]) {
    let survived = 0;
    for (let run = 0; run < runs; run++) {
      await withProfile(async (profile) => {
        const first = await start(profile);
        await app(first.page, url);
        if (what === "an import") {
          await paste(first.page, inventory(20));
          await keep(first.page);
        } else {
          await rename(first.page, `Name ${run}`);
        }
        await chipSays(first.page, "✓ Saved");
        if (what.endsWith("tabs only")) {
          await first.killTabs();
          await first.kill();
        } else {
          await first.kill();
        }
        const second = await start(profile);
        await app(second.page, url, what === "an import" ? "#/environments" : "");
        const there =
          what === "an import"
            ? second.page.getByText(/^20 environments/).first()
            : second.page.locator("header button.chip").filter({ hasText: `Name ${run}` });
        survived += await there.waitFor({ timeout: 10_000 }).then(() => 1, () => 0);
        await second.kill();
      });
    }
    console.log(`killed when the chip said "Saved", after ${what}: ${survived} of ${runs} survived`);
  }
}

/** A minute of typing without a pause, some twenty keys a second; then the tab is killed at once. */
async function typing(url, seconds) {
  await withProfile(async (profile) => {
    const first = await start(profile);
    const { page } = first;
    await app(page, url);
    await paste(page, inventory(20));
    await keep(page);
    await page.evaluate(() => (location.hash = "/restore"));
    await page.locator("#wizard-source-search").waitFor();
    const { typed, longest, keys } = await page.evaluate(async (seconds) => {
      const field = document.querySelector("#wizard-source-search");
      const begun = performance.now();
      let typed = "", longest = 0, keys = 0;
      while (performance.now() - begun < seconds * 1000) {
        typed = typed.length > 20 ? "" : typed + "abcdefghij"[keys % 10];
        const at = performance.now();
        field.value = typed;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        longest = Math.max(longest, performance.now() - at);
        keys++;
        await new Promise((done) => setTimeout(done, 50));
      }
      return { typed, longest, keys };
    }, seconds);
    const texts = await page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith("restore-desk/2/")).length);
    await first.killTabs();
    await pause(500);
    const page2 = await first.context.newPage();
    await app(page2, url, "#/restore");
    const there = await page2.locator("#wizard-source-search").inputValue();
    console.log(`${keys} keys in ${seconds} s, the longest ${longest.toFixed(1)} ms, ${texts} texts: ${there === typed ? "the last key survived" : `“${there}” instead of “${typed}”`}`);
    await first.kill();
  });
}

/** A large tenant: how long the page stands still, what it takes, and what one edit costs. */
async function large(url, count) {
  const text = inventory(count);
  await withProfile(async (profile) => {
    const first = await start(profile);
    const { page } = first;
    await page.addInitScript(() => {
      window.longest = [];
      // The task in which the test hands a file over is its own: a browser that is not on the same machine gets the bytes through the page.
      let handed = 0;
      addEventListener("change", (e) => e.target.type === "file" && (handed = performance.now()), true);
      new PerformanceObserver((list) => {
        const own = (e) => e.startTime <= handed && e.startTime + e.duration >= handed;
        for (const e of list.getEntries()) if (!own(e)) window.longest.push(Math.round(e.duration));
      }).observe({ type: "longtask", buffered: true });
    });
    const longest = async (what) => {
      const tasks = await page.evaluate(() => window.longest.splice(0));
      console.log(`${what}: longest tasks ${tasks.sort((a, b) => b - a).slice(0, 5).join(", ") || "none above 50"} ms`);
    };
    await app(page, url);
    await longest("opening the empty desk");
    let begun = Date.now();
    await paste(page, text);
    await page.getByRole("button", { name: "Keep", exact: true }).and(page.locator(":enabled")).waitFor({ timeout: 300_000 });
    console.log(`reading ${(text.length / 1e6).toFixed(1)} million characters, ${count} environments: ${Date.now() - begun} ms`);
    await pause(300);
    await longest("reading and preview");
    begun = Date.now();
    await keep(page);
    console.log(`keeping it: ${Date.now() - begun} ms until it is called kept`);
    await longest("keeping");
    await chipSays(page, "✓ Saved");
    await pause(4000);
    await longest("the second record");
    const units = await page.evaluate(() =>
      Object.keys(localStorage).filter((k) => k.startsWith("restore-desk/2/") && k.includes("/r/")).map((k) => localStorage[k].length),
    );
    console.log(`records: ${units.join(" and ")} UTF-16 units`);
    begun = Date.now();
    await app(page, url, "#/storage");
    await page.reload();
    await page.locator("#boot").waitFor({ state: "detached" });
    await page.getByText(new RegExp(`(${count.toLocaleString("en")}|${count}) environments`)).first().waitFor();
    console.log(`opening it again: ${Date.now() - begun} ms`);
    await longest("opening");
    for (const [what, edit] of [
      ["a rename", async (n) => {
        await page.locator("header button.chip").first().click();
        await page.getByLabel("What do you call this tenant?").fill(`Large ${n}`);
        return page.getByRole("button", { name: "Rename" });
      }],
      ["the edition", null],
    ]) {
      const times = [];
      for (let n = 0; n < 5; n++) {
        if (edit) {
          const button = await edit(n);
          times.push(await button.evaluate((b) => {
            const begun = performance.now();
            b.click();
            return performance.now() - begun;
          }));
          await page.locator("header button.chip").filter({ hasText: `Large ${n}` }).waitFor();
        } else {
          times.push(await page.evaluate((n) => {
            const select = document.querySelector("header select");
            select.selectedIndex = n % 2;
            const begun = performance.now();
            select.dispatchEvent(new Event("change", { bubbles: true }));
            return performance.now() - begun;
          }, n));
          await pause(300);
        }
      }
      console.log(`${what}: ${times.map((t) => t.toFixed(1)).join(", ")} ms until the call returns, written and read back`);
      await pause(500);
      await longest(`${what}, with what the screen does after it`);
    }
    await app(page, url, "#/storage");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download what is open" }).click();
    const file = await (await download).path();
    await pause(500);
    await longest("downloading it");
    begun = Date.now();
    const own = `${file}.json`;
    copyFileSync(file, own);
    await choose(page, own);
    await page.getByRole("button", { name: /Replace what is here|Open it/ }).waitFor({ timeout: 300_000 });
    console.log(`reading the own export: ${Date.now() - begun} ms`);
    await longest("reading the own export");
    await first.close();
  });
}

const server = await serve({ dir: values.dist });
try {
  if (!values.scene || values.scene === "kill") await kills(server.url, Number(values.runs));
  if (!values.scene || values.scene === "typing") await typing(server.url, Number(values.seconds));
  if (!values.scene || values.scene === "large") await large(server.url, Number(values.environments));
} finally {
  await server.close();
}
