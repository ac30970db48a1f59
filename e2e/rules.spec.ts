// Every rule on screen can be opened to its sentence, id, edition and section of the page.
import { go, openAt, openSample } from "./desk";
import { expect, expectAccessible, test } from "./harness";

test("a chip opens the rule; Escape closes it, and the focus returns", async ({ page }) => {
  await openSample(page, "/retention");
  const chip = page.getByRole("button", { name: "Rule K4: what it says" }).first();
  await chip.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Rule K4" });
  await expect(dialog).toContainText(/24 hours/);
  await expect(dialog).toContainText("Rules of 2 April 2024");
  await expect(dialog).toContainText(/Section/);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(chip).toBeFocused();
});

test("where editions differ, the dialog says what each of them says", async ({ page }) => {
  await openSample(page, "/rules");
  await page.getByRole("button", { name: "Rule T1: what it says" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Rule T1" });
  await expect(dialog).toContainText("Rules of 24 June 2025");
  await expect(dialog).toContainText(/Rules of 26 September 2026.*change notes only/s);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
});

test("the page of rules has them all, can be searched, and is a deep link to each", async ({ page }) => {
  await openAt(page, "/rules/K6");
  await expect(page.getByRole("link", { name: "K6", exact: true })).toBeInViewport();
  await go(page, "/rules");
  expect(await page.getByRole("term").count()).toBeGreaterThan(60);
  await page.getByRole("searchbox", { name: "Search the rules" }).fill("administration mode");
  await expect(page.getByRole("term").filter({ hasText: "R9" })).toBeVisible();
  await expect(page.getByRole("term").filter({ hasText: "K1" })).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Search the rules" }).fill("no rule has these words");
  await expect(page.getByText("No rule says that.")).toBeVisible();
});

test("an address that does not exist says so", async ({ page }) => {
  await openAt(page, "/rules/Q99");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/no such page/i);
});
