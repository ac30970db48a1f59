// What the page says when the program does not arrive.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { appRuns, expect, expectAccessible, holdBack, type Page, test } from "./harness";

const status = (page: Page) => page.getByRole("status");
/** What stands in index.html for the case that not even boot.js runs. */
const late = (page: Page) => page.getByRole("heading", { name: "Restore Desk has not arrived yet" });

test.describe("when the download fails", () => {
  test.use({ tolerate: /Failed to load|did not start|integrity|MIME type/ });

  for (const [what, pattern] of [
    ["the program", "**/*.wasm"],
    ["its glue", "**/restore-desk-*.js"],
  ] as const) {
    test(`a sentence and a button to reload appear (${what} is missing)`, async ({ page }) => {
      let broken = true;
      await page.route(pattern, (route) => (broken ? route.fulfill({ status: 503 }) : route.continue()));
      await page.goto("./#/environments");
      await expect(status(page)).toContainText("could not be downloaded");
      await expectAccessible(page);

      broken = false;
      await page.getByRole("button", { name: /reload/i }).click();
      await appRuns(page);
    });
  }

  test("a damaged program is not run", async ({ page }) => {
    await page.route("**/*.wasm", (route) =>
      route.fulfill({ status: 200, contentType: "application/wasm", body: "not the program" }),
    );
    await page.goto("./#/environments");
    await expect(status(page)).toContainText("could not be downloaded");
    await expect(page.getByRole("button", { name: /reload/i })).toBeVisible();
  });

  test("a host that answers the start page for a missing file is seen through", async ({ page }) => {
    await page.route("**/restore-desk-*.js", async (route) =>
      route.fulfill({ status: 200, contentType: "text/html", body: "<!doctype html><title>Start</title>" }),
    );
    await page.goto("./#/environments");
    await expect(status(page)).toContainText("is sent as something else");
  });

  // Nothing of ours runs then: the words are markup, and appear by themselves.
  for (const [what, answer] of [
    ["is missing", { status: 404 }],
    ["is sent as text", { status: 200, contentType: "text/plain", body: "boot" }],
    ["was changed on the way", { status: 200, contentType: "text/javascript", body: "document.title = 'changed'" }],
  ] as const) {
    test(`the page says so when the starter ${what}`, async ({ page }) => {
      await page.route("**/boot-*.js", (route) => route.fulfill(answer));
      await page.goto("./");
      await expect(late(page)).toBeHidden();
      await expect(late(page)).toBeVisible();
      await expect(page.getByText("What was kept in this browser earlier is not touched by this.")).toBeVisible();
      await expect(page).toHaveTitle("Restore Desk");
      await expectAccessible(page);
    });
  }

  test("the words appear with reduced motion too, and on a narrow screen", async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.route("**/boot-*.js", (route) => route.abort());
    await page.goto("./");
    await expect(late(page)).toBeHidden();
    await expect(late(page)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });

  test("a folder without its slash says so at once, also without style", async ({ page, appUrl }) => {
    // As a host does that answers the page without redirecting: then nothing beside the page is found.
    const bare = appUrl.replace(/\/$/, "");
    await page.route(bare, async (route) => route.fulfill({ response: await route.fetch({ url: appUrl }) }));
    await page.goto(bare);
    await expect(late(page)).toBeVisible();
    await expect(page.getByText("lacks the slash at its end")).toBeVisible();
  });
});

test.describe("a broken file that the browser was told to keep for ever", () => {
  // A server of its own: to route requests switches the browser's cache off.
  test.use({ tolerate: /asked another origin|Failed to|did not start|integrity|MIME type/ });

  for (const [what, pattern, code] of [
    ["a program that was missing", /_bg\.wasm$/, 404],
    ["a damaged program", /_bg\.wasm$/, 200],
    ["glue that was missing", /restore-desk-[0-9a-f]+\.js$/, 404],
  ] as const) {
    test(`is got anew, so that reloading helps (${what})`, async ({ page }) => {
      const dir = process.env.RESTORE_DESK_DIST ?? "dist";
      const types: Record<string, string> = { html: "text/html", js: "text/javascript", css: "text/css", wasm: "application/wasm" };
      let broken = true;
      const server = createServer(async (request, response) => {
        const name = new URL(request.url ?? "/", "http://x").pathname.slice(1) || "index.html";
        const end = name.split(".").pop() ?? "";
        response.setHeader("content-type", types[end] ?? "application/octet-stream");
        response.setHeader("cache-control", end === "html" ? "no-cache" : "public, max-age=31536000, immutable");
        if (broken && pattern.test(name)) return response.writeHead(code).end("broken");
        const text = await readFile(join(dir, name)).catch(() => null);
        return text === null ? response.writeHead(404).end() : response.end(text);
      });
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      const again = page.getByRole("button", { name: /reload/i });
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/#/import`);
      await expect(status(page)).toContainText("could not be downloaded");
      broken = false;
      await again.click();
      // It may have been got anew while it was still broken: then the second time.
      await expect(again.or(page.getByRole("button", { name: "Choose files" }))).toBeVisible();
      if (await again.isVisible()) {
        await page.waitForLoadState("networkidle");
        await again.click();
      }
      await appRuns(page);
      server.closeAllConnections();
      server.close();
    });
  }
});

test("a slow connection is not called a failure once the starter runs", async ({ page }) => {
  const go = await holdBack(page, "**/*.wasm");
  await page.goto("./#/environments", { waitUntil: "commit" });
  await expect(status(page)).toContainText("Still loading");
  await expect(late(page)).toHaveCount(0);
  go();
  await appRuns(page);
});

test.describe("from a disk", () => {
  test.use({ tolerate: /./ });

  test("the page says that it needs a web server", async ({ page }) => {
    const dist = process.env.RESTORE_DESK_DIST ?? "dist";
    await page.goto(new URL(`../${dist}/index.html`, import.meta.url).href);
    await expect(late(page)).toBeVisible();
    await expect(page.getByText("browsers run it only from a web server")).toBeVisible();
  });
});

test.describe("without WebAssembly", () => {
  test("a sentence says what is needed", async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
    await page.goto("./");
    await expect(status(page)).toContainText("needs WebAssembly");
  });

  test.describe("since the server forbids it", () => {
    test.use({ tolerate: /did not start/ });

    test("a sentence names what the policy lacks", async ({ page, appUrl }) => {
      await page.route(appUrl, async (route) => {
        const response = await route.fetch();
        const headers = response.headers();
        const policy = headers["content-security-policy"].replace(" 'wasm-unsafe-eval'", "");
        await route.fulfill({ response, headers: { ...headers, "content-security-policy": policy } });
      });
      await page.goto("./");
      await expect(status(page)).toContainText("has to allow 'wasm-unsafe-eval'");
    });
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page has a name and a sentence", async ({ page }) => {
    await page.goto("./");
    await expect(page).toHaveTitle(/Restore Desk/);
    // Playwright reads no text inside <noscript>, but it sees the boxes.
    await expect(page.locator("noscript > p")).toBeVisible();
  });
});
