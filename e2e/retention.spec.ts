// How long backups are kept: the tables, the editions, and what a change of edition does.
import { go, openSample, reload, row, saved } from "./desk";
import { expect, test, type Page } from "./harness";

const edition = (page: Page) => page.getByRole("combobox", { name: "Edition of the rules" });

/** Kind, system, manual of the documented table, as they are shown. */
async function documented(page: Page): Promise<string[][]> {
  const table = page.getByRole("table", { name: "Retention, as documented" });
  const rows = await table.getByRole("row").filter({ has: page.getByRole("rowheader") }).all();
  return Promise.all(
    rows.map(async (r) => [
      await r.getByRole("rowheader").innerText(),
      ...(await r.getByRole("cell").allInnerTexts()).map((t) => t.split(/\n|!| \(/)[0]!.trim()),
    ]),
  );
}

const BY_SETTING = "7, 14, 21 or 28 days by setting; 7 until it is set";
const NO = "not supported";
const TABLES: Record<string, string[][]> = {
  "2024-04-02": [
    ["Production with Dynamics 365 apps", "28 days", "28 days"],
    ["Production without Dynamics 365 apps, not managed", "7 days", "7 days"],
    ["Production without Dynamics 365 apps, managed", BY_SETTING, BY_SETTING],
    ["Sandbox", "7 days", "7 days"],
    ["Developer", "7 days", NO],
    ["Teams", "7 days", NO],
    ["Default", "7 days", NO],
    ["Trial", "7 days", NO],
    ["Trial (subscription-based)", "7 days", NO],
  ],
  "2025-06-24": [
    ["Production with Dynamics 365 apps", "28 days", "28 days"],
    ["Production without Dynamics 365 apps, not managed", "7 days", "7 days"],
    ["Production without Dynamics 365 apps, managed", BY_SETTING, BY_SETTING],
    ["Sandbox", "7 days", "7 days"],
    ["Developer", "7 days", "7 days"],
    ["Teams", "7 days", "7 days"],
    ["Default", "7 days", NO],
    ["Trial", "not backed up", NO],
    ["Trial (subscription-based)", "not backed up", NO],
  ],
  "2026-09-26": [
    ["Production with Dynamics 365 apps, not managed", "7 days", "7 days"],
    ["Production with Dynamics 365 apps, managed", BY_SETTING, BY_SETTING],
    ["Production without Dynamics 365 apps, not managed", "7 days", "7 days"],
    ["Production without Dynamics 365 apps, managed", BY_SETTING, BY_SETTING],
    ["Sandbox", "7 days", "7 days"],
    ["Developer", "7 days", "7 days"],
    ["Teams", "7 days", "7 days"],
    ["Default", "7 days", NO],
    ["Trial", "not backed up", NO],
    ["Trial (subscription-based)", "not backed up", NO],
  ],
};

test("each edition's table is shown whole", async ({ page }) => {
  await openSample(page, "/retention");
  for (const [id, table] of Object.entries(TABLES)) {
    await edition(page).selectOption(id);
    await expect.poll(async () => new Set((await documented(page)).map(String))).toEqual(new Set(table.map(String)));
  }
});

test("the contradictions of the page are marked, and the rule behind each opens", async ({ page }) => {
  await openSample(page, "/retention");
  const trial = page.getByRole("table", { name: "Retention, as documented" }).getByRole("row", { name: /^Trial 7 days/ });
  await expect(trial).toContainText("contradicted");
  await trial.getByRole("button", { name: "Rule D1: what it says" }).click();
  await expect(page.getByRole("dialog")).toContainText(/never promised, and never a source/);
});

test("the editions stand side by side, with what differs and how sure each is", async ({ page }) => {
  await openSample(page, "/retention");
  const beside = page.getByRole("region", { name: "Editions side by side" });
  await expect(beside.getByRole("columnheader", { name: /2 April 2024/ })).toContainText("chosen");
  await expect(beside.getByRole("columnheader", { name: /26 September 2026/ })).toContainText("from change notes only");
  const lost = beside.getByRole("row", { name: /^Production with Dynamics 365 apps, not managed/ });
  await expect(lost.getByRole("cell").nth(2)).toHaveText(/7 days \/ 7 days\s+differs/);
});

test("another edition changes the verdicts, says what is lost and how sure it is, and is remembered", async ({ page }) => {
  await openSample(page, "/environments");
  await expect(row(page, "Old Portal")).toContainText("Deleted 5 days ago");
  await edition(page).selectOption("2025-06-24");
  await expect(page.getByRole("status").filter({ hasText: /Under the newest rules of 26 September 2026, \d+ environments? can be brought back less far/ })).toBeVisible();
  await edition(page).selectOption("2026-09-26");
  // Basis and caution stay in sight on every page of that edition.
  for (const route of ["/environments", "/targets", "/retention", "/restore", "/"]) {
    await go(page, route);
    await expect(page.getByText(/change notes/i).locator("visible=true").first()).toBeVisible();
  }
  await saved(page);
  await reload(page);
  await expect(edition(page)).toHaveValue("2026-09-26");
});

test("whose answers change is named, and a loss leads to its pair", async ({ page }) => {
  await openSample(page, "/retention");
  await expect(page.getByRole("heading", { level: 2, name: "What another edition would change" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /environments? with another window, \d+ of them with less/ })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "✕ less" }).filter({ hasText: "Contoso HR" })).toBeVisible();
  await page.getByText("Which pairs").click();
  const legal = page.getByRole("listitem").filter({ hasText: "Legal Vault → Legal Test" });
  await expect(legal).toContainText(/Eligible.*becomes.*Refused/s);
  await legal.getByRole("link").click();
  await expect(page.getByRole("region", { name: "Answer" })).toContainText(/Under the rules of 26 September 2026 Legal Vault cannot be restored/);
});

test("a stored setting that counts for nothing is said", async ({ page }) => {
  await openSample(page, "/retention");
  const finance = page.getByRole("table", { name: "Retention of your environments" }).getByRole("row", { name: /^Finance Approvals/ });
  await expect(finance).toContainText("stored setting of 21 days counts for nothing");
  await finance.getByText("Why").click();
  await expect(finance.getByRole("listitem").first()).toBeVisible();
});
