// What the page itself guards against: its own policy, also where the server sends no header of ours; being framed.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { appRuns, expect, expectAccessible, test as base } from "./harness";
// @ts-ignore: plain JavaScript, so that node can run it without a build
import { policyOf, serve } from "./server.mjs";

const dir = process.env.RESTORE_DESK_DIST ?? "dist";

/** The app as a host serves it that sends no headers of ours. */
const test = base.extend<{ bareUrl: string }>({
  bareUrl: async ({}, use) => {
    const server = await serve({ dir, bare: true });
    await use(server.url);
    await server.close();
  },
});

test("the policy is the first thing in the page", async ({ page }) => {
  await page.goto("./");
  const first = await page.evaluate(() => document.head.firstElementChild?.outerHTML);
  const policy = (await policyOf(dir)).replace("; frame-ancestors 'none'", "");
  expect(first).toBe(`<meta http-equiv="Content-Security-Policy" content="${policy}">`);
});

test.describe("without a header", () => {
  // The second server is another origin than the one that the harness knows.
  test.use({ tolerate: /asked another origin|Content Security Policy|Integrity|CORS policy|ERR_FAILED/ });

  test("the app runs, downloads, and shows its icon", async ({ page, bareUrl }) => {
    const refused: string[] = [];
    page.on("console", (message) => {
      if (/Content Security Policy/.test(message.text())) refused.push(message.text());
    });
    const answer = await page.goto(bareUrl);
    expect(answer?.headers()["content-security-policy"]).toBeUndefined();
    await appRuns(page);
    await page.getByRole("button", { name: "Open the sample tenant" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Contoso (sample)" })).toBeVisible();
    for (const route of ["/environments", "/readiness", "/targets", "/retention", "/import"]) {
      await page.evaluate((to) => (location.hash = to), route);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    }
    await page.evaluate(() => (location.hash = "/storage"));
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download what is open" }).click();
    expect((await saved).suggestedFilename()).toMatch(/\.json$/);
    expect(refused).toEqual([]);
  });

  test("an inline script does not run, and nothing is sent elsewhere", async ({ page, bareUrl }) => {
    await page.goto(bareUrl);
    await appRuns(page);
    const refused = await page.evaluateHandle(async () => {
      const directives = new Set<string>();
      document.addEventListener("securitypolicyviolation", (event) => directives.add(event.effectiveDirective));
      const put = (tag: string, properties: object) => document.body.append(Object.assign(document.createElement(tag), properties));
      put("script", { textContent: "document.title = 'inline'" });
      put("img", { src: "http://127.0.0.1:9/" });
      put("iframe", { src: "http://127.0.0.1:9/" });
      put("link", { rel: "stylesheet", href: "http://127.0.0.1:9/" });
      document.head.append(Object.assign(document.createElement("base"), { href: "http://127.0.0.1:9/" }));
      const image = document.createElement("img");
      image.setAttribute("onerror", "document.title = 'handler'");
      // Some browsers look at a handler only when it is to run.
      document.body.append(image);
      image.dispatchEvent(new Event("error"));
      await fetch("http://127.0.0.1:9/").catch(() => null);
      navigator.sendBeacon("http://127.0.0.1:9/", "x");
      return directives;
    });
    // The browser tells of some of them later.
    await expect.poll(() => refused.evaluate((directives) => [...directives].sort())).toEqual(
      ["base-uri", "connect-src", "frame-src", "img-src", "script-src-attr", "script-src-elem", "style-src-elem"],
    );
    await expect(page).toHaveTitle(/Restore Desk/);
  });

  for (const sandbox of [null, "allow-scripts allow-same-origin", "allow-scripts"]) {
    test(`it does not start inside another page (${sandbox ?? "no sandbox"})`, async ({ page, bareUrl }) => {
      // On localhost: another site than 127.0.0.1.
      const around = createServer((_, response) => {
        response.setHeader("content-type", "text/html");
        const attribute = sandbox === null ? "" : `sandbox="${sandbox}"`;
        response.end(`<!doctype html><title>Around</title><iframe ${attribute} width="800" height="600" src="${bareUrl}#/environments"></iframe>`);
      });
      await new Promise<void>((done) => around.listen(0, "127.0.0.1", done));
      await page.goto(`http://localhost:${(around.address() as AddressInfo).port}/`);
      const frame = page.frameLocator("iframe");
      if (sandbox === "allow-scripts") {
        // Without an origin not even the starter arrives.
        await expect(frame.getByText("It is shown inside another page")).toBeVisible();
      } else {
        await expect(frame.getByRole("status")).toContainText("does not run inside another page");
        const link = frame.getByRole("link", { name: "Open it in a tab of its own" });
        await expect(link).toHaveAttribute("href", `${bareUrl}#/environments`);
        await expect(link).toHaveAttribute("target", "_blank");
        expect(await page.frames()[1].evaluate(() => "restoreDesk" in window)).toBe(false);
        if (sandbox === null) {
          const opened = page.waitForEvent("popup");
          await link.click();
          await appRuns(await opened);
        }
      }
      around.close();
    });
  }
});

test.describe("with the header", () => {
  test.use({ tolerate: /frame|Failed to load/ });

  test("the browser shows it inside no other page at all", async ({ page, appUrl }) => {
    await page.setContent(`<iframe src="${appUrl}"></iframe>`);
    await expect.poll(() => page.frames()[1]?.url()).toContain("chrome-error");
  });
});

test("the words of the hosts' page for what is missing stand by themselves", async ({ page }) => {
  await page.goto("./404.html");
  await expect(page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
  await expectAccessible(page);
});
