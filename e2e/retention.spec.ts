// How long backups are kept and which kind goes onto which: the tables, the editions, and what a change of edition does.
import { go, openSample, reload, row, saved } from "./desk";
import { expect, openApp, test, type Page } from "./harness";
import { NOW } from "./samples";

const edition = (page: Page) => page.getByRole("combobox", { name: "Edition of the rules" });

/** The matrix of the page of 2 April 2024, in its own order. */
const KINDS = ["Production", "Sandbox", "Developer", "Teams", "Default"];
const DOCUMENTED: Record<string, string[]> = {
  Production: ["No", "Yes", "No", "No", "No"],
  Sandbox: ["No", "Yes", "No", "No", "No"],
  Developer: ["No", "Yes", "Yes", "No", "No"],
  Teams: ["No", "No", "No", "itself", "No"],
  Default: ["No", "No", "No", "No", "No"],
};

async function matrixOfKinds(page: Page): Promise<{ targets: string[]; rows: Record<string, string[]> }> {
  const region = page.getByRole("region", { name: "Matrix of kinds" });
  const targets = (await region.getByRole("columnheader").allInnerTexts()).slice(1).map((t) => t.trim());
  const rows: Record<string, string[]> = {};
  for (const row of await region.getByRole("row").all()) {
    const head = row.getByRole("rowheader");
    if ((await head.count()) === 0) continue;
    const cells = await row.getByRole("cell").allInnerTexts();
    rows[(await head.innerText()).trim()] = cells.map((c) => c.replace(/[✓×\s]/g, ""));
  }
  return { targets, rows };
}

test.describe("the documented matrix of kinds", () => {
  test("has all 25 cells of 2 April 2024, and the footnote", async ({ page }) => {
    await openSample(page, "/reference");
    await expect(page.getByRole("region", { name: "Matrix of kinds" })).toBeVisible();
    const shown = await matrixOfKinds(page);
    expect(shown.targets).toEqual(KINDS);
    expect(shown.rows).toEqual(DOCUMENTED);
    await expect(page.getByText(/^Teams: onto itself only\./)).toBeVisible();
  });

  test("the next edition adds Default to Developer, with the page's own caution", async ({ page }) => {
    await openSample(page, "/reference");
    await page.getByRole("combobox", { name: "Edition of the rules" }).selectOption("2025-06-24");
    await expect(page.getByText(/the admin center does not offer it/)).toBeVisible();
    const shown = await matrixOfKinds(page);
    expect(shown.rows).toEqual({ ...DOCUMENTED, Default: ["No", "No", "Yes", "No", "No"] });
  });
});

/** Kind, then system and manual under each edition, oldest first, as they are shown. */
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

const SET = "7 to 28";
const NO = "not supported";
const NONE = "not backed up";
const TABLE: string[][] = [
  ["Production with Dynamics 365 apps, managed", "28", "28", "28", "28", SET, SET],
  ["Production with Dynamics 365 apps, not managed", "28", "28", "28", "28", "7", "7"],
  ["Production without Dynamics 365 apps, managed", SET, SET, SET, SET, SET, SET],
  ["Production without Dynamics 365 apps, not managed", "7", "7", "7", "7", "7", "7"],
  ["Sandbox", "7", "7", "7", "7", "7", "7"],
  ["Developer", "7", NO, "7", "7", "7", "7"],
  ["Teams", "7", NO, "7", "7", "7", "7"],
  ["Default", "7", NO, "7", NO, "7", NO],
  ["Trial", "7", NO, NONE, NO, NONE, NO],
  ["Trial (subscription-based)", "7", NO, NONE, NO, NONE, NO],
];

test("every edition's table is shown whole, side by side", async ({ page }) => {
  await openSample(page, "/retention");
  await expect.poll(async () => (await documented(page)).map(String)).toEqual(TABLE.map(String));
});

