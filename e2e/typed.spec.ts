// What is typed stays with what it was typed for: while the clock moves, while another restore, address or tab takes its place.
import { go, goOn, importFile, knowLosses, openAt, openSample, planOntoUat, reload, row, saved, stepBox } from "./desk";
import { expect, openApp, test, type Page } from "./harness";
import { FABRIKAM, FINANCE, NOW, restList, SALES, UAT } from "./samples";

const FIRST = { name: "environments.json", text: restList(FABRIKAM) };
const tenant = (page: Page, name: string | RegExp) => page.getByRole("banner").getByRole("button", { name });
const dialog = (page: Page) => page.getByRole("dialog");
const point = (page: Page) => page.getByLabel("Go back to", { exact: true });
const heading = (page: Page, name: string) => expect(page.getByRole("heading", { level: 1 })).toHaveText(name);

test.describe("the time of a restore", () => {
  test("is that of the restore that is open", async ({ page }) => {
    await openAt(page);
    await importFile(page, FIRST);
    await go(page, `/restore?source=${SALES.id}`);
    await point(page).fill("words of Sales");
    await go(page, `/restore?source=${FINANCE.id}`);
    await heading(page, "Restore: Finance Ledger");
    await expect(point(page)).toHaveValue("");
    await point(page).fill("2026-11-22 13:05");
    await go(page, `/restore?source=${SALES.id}`);
    await heading(page, "Restore: Fabrikam Sales");
    await expect(point(page)).toHaveValue("words of Sales");
    await point(page).press("End");
    await page.keyboard.type("!");
    // Its point is complete, so that it opens at the target.
    await go(page, `/restore?source=${FINANCE.id}`);
    await heading(page, "Restore: Finance Ledger");
    await go(page, "/restore?step=2");
    await expect(point(page)).toHaveValue("2026-11-22 13:05");
    await expect(page.getByText(/13:05 \(12:05 UTC\)/).first()).toBeVisible();
    await saved(page);
    await reload(page);
    await expect(point(page)).toHaveValue("2026-11-22 13:05");
    await go(page, `/restore?source=${SALES.id}`);
    await expect(point(page)).toHaveValue("words of Sales!");
  });

  test("is the user's own again when a rehearsal is over", async ({ page }) => {
    await openAt(page);
    await importFile(page, FIRST);
    await go(page, `/restore?source=${SALES.id}`);
    await point(page).fill("words of my own");
    await tenant(page, "My tenant").click();
    await dialog(page).getByRole("button", { name: "Rehearse …" }).click();
    await dialog(page).getByRole("button", { name: "Begin the rehearsal" }).click();
    await expect(dialog(page)).toHaveCount(0);
    await point(page).fill("2026-11-22 13:05");
    await page.getByRole("button", { name: "End rehearsal" }).click();
    await expect(page.getByText(/^The rehearsal is over/)).toBeVisible();
    await expect(point(page)).toHaveValue("words of my own");
  });

  test("is what another tab typed last", async ({ page, context }) => {
    await openAt(page);
    await importFile(page, FIRST);
    await go(page, `/restore?source=${SALES.id}`);
    await point(page).fill("2026-11-22 13:05");
    await saved(page);
    const other = await context.newPage();
    await openAt(other, "/restore?step=2");
    await point(other).fill("when, ask Ada");
    await expect(point(page)).toHaveValue("when, ask Ada");
    await point(other).fill("yesterday 14:00");
    await expect(point(page)).toHaveValue("yesterday 14:00");
    await point(other).fill("");
    await expect(point(page)).toHaveValue("");
  });
});

test("the time of a mishap is that of the address", async ({ page }) => {
  await openAt(page);
  await importFile(page, FIRST);
  const when = page.locator("#when-from");
  await go(page, `/way-back?mishap=records&environment=${SALES.id}`);
  await when.fill("2026-11-22 13:05");
  await expect(page).toHaveURL(/from=2026-11-22T12%3A05/);
  await go(page, `/way-back?mishap=deleted&environment=${UAT.id}`);
  await expect(when).toHaveValue("");
  // What is no time yet is in no address, and stays.
  await when.fill("2026-11-22 13:05");
  await when.fill("2026-11-22 13:05, ask Ada");
  await expect(page).not.toHaveURL(/from=/);
  await expect(when).toHaveValue("2026-11-22 13:05, ask Ada");
});

