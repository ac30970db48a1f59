// The worker: the page and its program without a network, and what happens when the server has a newer version.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appRuns, expect, type Page, test } from "./harness";
// @ts-ignore: plain JavaScript, so that node can run it without a build
import { serve } from "./server.mjs";

test.use({ serviceWorkers: "allow", tolerate: /asked another origin|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED/ });

type Site = { url: string; dir: string; close: () => Promise<void>; again: () => Promise<void> };

/** A copy of the build that a test may change, on a server that it may stop. */
const withSite = test.extend<{ site: Site }>({
  site: async ({}, use) => {
    const dir = await mkdtemp(join(tmpdir(), "restore-desk-"));
    await cp(process.env.RESTORE_DESK_DIST ?? "dist", dir, { recursive: true });
    let server = await serve({ dir });
    const url: string = server.url;
    const port = Number(new URL(url).port);
    await use({ url, dir, close: () => server.close(), again: async () => void (server = await serve({ dir, port })) });
    await server.close();
    await rm(dir, { recursive: true });
  },
});

/** Waits until the worker keeps a page, and answers how many files it keeps with it. */
const keeps = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const names = (await caches.keys()).filter((name) => name.startsWith("restore-desk "));
    return Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)));
  });

/** What the server has is another version from now on. */
async function publish(site: Site, mark: string) {
  const page = join(site.dir, "index.html");
  const text = await readFile(page, "utf8");
  await writeFile(page, text.replace("</head>", `<meta name="mark" content="${mark}" /></head>`));
}

const mark = (page: Page) => page.locator('meta[name="mark"]');
const isReady = (page: Page) => page.getByText("A new version of Restore Desk is ready");

async function openAndKeep(page: Page, url: string) {
  await page.goto(`${url}#/storage`);
  await appRuns(page);
  await expect.poll(async () => (await keeps(page)).length).toBe(1);
}

withSite("after a visit the page, its program and its scripts open without a network", async ({ page, site }) => {
  await openAndKeep(page, site.url);
  const [files] = await keeps(page);
  for (const file of [/\/restore-desk\/$/, /_bg\.wasm$/, /restore-desk-[0-9a-f]+\.js$/, /boot-.*\.js$/, /app-.*\.css$/, /collect\.ps1\.txt$/, /icon-192\.png$/, /\.webmanifest$/]) {
    expect(files.filter((path) => file.test(path)), String(file)).toHaveLength(1);
  }
  await site.close();
  await page.reload();
  await appRuns(page);
  await expect(page.getByRole("heading", { level: 1, name: "What is stored where" })).toBeVisible();
  await page.goto(`${site.url}#/reference`);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Rules & retention" })).toBeVisible();
  const script = await page.evaluate(async () => (await fetch("collector/restore-desk-collect.sh.txt")).text());
  expect(script).toContain("#!");
});

withSite("the second visit asks the server for the page alone", async ({ page, context, site }) => {
  await openAndKeep(page, site.url);
  const asked: string[] = [];
  context.on("request", (request) => {
    if (request.serviceWorker()) asked.push(new URL(request.url()).pathname);
  });
  await page.reload();
  await appRuns(page);
  await expect.poll(() => asked).toEqual(["/restore-desk/"]);
});

withSite("a newer version is told, and comes when the page is loaded again", async ({ page, site }) => {
  await openAndKeep(page, site.url);
  await publish(site, "newer");
  await page.reload();
  await appRuns(page);
  await expect(isReady(page)).toBeVisible();
  // Until then nothing has changed under the person.
  await expect(mark(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Later" }).click();
  await expect(isReady(page)).toBeHidden();
  await page.reload();
  await appRuns(page);
  await expect(mark(page)).toHaveAttribute("content", "newer");
  await expect(isReady(page)).toHaveCount(0);
  // The one before stays for tabs that are still open; the one before that goes.
  await publish(site, "newest");
  await page.reload();
  await appRuns(page);
  await expect(isReady(page)).toBeVisible();
  await page.getByRole("button", { name: "Load it now" }).click();
  await expect(mark(page).last()).toHaveAttribute("content", "newest");
  expect(await keeps(page)).toHaveLength(2);
});

withSite("what a network that wants a password answers is not kept", async ({ page, site }) => {
  await openAndKeep(page, site.url);
  await writeFile(join(site.dir, "index.html"), "<!doctype html><title>Sign in to the hotel</title>");
  // The server reads its policy once, when it starts.
  await page.reload();
  await appRuns(page);
  await page.reload();
  await appRuns(page);
  await expect(page.getByRole("heading", { level: 1, name: "What is stored where" })).toBeVisible();
  expect(await keeps(page)).toHaveLength(1);
});

withSite("a newer version that is not whole is not taken", async ({ page, site }) => {
  await openAndKeep(page, site.url);
  const index = join(site.dir, "index.html");
  const text = await readFile(index, "utf8");
  await writeFile(index, text.replace(/restore-desk-([0-9a-f]+)_bg\.wasm/g, "restore-desk-0000_bg.wasm"));
  await page.reload();
  await appRuns(page);
  await page.reload();
  await appRuns(page);
  await expect(isReady(page)).toHaveCount(0);
  await expect.poll(async () => (await keeps(page)).length).toBe(1);
});

withSite("the page can be installed", async ({ page, site }) => {
  const manifest = await (await page.request.get(`${site.url}manifest.webmanifest`)).json();
  for (const { src } of manifest.icons) expect((await page.request.get(site.url + src)).status()).toBe(200);
  await page.goto(`${site.url}#/storage`);
  await appRuns(page);
  const session = await page.context().newCDPSession(page);
  const { errors } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // The profile of a test is one that is thrown away.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
});
