// Every screen, wide and narrow, light and dark: axe finds nothing, and no page scrolls sideways.
import { choose, confirmLosses, go, goOn, importFile, knowLosses, openAt, openSample, paste, step, stepBox, inPlanMenu } from "./desk";
import { expect, expectAccessible, test, type Page } from "./harness";
import * as samples from "./samples";
import { FABRIKAM, SALES, UAT } from "./samples";

const contoso = (n: number) => `c0470500-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;
const WIDE = { width: 1280, height: 800 };

/** A screen in all its looks; afterwards the page is wide and light again. */
async function expectGood(page: Page): Promise<void> {
  // From the top: a link that is half under the bar is taken for a small one.
  const top = () => page.evaluate(() => window.scrollTo(0, 0));
  await top();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, ["color-contrast"]);
  for (const width of [360, 390]) {
    await page.setViewportSize({ width, height: 844 });
    const wide = await page.evaluate(() => {
      const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      if (over <= 0) return [];
      const edge = document.documentElement.clientWidth + 1;
      const all = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > edge);
      return [`${over} px too wide`, ...all.slice(0, 5).map((e) => e.outerHTML.slice(0, 120))];
    });
    expect(wide, `nothing scrolls sideways at ${width} px, ${new URL(page.url()).hash}`).toEqual([]);
  }
  await top();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(page, ["color-contrast"]);
  await page.setViewportSize(WIDE);
}

async function expectRoutes(page: Page, routes: string[]): Promise<void> {
  for (const route of routes) {
    await go(page, route);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectGood(page);
  }
}

test("pages without a tenant", async ({ page }) => {
  await openAt(page);
  await expectRoutes(page, ["/", "/way-back", "/import", "/unknown", "/environments", "/targets", "/reference"]);
});

test("more pages without a tenant, and addresses that lead nowhere", async ({ page }) => {
  await openAt(page);
  await expectRoutes(page, ["/restore", "/plans", "/plans/9", "/environments/none", "/nowhere", "/reference?rule=K6"]);
});

test("start, import, unknown facts, plans with a tenant", async ({ page }) => {
  await openSample(page);
  await expectRoutes(page, ["/", "/import", "/unknown", "/plans"]);
});

test("the table of environments", async ({ page }) => {
  await openSample(page);
  await expectRoutes(page, ["/environments", "/environments?search=nothing+of+that+name", "/environments?only=deleted&sort=-ends", `/environments?open=${contoso(1)}`]);
});

test("what is folded away: how to get an inventory, and what recovery brings back", async ({ page }) => {
  await openAt(page);
  await page.getByText("How to get an inventory").click();
  await expectGood(page);
  await go(page, "/import");
  await page.getByText("How to get an inventory").click();
  await page.getByText("Paste text instead").click();
  await expectGood(page);
  await openSample(page, "/deleted");
  for (const fold of await page.getByText("What recovery brings back").all()) await fold.click();
  await expect(page.getByRole("heading", { name: "What would follow" }).first()).toBeAttached();
  await expectGood(page);
});

test("the wizard with a target to begin with, and an environment from which nothing can be restored", async ({ page }) => {
  await openSample(page, `/restore?target=${contoso(1)}`);
  await expect(page.getByText("Onto Contoso Sales")).toBeVisible();
  await expectGood(page);
  await page.getByRole("button", { name: "Choose another target later" }).click();
  await go(page, "/environments?search=copilot");
  await page.getByRole("link", { name: "Copilot Trial" }).click();
  await expect(page.getByText(/No restore from it/)).toBeVisible();
  await expectGood(page);
  const drawer = page.getByRole("region", { name: "Copilot Trial", exact: true });
  await drawer.locator('summary[aria-label="More"]').click();
  await drawer.getByRole("button", { name: "All that can be done …" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectGood(page);
});

for (const [what, ids] of [
  ["with unknown facts, with backups, once Production", [2, 1, 8]],
  ["occupied, left by a failed restore, deleted, of an unknown kind", [12, 13, 14, 20]],
] as const) {
  test(`the pages of environments ${what}`, async ({ page }) => {
    await openSample(page);
    for (const n of ids) {
      await go(page, `/environments/${contoso(n)}`);
      await expect(page.getByRole("heading", { level: 2, name: "Facts" })).toBeVisible();
      for (const fold of await page.getByText(/^Why|refused, with the reason/).all()) await fold.click();
      await expectGood(page);
    }
  });
}

test("the matrix", async ({ page }) => {
  await openSample(page);
  await expectRoutes(page, ["/targets", "/targets?by=environment"]);
});

test("the answers beside the matrix", async ({ page }) => {
  await openSample(page);
  const pair = (source: number, target: number) => `/targets?source=${contoso(source)}&target=${contoso(target)}`;
  await expectRoutes(page, [pair(5, 6), pair(2, 7), `/targets?target=${contoso(6)}`]);
});

test("rules and retention, under the chosen and under the newest edition", async ({ page }) => {
  await openSample(page);
  await expectRoutes(page, ["/reference", "/reference?rule=T5"]);
  await page.getByRole("combobox", { name: "Edition of the rules" }).selectOption("2026-09-26");
  await expectRoutes(page, ["/reference"]);
});

test("dialogs", async ({ page }) => {
  await openSample(page, "/environments");
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: /^Facts not known/ }).click();
  await page.getByRole("button", { name: /^managed · \d+$/ }).click();
  await expect(dialog).toBeVisible();
  await expectGood(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Contoso (sample)" }).click();
  await expect(dialog).toBeVisible();
  await expectGood(page);
  await dialog.getByRole("button", { name: "Go to your own tenant" }).click();
  await page.getByRole("button", { name: "My tenant" }).click();
  await expectGood(page);
  await dialog.getByRole("button", { name: "Start over …" }).click();
  await expect(page.getByRole("dialog", { name: "Start over?" })).toBeVisible();
  await expectGood(page);
});

test("a preview, what was kept, and a refused file", async ({ page }) => {
  await openAt(page, "", "2026-11-23T02:00:00Z");
  await importFile(page, { name: "first.json", text: samples.restList(FABRIKAM) });
  await expectGood(page);
  await page.clock.setFixedTime(samples.NOW);
  const changed = [{ ...SALES, retentionDays: 14 }, { ...UAT, managed: false, name: "Fabrikam UAT 2", sku: "Platform" }];
  await choose(
    page,
    { name: "later.json", text: samples.restList([...changed, UAT]) },
    { name: "photo.png", text: samples.PNG },
    { name: "backups.json", text: samples.backupList([{ label: "before 9.2", hours: 30 }]) },
  );
  await expect(page.getByLabel(/Which environment does this list belong to/)).toBeVisible();
  await expectGood(page);
});

test("the wizard, step by step, with its errors", async ({ page }) => {
  await openSample(page, "/restore");
  await page.getByRole("button", { name: /^Continue to/ }).click();
  await expect(page.getByRole("group", { name: "There is a problem" })).toBeFocused();
  await expectGood(page);
  await page.getByRole("radio", { name: /^Contoso HR/ }).check();
  await goOn(page, "Step 2 of 5: Point in time");
  await page.getByLabel("Go back to", { exact: true }).fill("2026-11-10 13:05 utc");
  await expectGood(page);
  await goOn(page, "Step 3 of 5: Target");
  await page.getByRole("radio", { name: /^Sales UAT/ }).check();
  await expectGood(page);
  await goOn(page, "Step 4 of 5: Options");
  await expectGood(page);
  await goOn(page, "Step 5 of 5: Review");
  await expectGood(page);
});

test("the review with its errors, and the plan", async ({ page }) => {
  await openSample(page, "/restore");
  await page.getByRole("radio", { name: /^Contoso Sales/ }).check();
  await goOn(page, "Step 2 of 5: Point in time");
  await page.getByRole("button", { name: "3 days ago" }).click();
  await goOn(page, "Step 3 of 5: Target");
  await page.getByRole("radio", { name: /^Sales UAT/ }).check();
  await goOn(page, "Step 4 of 5: Options");
  await goOn(page, "Step 5 of 5: Review");
  await page.getByRole("button", { name: "Make the plan" }).click();
  await expectGood(page);
  await knowLosses(page);
  await page.getByLabel("Type Sales UAT to confirm").fill("Sales UAT");
  await page.getByRole("button", { name: "Make the plan" }).click();
  await expect(page).toHaveURL(/#\/plans\/1$/);
  await confirmLosses(page);
  await expectGood(page);
  await (await stepBox(page, 0)).check();
  await expectGood(page);
  await inPlanMenu(page, "Delete the plan");
  await expect(page.getByText(/^Deleted:/)).toBeVisible();
  await expectGood(page);
  await expectRoutes(page, ["/plans"]);
});

test("the manual backups of the wizard, and the list of begun restores", async ({ page }) => {
  await openSample(page, "/restore");
  await page.getByRole("radio", { name: "Manual" }).check();
  await page.getByRole("radio", { name: /^Contoso Sales/ }).check();
  await goOn(page, "Step 2 of 5: Manual backup");
  for (const fold of await page.getByText("Why", { exact: true }).all()) await fold.click();
  await expectGood(page);
  await go(page, `/restore?source=${contoso(3)}`);
  await page.getByText("1 other restore is begun").click();
  await expect(page.getByRole("button", { name: /^Go on/ })).toBeVisible();
  await expectGood(page);
});

test("pasting, and a restore to Production", async ({ page }) => {
  await openAt(page);
  await paste(page, samples.pacList([SALES, UAT]));
  await expect(page.getByText("+ 2 added")).toBeVisible();
  await expectGood(page);
  await openSample(page, `/restore?goal=production&source=${contoso(1)}`);
  await expect(step(page, "Step 2 of 5: Point in time")).toBeVisible();
  await page.getByRole("button", { name: "24 h ago" }).click();
  await goOn(page, "Step 3 of 5: Target");
  await expectGood(page);
});