test("the contradictions of the page are marked, and the rule behind each opens", async ({ page }) => {
  await openSample(page, "/reference");
  const trial = page.getByRole("table", { name: "Retention, as documented" }).getByRole("row", { name: /^Trial 7/ });
  await expect(trial).toContainText("contradicted");
  const note = page.getByRole("listitem").filter({ hasText: "contradicted" }).filter({ hasText: "Trials" });
  await note.getByRole("button", { name: /^Rule D1: / }).click();
  await expect(page.getByRole("dialog")).toContainText(/never promised, and never a source/);
});

test("the editions say which is in use, how sure each is, and what is new", async ({ page }) => {
  await openSample(page, "/reference");
  const table = page.getByRole("table", { name: "Retention, as documented" });
  await expect(table.getByRole("columnheader", { name: /2 April 2024/ })).toContainText("in use here");
  await expect(table.getByRole("columnheader", { name: /26 September 2026/ })).toContainText("from change notes only");
  const lost = table.getByRole("row", { name: /^Production with Dynamics 365 apps, not managed/ });
  await expect(lost.getByRole("cell").nth(4)).toHaveText(/^7\s+\(new\)$/);
  await expect(lost.getByRole("cell").nth(2)).toHaveText("28");
});

test("another edition changes the verdicts, says what is lost and how sure it is, and is remembered", async ({ page }) => {
  await openSample(page, "/environments");
  await expect(row(page, "Old Portal")).toContainText("Deleted 5 days ago");
  await edition(page).selectOption("2025-06-24");
  await expect(page.getByRole("status").filter({ hasText: /Newest rules: \d+ environments? less far back/ })).toBeVisible();
  await edition(page).selectOption("2026-09-26");
  // Basis and caution stay in sight on every page of that edition.
  for (const route of ["/environments", "/targets", "/reference", "/restore", "/"]) {
    await go(page, route);
    await expect(page.getByText(/change notes/i).locator("visible=true").first()).toBeVisible();
  }
  await saved(page);
  await reload(page);
  await expect(edition(page)).toHaveValue("2026-09-26");
});

test("whose answers change is named, and a loss leads to its pair", async ({ page }) => {
  await openSample(page, "/reference");
  await expect(page.getByRole("heading", { level: 2, name: "What another edition would change" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /environments? with another window, \d+ of them with less/ })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "✕ less" }).filter({ hasText: "Contoso HR" })).toBeVisible();
  await page.getByText("Which pairs").click();
  const legal = page.getByRole("listitem").filter({ hasText: "Legal Vault → Legal Test" });
  await expect(legal).toContainText(/Eligible.*becomes.*Refused/s);
  await legal.getByRole("link").click();
  await expect(page.getByRole("region", { name: "Legal Vault onto Legal Test", exact: true })).toContainText(/Under the rules of 26 September 2026 Legal Vault cannot be restored/);
});

test("a stored setting that counts for nothing is said", async ({ page }) => {
  await openSample(page, "/reference?rule=K3");
  const finance = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "Finance Approvals", exact: true }) });
  await expect(finance).toContainText("its stored setting of 21 days counts for nothing");
});

test("what another edition would change stays on the page while time goes on", async ({ page }) => {
  await page.clock.install({ time: new Date(NOW) });
  await openApp(page);
  await page.getByRole("button", { name: "Open the sample tenant" }).click();
  await page.clock.runFor(1_000);
  await go(page, "/reference");
  await page.clock.runFor(2_000);
  const rows = page.locator("table.cards tbody tr");
  await expect(rows).not.toHaveCount(0);
  await page.getByText("Which pairs").click();
  await expect(page.locator(".pair-change")).not.toHaveCount(0);
  await page.evaluate(() => {
    const least = () => Math.min(...["table.cards tbody tr", ".pair-change"].map((of) => document.querySelectorAll(of).length));
    (window as any).least = least();
    new MutationObserver(() => ((window as any).least = Math.min((window as any).least, least()))).observe(document.body, { childList: true, subtree: true });
  });
  await page.clock.runFor(65_000);
  expect(await page.evaluate(() => (window as any).least)).toBeGreaterThan(0);
  await expect(page.locator(".pair-change").first()).toBeVisible();
});