test("the planned start is what another tab chose last", async ({ page, context }) => {
  await openSample(page);
  await planOntoUat(page);
  const start = (page: Page) => page.getByLabel("Begin the restore");
  await page.getByRole("button", { name: "Plan when to start" }).click();
  await start(page).fill("in 7 days");
  await saved(page);
  const route = new URL(page.url()).hash.slice(1);
  const other = await context.newPage();
  await openSample(other, route);
  await start(other).fill("2026-11-25 09:00");
  await expect(start(page)).toHaveValue("2026-11-25 09:00");
  await start(other).fill("");
  await expect(start(page)).toHaveValue("");
});

test("what is typed to confirm a way back stays while the clock moves", async ({ page }) => {
  await page.clock.install({ time: new Date(NOW) });
  await openApp(page);
  await importFile(page, FIRST);
  await go(page, `/way-back?mishap=records&environment=${SALES.id}&from=2026-11-23T10:00:00Z`);
  const way = page.getByRole("article", { name: /onto “Fabrikam UAT” and carry/ });
  await way.locator("summary").first().click();
  const name = way.getByLabel("Type Fabrikam UAT to confirm");
  const audit = way.getByRole("checkbox", { name: /^Include audit logs/ });
  await name.fill("Fabrikam U");
  await audit.check();
  await name.focus();
  for (let i = 0; i < 3; i++) await page.clock.runFor(31_000);
  await expect(name).toHaveValue("Fabrikam U");
  await expect(audit).toBeChecked();
  await expect(name).toBeFocused();
});

test("when a restore ended stays typed while it is said how", async ({ page }) => {
  await page.clock.install({ time: new Date(NOW) });
  await openApp(page);
  await importFile(page, FIRST);
  await go(page, `/restore?source=${SALES.id}&target=${UAT.id}&at=2026-11-22T12:00:00Z`);
  await goOn(page, "Step 5 of 5: Review");
  await knowLosses(page);
  await page.getByLabel("Type Fabrikam UAT to confirm").fill("Fabrikam UAT");
  await page.getByRole("button", { name: "Make the plan" }).click();
  await expect(page).toHaveURL(/#\/plans\/\d+$/);
  await (await stepBox(page, /^(\d+\. )?Restore “/)).click();
  await dialog(page).getByRole("button", { name: "Record it" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await page.clock.setSystemTime(new Date("2026-11-24T08:00:00Z"));
  await page.clock.runFor(31_000);
  await (await stepBox(page, /Watch until/)).click();
  await dialog(page).getByLabel("It succeeded").check();
  await dialog(page).getByLabel("Earlier").check();
  const at = dialog(page).getByLabel("Local time at which it was done");
  await at.fill("2026-11-24 06:00");
  await dialog(page).getByLabel("It failed").check();
  await expect(at).toHaveValue("2026-11-24 06:00");
});

test("just now is after the import, also where the clock was set back since", async ({ page }) => {
  await page.clock.install({ time: new Date("2026-11-24T04:00:00Z") });
  await openApp(page);
  await importFile(page, FIRST);
  await saved(page);
  await page.clock.setSystemTime(new Date("2026-11-24T02:00:00Z"));
  await page.clock.runFor(31_000);
  await go(page, `/environments/${SALES.id}`);
  await page.getByRole("button", { name: /^Record something/ }).first().click();
  await dialog(page).getByRole("button", { name: /switched to Sandbox/ }).first().click();
  await expect(dialog(page).getByRole("button", { name: "Record it" })).toBeEnabled();
  await expect(dialog(page)).not.toContainText("It lies before the last import");
  await dialog(page).getByRole("button", { name: "Record it" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await go(page, "/environments");
  await expect(row(page, "Fabrikam Sales")).toContainText("Sandbox");
});
