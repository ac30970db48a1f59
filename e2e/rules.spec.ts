// Every rule on screen can be opened to its sentence and source, and leads to the reference, which has them all.
import { go, openAt, openSample } from "./desk";
import { expect, expectAccessible, test } from "./harness";

test("a mark opens the rule beside it; Escape and a click beside close it, and the focus returns", async ({ page }) => {
  await openSample(page, "/reference");
  const mark = page.getByRole("button", { name: /^Rule K4: / }).first();
  // What it says is said before it is opened, to whoever points at it and to whoever hears it.
  await expect(mark).toHaveAccessibleName(/^Rule K4: .*24 hours/);
  await expect(mark).toHaveAttribute("title", /24 hours/);
  await mark.focus();
  await page.keyboard.press("Enter");
  const open = page.getByRole("dialog", { name: "Rule K4" });
  await expect(open).toContainText(/24 hours/);
  await expect(open).toContainText("By the rules of 2 April 2024");
  await expect(open.getByRole("link", { name: /Microsoft’s page/ })).toHaveAttribute("href", /^https:\/\/learn\.microsoft\.com\//);
  await expect(open.getByRole("link", { name: "Open in the reference" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(open).toBeHidden();
  await expect(mark).toBeFocused();
  await mark.click();
  await expect(open).toBeVisible();
  await page.mouse.click(4, 700);
  await expect(open).toBeHidden();
  await expect(mark).toBeFocused();
});

test("a mark leads to its rule in the reference, also from within a dialog's page", async ({ page }) => {
  await openSample(page, "/targets?source=c0470500-0000-4000-8000-000000000005&target=c0470500-0000-4000-8000-000000000006");
  await page.getByRole("button", { name: /^Rule T\d+: / }).first().click();
  await page.getByRole("dialog").getByRole("link", { name: "Open in the reference" }).click();
  await expect(page).toHaveURL(/#\/reference\?rule=T\d+$/);
  await expect(page.getByRole("navigation", { name: "Rules" }).locator("[aria-current]")).toContainText(/T\d+/);
});

test("an open mark does not stay over another page", async ({ page }) => {
  await openSample(page, "/environments");
  await go(page, "/reference");
  await page.getByRole("button", { name: /^Rule K4: / }).first().click();
  const open = page.getByRole("dialog", { name: "Rule K4" });
  await expect(open).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Environments", level: 1 })).toBeVisible();
  await expect(open).toBeHidden();
});

test("where editions differ, the rule says what each of them says, what is new and how sure it is", async ({ page }) => {
  await openSample(page, "/reference?rule=T1");
  const rule = page.getByRole("region", { name: "Kinds of source and target" });
  await expect(rule.getByRole("term")).toContainText(["Source", "2 April 2024", "24 June 2025", "26 September 2026, from change notes only"]);
  await expect(rule.getByRole("strong")).toHaveCount(2);
});

test("the reference has all rules, can be searched, and is a deep link to each", async ({ page }) => {
  await openAt(page, "/rules/K6");
  await expect(page.getByRole("heading", { name: "After a switch to Sandbox" })).toBeInViewport();
  await go(page, "/reference");
  const rules = page.getByRole("navigation", { name: "Rules" }).getByRole("link");
  expect(await rules.count()).toBeGreaterThan(60);
  await page.getByRole("searchbox", { name: "Search the rules" }).fill("administration mode");
  await expect(rules.filter({ hasText: "R9" })).toBeVisible();
  await expect(rules.filter({ hasText: "K1" })).toHaveCount(0);
  await rules.filter({ hasText: "R9" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/rule=R9$/);
  await expect(page.getByRole("heading", { name: "Administration mode after it" })).toBeFocused();
  await page.getByRole("searchbox", { name: "Search the rules" }).fill("no rule has these words");
  await expect(page.getByText("No rule says that.")).toBeVisible();
});

test("a rule names the user's own environments that it touches, and how", async ({ page }) => {
  await openSample(page, "/reference?rule=T5");
  const rule = page.getByRole("region", { name: "Key on both sides" });
  await expect(rule.getByRole("heading", { name: "Touches 3 of your environments" })).toBeVisible();
  await expect(rule.getByRole("listitem").filter({ hasText: "Legal Vault" })).toContainText(/keeps it from \d+ of 19 targets/);
  await expect(rule.getByRole("listitem").filter({ hasText: "HR Test" })).toContainText(/not known for/);
  await rule.getByRole("link", { name: "Legal Vault" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Legal Vault" })).toBeVisible();
  await go(page, "/reference?rule=R13");
  await expect(page.getByText("No answer about your environments rests on it now")).toBeVisible();
});

test("at 390 px the rules are folded, one is chosen, and nothing scrolls sideways", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openSample(page, "/reference");
  await expectAccessible(page);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: /^83 rules/ }).click();
  await page.getByRole("navigation", { name: "Rules" }).getByRole("link", { name: /T2$/ }).click();
  await expect(page.getByRole("heading", { name: "The same region" })).toBeInViewport();
});

test("an address that does not exist says so", async ({ page }) => {
  await openAt(page, "/rules/Q99");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/no such page/i);
});
