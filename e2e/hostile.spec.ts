// Texts of people and of files are text: never markup, never an unquoted argument, never a way out of the app.
import { beside, cell, go, goOn, importFile, knowLosses, item, openAt, openStep, paste } from "./desk";
import { expect, test } from "./harness";
import * as samples from "./samples";
import { SALES, UAT } from "./samples";

const MARKUP = `<img src=x onerror="document.title='owned'">`;

test("markup in a name is shown as it is written, on every page", async ({ page }) => {
  await openAt(page);
  const evil = { ...UAT, name: MARKUP, managed: undefined };
  await importFile(page, { name: `${MARKUP}.json`, text: samples.restList([SALES, evil]) });
  await expect(page.getByText(`${MARKUP}.json was imported`, { exact: false }).first()).toBeVisible();
  for (const route of ["/environments", `/environments/${UAT.id}`, "/targets", `/targets?source=${SALES.id}&target=${UAT.id}`, "/reference?rule=K1", "/reference?rule=T4", "/restore", "/unknown"]) {
    await go(page, route);
    if (route === "/environments") {
      // The grid cuts a name in its middle: both parts together are the name, and whoever hears it hears all of it.
      const link = page.getByRole("rowheader").getByRole("link", { name: MARKUP, exact: true });
      await expect(link).toBeVisible();
      expect(await link.textContent()).toBe(MARKUP);
      await beside(page, MARKUP);
    }
    await expect(page.getByText(MARKUP).locator("visible=true").first()).toBeVisible();
    await expect(page.locator("main img"), route).toHaveCount(0);
  }
  await expect(page.locator("main img")).toHaveCount(0);
  await expect(page).not.toHaveTitle("owned");
});

test("quotation marks in names cannot leave the command that they stand in", async ({ page }) => {
  await openAt(page);
  const target = { ...UAT, name: "O'Brien’s $(calc) test" };
  await importFile(page, { name: "list.json", text: samples.restList([SALES, target]) });
  await go(page, `/restore?source=${SALES.id}&target=${UAT.id}`);
  await page.getByRole("button", { name: "24 h ago" }).click();
  await goOn(page, "Step 3 of 5: Target");
  await expect(page.getByRole("radio", { name: /^O'Brien/ })).toBeChecked();
  await goOn(page, "Step 4 of 5: Options");
  await page.getByLabel("New name of the target (optional)").fill("Ada's ’quoted’ $name; calc");
  await goOn(page, "Step 5 of 5: Review");
  await knowLosses(page);
  await page.getByLabel(`Type ${target.name} to confirm`).fill(target.name);
  await page.getByRole("button", { name: "Make the plan" }).click();
  const box = await openStep(page, /^\d+\. Restore “Fabrikam Sales”/);
  const code = box.getByRole("group", { name: /^the command for/ });
  // In PowerShell every apostrophe, also a curly one, ends a quotation: each is doubled.
  await expect(code).toContainText("TargetEnvironmentName = 'Ada''s ’’quoted’’ $name; calc'");
  await expect(code).toContainText(`Restore-PowerAppEnvironment -EnvironmentName '${UAT.id}'`);
  await page.getByRole("group", { name: "Tool for all steps" }).getByRole("button", { name: "REST" }).click();
  await expect(code).toContainText(`"environmentNameToOverride": "Ada's ’quoted’ $name; calc"`);
});

test("an id that could not be an id does not get into a command", async ({ page }) => {
  await openAt(page);
  const rest = samples.restList([SALES, { ...UAT, id: "x'; Remove-Item C:\\ -Recurse #" }]);
  await paste(page, rest);
  const card = item(page, "pasted text");
  await expect(card).toContainText("no usable environment id");
  await expect(card.getByText("+ 1 added")).toBeVisible();
});

test("a text that a spreadsheet would run is kept as the name that it is", async ({ page }) => {
  await openAt(page);
  await importFile(page, { name: "list.json", text: samples.restList([{ ...SALES, name: "=cmd|' /c calc'!A1" }]) });
  await go(page, "/environments");
  await expect(await cell(page, "=cmd", /^Kind/)).toContainText("Production");
});
