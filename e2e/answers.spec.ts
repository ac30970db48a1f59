// An answer goes to the card that was clicked: nothing moves under the pointer, and what was answered can be undone there.
import { beside, cell, go, importFile, openAt } from "./desk";
import { expect, test, type Page } from "./harness";
import * as samples from "./samples";

const { SALES, UAT, FINANCE } = samples;

const card = (page: Page, fact: string) => page.getByRole("region", { name: fact, exact: true });

/** Opens the page of unknown facts with a list that leaves nearly everything open. */
async function openUnknown(page: Page): Promise<void> {
  await openAt(page);
  await importFile(page, { name: "list.txt", text: samples.pacList([SALES, UAT, FINANCE]) });
  await go(page, "/unknown");
  await expect(card(page, "Managed")).toBeVisible();
}

/** The cards from top to bottom, and where each begins. */
const order = (page: Page) =>
  page.locator(".fact-group").evaluateAll((all) => all.map((e) => e.getAttribute("aria-label")!));

test("a double click answers exactly one question", async ({ page }) => {
  await openUnknown(page);
  const before = await order(page);
  expect(before.length, "there is more than one question to hit by mistake").toBeGreaterThan(2);
  const managed = card(page, "Managed");
  // Clicking scrolls to what is clicked; only what moves afterwards counts.
  await managed.getByRole("button", { name: "Yes", exact: true }).first().scrollIntoViewIfNeeded();
  const at = await managed.boundingBox();
  await managed.getByRole("button", { name: "Yes", exact: true }).first().dblclick();
  await expect(managed).toContainText("answered for 3 environments: yes");
  // The card stays in its place, and so do all the others.
  expect(await order(page)).toEqual(before);
  const now = await managed.boundingBox();
  expect(Math.abs(now!.y - at!.y), "it does not move").toBeLessThanOrEqual(1);
  expect(Math.abs(now!.height - at!.height), "nor does what is below it").toBeLessThanOrEqual(1);
  await expect(page.getByText("Your answers (3)"), "three environments, one question").toBeVisible();
  for (const fact of before.filter((f) => f !== "Managed" && f !== "Storage of the tenant")) {
    await expect(card(page, fact).getByText(/answered/)).toHaveCount(0);
  }
});

test("the focus stays on the card, and undoing gives the question back", async ({ page }) => {
  await openUnknown(page);
  const managed = card(page, "Managed");
  await managed.getByRole("button", { name: "No", exact: true }).first().click();
  const undo = managed.getByRole("button", { name: "Undo the answer: managed" });
  await expect(undo).toBeFocused();
  await expect(managed.getByRole("button", { name: "Yes", exact: true }), "its buttons are gone").toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(managed).toContainText("unknown for 3 of 3");
  await expect(page.getByText(/^Your answer is kept/), "what was said of it goes with it").toHaveCount(0);
  await expect(managed.getByRole("button", { name: "Yes", exact: true }).first()).toBeVisible();
  await expect(page.getByText(/^Your answers/)).toHaveCount(0);
});

test("the dialog of the table stays until it is closed, and a double click in it answers once", async ({ page }) => {
  await openAt(page);
  await importFile(page, { name: "list.txt", text: samples.pacList([SALES, UAT, FINANCE]) });
  await go(page, "/environments");
  await page.getByRole("button", { name: /^Facts not known/ }).click();
  await page.getByRole("button", { name: /managed · 3/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("group", { name: "Are they Managed Environments?" }).getByRole("button", { name: "Yes" }).dblclick();
  await expect(dialog.getByText("answered for 3 environments: yes")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  await expect(await cell(page, FINANCE.name, /^Managed/)).toHaveText("Yes");
});

test("an answer beside the table is for that one environment, and a double click answers once", async ({ page }) => {
  await openAt(page);
  await importFile(page, { name: "list.txt", text: samples.pacList([SALES, UAT, FINANCE]) });
  await go(page, "/environments");
  const drawer = await beside(page, UAT.name);
  await drawer.getByRole("group", { name: "Is it a Managed Environment?" }).getByRole("button", { name: "Yes", exact: true }).dblclick();
  await expect(drawer.getByText("answered: yes")).toBeVisible();
  await expect(drawer.getByText(/answered/), "no other question was hit").toHaveCount(1);
  await drawer.getByRole("button", { name: "Close" }).click();
  await expect(await cell(page, UAT.name, /^Managed/)).toHaveText("Yes");
  for (const other of [SALES, FINANCE]) {
    await expect(await cell(page, other.name, /^Managed/), "the others were not answered").toHaveText("not known");
  }
  await go(page, "/unknown");
  await expect(card(page, "Managed")).toContainText("unknown for 2 of 3");
});

test("unknown storage is asked when an import ends, once, and nowhere of an environment", async ({ page }) => {
  await openAt(page);
  await importFile(page, { name: "list.txt", text: samples.pacList([SALES, UAT, FINANCE]) });
  // On the page on which the import ended, before the facts of single environments.
  expect((await order(page))[0]).toBe("Storage of the tenant");
  const storage = card(page, "Storage of the tenant");
  for (const [label, value] of [
    ["Database, entitled (GB)", "2.3"],
    ["Database, used (GB)", "1.3"],
    ["Log, entitled (GB)", "1"],
    ["Log, used (GB)", "0"],
    ["File, entitled (GB)", "1"],
    ["File, used (GB)", "0"],
  ] as const) {
    await storage.getByLabel(label).fill(value);
  }
  await storage.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(storage).toContainText("Answered:");
  await expect(storage.getByRole("button", { name: "Undo the answer: storage of the tenant" })).toBeFocused();
  expect((await order(page))[0], "it stays where it was").toBe("Storage of the tenant");
  await page.keyboard.press("Enter");
  await expect(storage.getByLabel("Database, entitled (GB)")).toBeVisible();
  await go(page, "/environments");
  await expect(page.getByRole("grid")).not.toContainText(/storage|capacity/i);
});
