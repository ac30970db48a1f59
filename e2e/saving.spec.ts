// What the browser remembers: nothing is lost, and nothing is silently overwritten.
import { readFile } from "node:fs/promises";
import { choose, go, importFile, item, openAt, reload, saved } from "./desk";
import { expect, expectAccessible, openApp, test, type Page } from "./harness";
import { FABRIKAM, restList, TRAINING } from "./samples";

const KEY = "restore-desk/workspace";
const FIRST = { name: "environments.json", text: restList(FABRIKAM) };
const banner = (page: Page) => page.getByRole("banner");
const stored = (page: Page, key = KEY) => page.evaluate((k) => localStorage.getItem(k), key);
const tenant = (page: Page, name: string | RegExp) => banner(page).getByRole("button", { name });
const edition = (page: Page) => page.getByRole("combobox", { name: "Edition of the rules" });

async function rename(page: Page, from: string | RegExp, to: string) {
  await tenant(page, from).click();
  await page.getByLabel("What do you call this tenant?").fill(to);
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(tenant(page, to)).toBeVisible();
}

test("what was done is there after a reload", async ({ page }) => {
  await openApp(page);
  await rename(page, "My tenant", "Fabrikam");
  await edition(page).selectOption("2025-06-24");
  await page.getByRole("combobox", { name: "Colours" }).selectOption("dark");
  await saved(page);
  await reload(page);
  await expect(tenant(page, "Fabrikam")).toBeVisible();
  await expect(edition(page)).toHaveValue("2025-06-24");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a change just before the page is left is saved", async ({ page }) => {
  await openApp(page);
  await edition(page).selectOption("2025-06-24");
  await reload(page);
  await expect(edition(page)).toHaveValue("2025-06-24");
});

test("blocked storage: everything works, and a lasting banner says that it is gone with the tab", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await openAt(page);
  const warning = page.getByText("This browser blocks storage");
  await expect(warning).toBeVisible();
  await importFile(page, FIRST);
  for (const route of ["/environments", "/targets", "/retention", "/restore", "/plans", "/rules", "/"]) {
    await go(page, route);
    await expect(warning).toBeVisible();
  }
  await expect(banner(page)).toContainText("Kept in this tab only");
  await expectAccessible(page);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download what is here" }).click();
  expect(await readFile(await (await download).path(), "utf8")).toContain("Fabrikam Sales");
  await go(page, "/environments");
  await expect(page.getByRole("rowheader")).toHaveCount(FABRIKAM.length);
});

test("full storage says so, keeps the last good state, and goes on when there is room", async ({ page }) => {
  await page.addInitScript(() => {
    const real = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if ((window as any).full && key.startsWith("restore-desk/workspace")) {
        throw new DOMException("no room", "QuotaExceededError");
      }
      real.call(this, key, value);
    };
  });
  await openApp(page);
  await rename(page, "My tenant", "Before");
  await saved(page);
  await page.evaluate(() => ((window as any).full = true));
  await rename(page, "Before", "After");
  await expect(banner(page)).toContainText("storage is full");
  await expect(page.getByText("the browser's storage for this page is full")).toBeVisible();
  expect(await stored(page)).toContain("Before");
  await expectAccessible(page);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download what is here" }).click();
  expect(await readFile(await (await download).path(), "utf8")).toContain("After");
  await page.evaluate(() => ((window as any).full = false));
  await rename(page, "After", "Again");
  await saved(page);
  expect(await stored(page)).toContain("Again");
});

for (const [what, text, says] of [
  ["damaged text", '{"app":"restore-desk","schema":1,"saved":"2026-', /cannot be opened.*damaged/],
  ["foreign text", "hello", /cannot be opened/],
  ["a newer format", '{"app":"restore-desk","schema":9,"saved":"2026-01-01T00:00:00Z","workspace":{}}', /newer version/],
] as const) {
  test(`${what} in the store is never overwritten, can be downloaded, and set aside`, async ({ page }) => {
    await page.addInitScript(([key, text]) => sessionStorage.seeded || ((sessionStorage.seeded = "1"), localStorage.setItem(key, text)), [
      KEY,
      text,
    ] as const);
    await openApp(page);
    await expect(page.getByRole("main").getByText(says)).toBeVisible();
    await rename(page, "My tenant", "Fresh");
    await reload(page);
    expect(await stored(page)).toBe(text);
    await expectAccessible(page);
    const straight = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download it" }).click();
    expect(await readFile(await (await straight).path(), "utf8")).toBe(text);

    await page.getByRole("button", { name: "Set it aside and start fresh" }).click();
    await rename(page, "My tenant", "Fresh");
    await saved(page);
    expect(await stored(page)).toContain("Fresh");
    await reload(page);
    await page.getByText("My data", { exact: true }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("listitem").getByRole("button", { name: "Download" }).click();
    expect(await readFile(await (await download).path(), "utf8")).toBe(text);
  });
}

test("two tabs: the second change waits for a decision", async ({ page, context }) => {
  await openApp(page);
  const other = await context.newPage();
  await openApp(other);
  await rename(other, "My tenant", "Theirs");
  await saved(other);
  await expect(banner(page)).toContainText("changed in another tab");
  await rename(page, "My tenant", "Mine");
  // What is due is saved at once when a page is left: nothing is, here.
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pagehide")));
  expect(await stored(page)).toContain("Theirs");
  await expectAccessible(page);

  await page.getByRole("button", { name: "Keep what is here" }).click();
  await saved(page);
  expect(await stored(page)).toContain("Mine");
  expect(await stored(page, "restore-desk/set-aside-1")).toContain("Theirs");
  await expect(banner(other)).toContainText("changed in another tab");
  await other.getByRole("button", { name: "Take over what the other tab saved" }).click();
  await expect(tenant(other, "Mine")).toBeVisible();
  await saved(other);
});

test("an own export opens again, and what it replaces is set aside", async ({ page }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await rename(page, "My tenant", "Fabrikam");
  await go(page, "/");
  await page.getByText("My data", { exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download my data" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("restore-desk-fabrikam-2026-11-24.json");
  const text = await readFile(await file.path(), "utf8");

  await page.getByRole("button", { name: "Start over …" }).click();
  await expect(page.getByRole("button", { name: "Leave it as it is" })).toBeFocused();
  await page.getByRole("button", { name: "Delete everything" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Know what can be restored/ })).toBeVisible();
  expect(await stored(page)).toBeNull();
  await importFile(page, { name: "other.json", text: restList([TRAINING]) });

  await choose(page, { name: "mine.json", text });
  await item(page, "mine.json").getByRole("button", { name: "Replace what is here" }).click();
  await expect(page.getByRole("button", { name: "Leave it as it is" })).toBeFocused();
  await page.getByRole("button", { name: "Replace", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Fabrikam");
  expect(await stored(page, "restore-desk/set-aside-1")).toContain("Training");
  await go(page, "/environments");
  await expect(page.getByRole("rowheader")).toHaveCount(FABRIKAM.length);
});
