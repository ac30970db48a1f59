// What the browser remembers: nothing is lost, and nothing is silently overwritten.
import { readFile } from "node:fs/promises";
import { expect, expectAccessible, openApp, test, type Page } from "./harness";
import { giveFile, importAndKeep, LATER, saved, THREE } from "./inventories";

const KEY = "restore-desk/workspace";
const chip = (page: Page) => page.locator(".save");
const stored = (page: Page) => page.evaluate((key) => localStorage.getItem(key), KEY);
const tenant = (page: Page, name: string | RegExp) => page.getByRole("banner").getByRole("button", { name });

async function rename(page: Page, from: string | RegExp, to: string) {
  await tenant(page, from).click();
  await page.getByLabel("What do you call this tenant?").fill(to);
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(tenant(page, to)).toBeVisible();
}

test("what was done is there after a reload", async ({ page }) => {
  await openApp(page);
  await rename(page, "My tenant", "Fabrikam");
  await page.getByLabel("Edition of the rules").selectOption({ index: 1 });
  await page.getByLabel("Colours").selectOption("dark");
  await saved(page);
  await page.reload();
  await expect(tenant(page, "Fabrikam")).toBeVisible();
  await expect(page.getByLabel("Edition of the rules")).toHaveValue("2025-06-24");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a change just before the page is left is saved", async ({ page }) => {
  await openApp(page);
  await page.getByLabel("Edition of the rules").selectOption({ index: 1 });
  await page.reload();
  await expect(page.getByLabel("Edition of the rules")).toHaveValue("2025-06-24");
});

test.describe("blocked storage", () => {
  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      });
    });
  });

  test("everything works, and a lasting banner says that it is gone with the tab", async ({ page }) => {
    await openApp(page);
    await expect(page.getByText("This browser blocks storage")).toBeVisible();
    await importAndKeep(page, THREE);
    await page.getByRole("link", { name: "See the environments" }).click();
    await expect(page.getByText("This browser blocks storage")).toBeVisible();
    await expect(chip(page)).toContainText("Kept in this tab only");
    await expectAccessible(page);
  });
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
  await expect(chip(page)).toContainText("storage is full");
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
  test(`${what} in the store is never overwritten`, async ({ page }) => {
    await openApp(page);
    await page.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, text] as const);
    await page.reload();
    await expect(page.locator(".banners")).toContainText(says);
    await rename(page, "My tenant", "Fresh");
    await page.reload();
    expect(await stored(page)).toBe(text);
    await expectAccessible(page);

    await page.getByRole("button", { name: "Set it aside and start fresh" }).click();
    await rename(page, "My tenant", "Fresh");
    await saved(page);
    expect(await stored(page)).toContain("Fresh");
    await page.reload();
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
  await expect(chip(page)).toContainText("changed in another tab");
  await rename(page, "My tenant", "Mine");
  await page.waitForTimeout(600);
  expect(await stored(page)).toContain("Theirs");
  await expectAccessible(page);

  await page.getByRole("button", { name: "Keep what is here" }).click();
  await saved(page);
  expect(await stored(page)).toContain("Mine");
  expect(await page.evaluate(() => localStorage.getItem("restore-desk/set-aside-1"))).toContain("Theirs");
  await expect(chip(other)).toContainText("changed in another tab");
  await other.getByRole("button", { name: "Take over what the other tab saved" }).click();
  await expect(tenant(other, "Mine")).toBeVisible();
  await saved(other);
});

test("an own export opens again, and what it replaces is set aside", async ({ page }) => {
  await openApp(page);
  await importAndKeep(page, THREE);
  await rename(page, "My tenant", "Fabrikam");
  await page.goto("./#/");
  await page.getByText("My data", { exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download my data" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^restore-desk-fabrikam-\d{4}-\d\d-\d\d\.json$/);
  const text = await readFile(await file.path(), "utf8");

  await page.getByRole("button", { name: "Start over …" }).click();
  await expect(page.getByRole("button", { name: "Leave it as it is" })).toBeFocused();
  await page.getByRole("button", { name: "Delete everything" }).click();
  expect(await stored(page)).toBeNull();
  await importAndKeep(page, LATER);

  await giveFile(page, "mine.json", text);
  await page.getByRole("button", { name: "Replace what is here" }).click();
  await expect(page.getByRole("button", { name: "Leave it as it is" })).toBeFocused();
  await page.getByRole("button", { name: "Replace", exact: true }).click();
  await expect(tenant(page, "Fabrikam")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Fabrikam");
  expect(await page.evaluate(() => localStorage.getItem("restore-desk/set-aside-1"))).toContain("Fabrikam Training");
});
