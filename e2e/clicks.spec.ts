// How many presses there are between a question and its answer. Typing is no press.
import { choose, go, keepButton, openAt, openSample } from "./desk";
import { expect, test, type Locator, type Page } from "./harness";
import * as samples from "./samples";

/** Presses, and counts. */
function counting() {
  const pressed: string[] = [];
  const press = async (what: Locator) => {
    pressed.push(await what.evaluate((e) => e.textContent?.trim() ?? ""));
    await what.click();
  };
  return { press, pressed };
}

/** Types into the field that asks when, once it has the focus by itself. */
const typeTime = async (page: Page, text: string) => {
  await expect(page.locator("input:focus")).toBeVisible();
  await page.keyboard.type(text);
};

const runbook = async (page: Page) => {
  await expect(page).toHaveURL(/#\/plans\/\d+$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Sales");
};

test("3 a.m.: from the start page to a runbook, with a typed time, in at most five", async ({ page }) => {
  await openSample(page);
  const { press, pressed } = counting();
  await press(page.getByRole("link", { name: "Find the way back" }));
  await press(page.getByRole("button", { name: /^Records were deleted/ }));
  await press(page.getByRole("button", { name: /^Contoso Sales/ }));
  await typeTime(page, "yesterday 14");
  await press(page.getByRole("button", { name: "Make the plan" }).first());
  await runbook(page);
  await expect(page.getByRole("main")).toContainText("Mon 23 Nov 2026 13:59 (12:59 UTC)");
  expect(pressed.length, pressed.join(" > ")).toBeLessThanOrEqual(5);
});

test("the search reads the point, and the wizard opens with it", async ({ page }) => {
  await openSample(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("restore contoso sales to yesterday 14");
  await expect(page.getByRole("listbox", { name: "What was found" }).getByRole("option").first()).toContainText("Restore Contoso Sales to Mon 23 Nov 2026 14:00 (13:00 UTC)");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "Step 3 of 5: Target" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Steps of the restore" })).toContainText("23 Nov 14:00");
});

test("from the result of an import: a runbook in at most six", async ({ page }) => {
  await openAt(page);
  await go(page, "/import");
  await choose(page, { name: "environments.json", text: samples.restList([samples.SALES, samples.UAT]) });
  await keepButton(page).click();
  await expect(page.getByRole("link", { name: "See the environments" })).toBeVisible();
  const first = counting();
  await first.press(page.getByRole("link", { name: "Way back" }).first());
  await first.press(page.getByRole("button", { name: /^Records were deleted/ }));
  await first.press(page.getByRole("button", { name: new RegExp(`^${samples.SALES.name}`) }));
  await typeTime(page, "yesterday 14");
  await first.press(page.getByRole("button", { name: "Make the plan" }).first());
  await runbook(page);
  expect(first.pressed.length, first.pressed.join(" > ")).toBeLessThanOrEqual(6);
});

test("from the result of an import: what can be restored, how far back and onto what, by name, in at most two", async ({ page }) => {
  await openAt(page);
  await go(page, "/import");
  await choose(page, { name: "environments.json", text: samples.restList([samples.SALES, samples.UAT, samples.TRAINING]) });
  await keepButton(page).click();
  const { press, pressed } = counting();
  await press(page.getByRole("link", { name: "See the environments" }));
  const sales = page.getByRole("row", { name: new RegExp(samples.SALES.name) });
  await expect(sales.getByRole("img", { name: "can be brought back" })).toBeVisible();
  await expect(sales.locator(".c-reach")).toHaveText(/^28 days|^7, perhaps 28/);
  await expect(sales.locator(".c-onto")).toContainText(samples.UAT.name);
  const training = page.getByRole("row", { name: new RegExp(samples.TRAINING.name) });
  await expect(training.locator(".c-onto"), "another region: no other takes it").toContainText("itself");
  // One more press, and the row says it in sentences.
  await press(sales.getByRole("link", { name: samples.SALES.name }));
  const beside = page.getByRole("region", { name: samples.SALES.name });
  await expect(beside).toContainText(samples.UAT.name);
  expect(pressed.length, pressed.join(" > ")).toBeLessThanOrEqual(2);
});
