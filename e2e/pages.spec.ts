// The pages that answer: environments, one environment, targets, retention, rules.
import { expect, expectAccessible, openApp, test, type Page } from "./harness";
import { environment, importAndKeep } from "./inventories";

const SALES = "c0470500-0000-4000-8000-000000000001";
const HR = "c0470500-0000-4000-8000-000000000002";
const HR_TEST = "c0470500-0000-4000-8000-000000000007";
const LEGACY = "c0470500-0000-4000-8000-000000000008";
const SALES_DEV = "c0470500-0000-4000-8000-00000000000f";

/** Opens the sample tenant at a route. */
async function openSample(page: Page, route: string): Promise<void> {
  await openApp(page);
  await page.getByRole("button", { name: "Open the sample tenant" }).click();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Environments" })).toContainText(/\d/);
  await page.goto(`./#${route}`);
}

/** Nothing makes the page wider than the screen. */
async function expectNoSideways(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, "the page must not scroll sideways").toBeLessThanOrEqual(0);
}

const names = (page: Page) => page.locator(".env-table tbody th a").allInnerTexts();

const PAGES = [
  "/environments",
  `/environments/${HR}`,
  `/environments/${LEGACY}`,
  `/targets?source=${SALES}&target=${HR_TEST}`,
  `/targets?source=${SALES}`,
  "/retention",
  "/rules/T4",
];

for (const route of PAGES) {
  test(`axe finds nothing and nothing scrolls sideways, wide and narrow, light and dark: ${route}`, async ({ page }) => {
    await openSample(page, route);
    for (const [width, colorScheme] of [
      [1280, "light"],
      [390, "dark"],
    ] as const) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      await expect(page.locator("main h1")).toBeVisible();
      await expectNoSideways(page);
      await expectAccessible(page);
    }
  });
}

test("the table is searched, filtered and sorted, and the address says so", async ({ page }) => {
  await openSample(page, "/environments");
  await page.getByRole("searchbox").fill("sales");
  await expect(page.locator(".env-table tbody tr")).toHaveCount(4);
  await page.getByLabel("Kind", { exact: true }).selectOption("Sandbox");
  await expect(page.locator(".env-table tbody tr")).toHaveCount(2);
  await expect(page).toHaveURL(/search=sales&kind=Sandbox/);
  expect(await names(page)).toEqual(["Sales Perf", "Sales UAT"]);

  const head = page.getByRole("columnheader", { name: "Name" });
  await head.getByRole("button").press("Enter");
  await expect(head).toHaveAttribute("aria-sort", "descending");
  expect(await names(page)).toEqual(["Sales UAT", "Sales Perf"]);
  await page.reload();
  await expect(page.locator(".env-table tbody tr")).toHaveCount(2);
  expect(await names(page)).toEqual(["Sales UAT", "Sales Perf"]);

  await page.getByRole("searchbox").fill("no such thing");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await expect(page.locator(".env-table tbody tr")).toHaveCount(20);
});

test("an unknown fact is answered in the row, and the window follows", async ({ page }) => {
  await openSample(page, "/environments?search=contoso%20hr");
  const row = page.getByRole("row", { name: /Contoso HR/ });
  await expect(row).toContainText("7, perhaps 28 days");
  await row.getByRole("button", { name: /Dynamics 365 apps/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Contoso HR");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Yes", exact: true }).first().click();
  await expect(dialog).toBeHidden();
  await expect(row).toContainText("28 days");
  await expect(row).not.toContainText("perhaps");

  await row.getByRole("link").click();
  const fact = page.locator(".fact", { hasText: "Dynamics 365 apps" });
  await expect(fact).toContainText("your answer, since");
  await fact.getByRole("button", { name: "Take answer back: Dynamics 365 apps" }).click();
  await expect(fact).toContainText("Not known");
});

test("two thousand environments stay usable", async ({ page }) => {
  await openApp(page);
  const many = Array.from({ length: 2000 }, (_, i) =>
    environment({
      id: `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`,
      name: `Fabrikam ${String(i).padStart(4, "0")}`,
      kind: i % 3 ? "Sandbox" : "Production",
      managed: i % 2 === 0,
    }),
  );
  await importAndKeep(page, JSON.stringify({ value: many }));
  await page.goto("./#/environments");
  await expect(page.getByText("rows 1 to 100 of 2,000")).toBeVisible();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(page.getByText("rows 101 to 200 of 2,000")).toBeVisible();
  expect((await names(page))[0]).toBe("Fabrikam 0100");
  const search = page.getByRole("searchbox");
  await search.pressSequentially("1999");
  await expect(page.locator(".env-table tbody tr")).toHaveCount(1);

  await page.goto("./#/targets");
  await expect(page.getByText("60 of 2,000 sources")).toBeVisible();
  await page.getByPlaceholder("Sources: name, kind, region").fill("1998");
  await page.getByPlaceholder("Targets: name, kind, region").fill("199");
  await expect(page.getByText(/of 2,000/)).toHaveCount(0);
  await expect(page.locator(".mx.own tbody tr")).toHaveCount(1);
});

