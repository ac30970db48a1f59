// What every browser test starts from:
//
//   import { expect, expectAccessible, openApp, test } from "./harness";
//
// `test` serves the release build from a sub-folder under the strict content
// security policy (e2e/server.mjs), and fails any test in which the page
// reported an error, broke the policy or asked another origin for anything.
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
// @ts-ignore: plain JavaScript, so that node can run it without a build
import { serve } from "./server.mjs";

export { expect, type Page };

type PerTest = {
  /** Complaints of the page that a test expects: `test.use({ tolerate: /…/ })`. */
  tolerate: RegExp | null;
  complaints: void;
};
type PerWorker = {
  /** Where the app is served, ending with a slash. Also `baseURL`, so `page.goto("./")` works. */
  appUrl: string;
};

export const test = base.extend<PerTest, PerWorker>({
  appUrl: [
    async ({}, use) => {
      const server = await serve({ dir: process.env.RESTORE_DESK_DIST ?? "dist" });
      await use(server.url);
      await server.close();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ appUrl }, use) => use(appUrl),

  tolerate: [null, { option: true }],

  complaints: [
    async ({ context, appUrl, tolerate }, use) => {
      const complaints: string[] = [];
      const origin = new URL(appUrl).origin;
      context.on("weberror", (error) => complaints.push(`uncaught: ${error.error().message}`));
      context.on("console", (message) => {
        // Violations of the content security policy are reported here as well.
        if (message.type() === "error") complaints.push(`console: ${message.text()}`);
      });
      context.on("request", (request) => {
        const url = new URL(request.url());
        if (/^https?:$/.test(url.protocol) && url.origin !== origin) {
          complaints.push(`asked another origin: ${url}`);
        }
      });
      await use();
      const left = complaints.filter((text) => !tolerate?.test(text));
      expect(left, "the page must not complain").toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens the app at a hash route, and waits until the program runs: also where a new visitor would see the door alone. */
export async function openApp(page: Page, route = ""): Promise<void> {
  await page.goto(route ? `./#${route}` : "./");
  await appRuns(page);
}

/** What a new visitor sees: index.html, without the program. */
export const theDoor = (page: Page) => page.locator('#boot[data-at="door"]');

/** Waits until the program has taken the place of the frame in index.html; where the door is shown, it is gone through. */
export async function appRuns(page: Page): Promise<void> {
  const boot = page.locator("#boot");
  // The frame is gone, or says which it is.
  await expect(page.locator('#boot:not([data-at="door"])')).toHaveCount(0);
  if (await boot.count()) {
    await page.evaluate(() => location.replace("#/import"));
    await expect(boot).toHaveCount(0);
    await page.evaluate(() => location.replace("#/"));
    await expect(page.getByRole("heading", { level: 1, name: "See how far back each environment can be brought" })).toBeVisible();
  }
}

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * Fails with a readable list when axe finds a breach of WCAG 2.2 A or AA on the page as it is now, or a heading that skips a
 * level. `only`: these rules of axe
 * alone, for a second look at a page in which nothing but the colours changed.
 */
export async function expectAccessible(page: Page, only?: string[]): Promise<void> {
  // What sticks to the end of the window lies over whatever is scrolled beneath it, which axe takes for the size of that.
  const stuck = await page.evaluateHandle(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":is(.step-f, .wizard-buttons, .decision, .dialog .foot) { position: static !important; }");
    document.adoptedStyleSheets.push(sheet);
    return sheet;
  });
  // Legacy: in this page alone, which has no frames, and so without a second page for each look.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (
    only
      ? axe.withRules(only)
      : axe.options({ runOnly: { type: "tag", values: WCAG }, rules: { "heading-order": { enabled: true } } })
  ).analyze();
  await stuck.evaluate((sheet) => void document.adoptedStyleSheets.splice(document.adoptedStyleSheets.indexOf(sheet), 1));
  const readable = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `    ${node.html}`).join("\n")}`,
  );
  expect(readable, `axe finds nothing at ${new URL(page.url()).hash || "the start"}`).toEqual([]);
}

/** Holds back whatever the page asks for at such an address; what it answers lets that go. */
export async function holdBack(page: Page, address: string): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((done) => (letGo = done));
  await page.route(address, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}