test("the matrix is walked by keys, and a cell opens its reasons", async ({ page }) => {
  await openSample(page, "/targets");
  const grid = page.getByRole("grid");
  const stop = grid.locator("button[tabindex='0']");
  await expect(stop).toHaveCount(1);
  await stop.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await expect(grid.getByRole("button", { name: "Contoso HR to US Train: Refused" })).toBeFocused();
  await expect(stop).toHaveCount(1);
  await page.keyboard.press("Enter");
  const answer = page.getByRole("region", { name: "Answer" });
  await expect(answer).toContainText("Contoso HR → US Train");
  await expect(answer).toContainText("Contoso HR is in Europe, US Train is in United States");
  await expect(answer).toContainText("Or create a new target");
  await expect(page).toHaveURL(/source=.*target=/);
  await expect(grid.getByRole("button", { name: "Contoso HR to US Train: Refused" })).toBeFocused();

  await page.goBack();
  await expect(answer).toHaveCount(0);
});

test("an unknown rule is answered in the verdict, and a rule opens from its chip", async ({ page }) => {
  await openSample(page, `/targets?source=${SALES}&target=${HR_TEST}`);
  const answer = page.getByRole("region", { name: "Answer" });
  await expect(answer).toContainText("Unknown");
  await answer.getByRole("button", { name: /^Rule T4/ }).click();
  await expect(page.getByRole("dialog")).toContainText("Managed Environment");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(answer.getByRole("button", { name: /^Rule T4/ })).toBeFocused();
  await answer.getByRole("button", { name: "Yes", exact: true }).click();
  await expect(answer).toContainText("Eligible");
  await expect(page.getByRole("button", { name: "Contoso Sales to HR Test: Eligible" })).toBeVisible();
});

test("an environment shows onto what it can be restored, refused ones with the reason", async ({ page }) => {
  await openSample(page, `/environments/${SALES}`);
  await expect(page.getByRole("heading", { level: 1, name: "Contoso Sales" })).toBeVisible();
  const onto = page.locator("section", { has: page.getByRole("heading", { name: "Onto what it can be restored" }) });
  await expect(onto.getByRole("listitem").filter({ hasText: "Sales UAT" })).toContainText("Eligible");
  await onto.getByText(/refused, with the reason/).click();
  await expect(onto.getByRole("listitem").filter({ hasText: "Sales Dev" })).toContainText("restored only to Sandbox");
  await page.getByRole("link", { name: "Restore onto this…" }).click();
  await expect(page).toHaveURL(/#\/restore/);
});

test("the band is looked at by keys", async ({ page }) => {
  await openSample(page, `/environments/${HR}`);
  const band = page.getByRole("slider", { name: "Look at a point in time" });
  await band.focus();
  await page.keyboard.press("End");
  await expect(band).toHaveAttribute("aria-valuetext", /UTC.*guaranteed$/);
  await page.keyboard.press("Home");
  await expect(band).toHaveAttribute("aria-valuetext", /UTC.*only possible$/);
  await expect(page.locator(".band-readout")).toContainText("Only possible");
});

test("retention compares editions and names the environments that change", async ({ page }) => {
  await openSample(page, "/retention");
  const own = page.getByRole("row", { name: /Finance Approvals/ });
  await expect(own).toContainText("stored setting of 21 days counts for nothing");
  await page.getByLabel("Compare with").selectOption("2026-09-26");
  const changes = page.locator("section", { has: page.getByRole("heading", { name: "What another edition would change" }) });
  await expect(changes).toContainText("the whole page was not read");
  await expect(changes.getByRole("row", { name: /Contoso HR/ })).toContainText("less");
  await page.getByLabel("Compare with").selectOption("2024-04-02");
  await expect(changes).toContainText("This is the chosen edition");
});

test("a rule has an address", async ({ page }) => {
  await openSample(page, "/rules/T5");
  await expect(page.locator("#rule-T5")).toBeInViewport();
  await expect(page.locator("#rule-T5")).toContainText("the same key must be applied");
  await page.getByPlaceholder("Search the rules").fill("audit");
  await expect(page.locator("#rule-T5")).toHaveCount(0);
  await expect(page.locator("#rule-R5")).toBeVisible();
});

test("an environment that is not on the list says so", async ({ page }) => {
  await openSample(page, "/environments/none");
  await expect(page.getByRole("heading", { level: 1, name: "This environment is not on the list" })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`./#/targets?source=none&target=${SALES_DEV}`);
  await expect(page.getByText("One of the two environments is no longer on the list.")).toBeVisible();
});
