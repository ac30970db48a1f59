// Who may be restored to whom, for the user's own environments.
import { go, openSample, reload, saved } from "./desk";
import { expect, test, type Page } from "./harness";

const HR = "c0470500-0000-4000-8000-000000000002";
const HR_TEST = "c0470500-0000-4000-8000-000000000007";
const FINANCE = "c0470500-0000-4000-8000-000000000005";

const cell = (page: Page, source: string, target: string) =>
  page.getByRole("grid", { name: "Who may be restored to whom" }).getByRole("button", { name: new RegExp(`^${source} to ${target}: `) });
const answer = (page: Page) => page.getByRole("region", { name: "Answer" });

test.describe("the matrix of the user's environments", () => {
  test("a refused cell opens to every reason with its rule, and the way out", async ({ page }) => {
    await openSample(page, "/targets");
    await cell(page, "Finance Approvals", "Sales UAT").click();
    await expect(page).toHaveURL(/source=.*005&target=.*006$/);
    const said = answer(page);
    await expect(said.getByRole("heading", { name: "Finance Approvals → Sales UAT" })).toBeVisible();
    await expect(said.getByText("2 of 6 broken · Rules of 2 April 2024")).toBeVisible();
    for (const [rule, words] of [
      ["T2", /Broken: .*United States.*Europe/],
      ["T4", /Broken: .*managed/],
    ] as const) {
      const line = said.getByRole("listitem").filter({ has: page.getByRole("button", { name: `Rule ${rule}: what it says` }) });
      await expect(line.filter({ hasText: words })).toBeVisible();
    }
    await expect(said.getByRole("heading", { name: "No change makes this pair eligible" }), "T2 cannot be mended").toBeVisible();
    await expect(said.getByRole("heading", { name: "Or create a new target" })).toBeVisible();
    await said.getByText("4 rules are met").click();
    await expect(said.getByRole("listitem").filter({ hasText: "Met: " })).toHaveCount(4);
  });

  test("a pair that can be mended names the smallest change, its cost, and whether it can be undone", async ({ page }) => {
    await openSample(page, "/targets");
    await cell(page, "Contoso Sales", "Legacy CRM").click();
    const said = answer(page);
    await expect(said.getByRole("heading", { name: /^One change makes it eligible/ })).toBeVisible();
    await expect(said.getByText(/can be undone/)).toBeVisible();
    await expect(said.getByText(/licen/i)).toBeVisible();
  });

  test("an unknown cell is answered right there, and changes", async ({ page }) => {
    await openSample(page, "/targets");
    await expect(cell(page, "Contoso HR", "HR Test")).toHaveAccessibleName("Contoso HR to HR Test: Unknown");
    await cell(page, "Contoso HR", "HR Test").click();
    await answer(page).getByRole("group", { name: "Is it a Managed Environment?" }).getByRole("button", { name: "Yes" }).click();
    await expect(cell(page, "Contoso HR", "HR Test")).toHaveAccessibleName("Contoso HR to HR Test: Eligible");
    await expect(answer(page).getByText("all 6 rules met", { exact: false })).toBeVisible();
    // The other way round the same answer refuses: an unmanaged source.
    await expect(cell(page, "Legacy CRM", "HR Test")).toHaveAccessibleName("Legacy CRM to HR Test: Refused");
  });

  test("is walked with the arrow keys, and Enter opens", async ({ page }) => {
    await openSample(page, "/targets");
    const first = page.getByRole("grid").getByRole("button", { name: "Canvas Apps onto itself: Refused" });
    await first.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    await expect(page.getByRole("button", { name: /^Contoso HR to US Train: / })).toBeFocused();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await expect(answer(page).getByRole("heading", { name: "Contoso HR → Support Test" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Contoso HR to Support Test: / }), "the focus stays in the grid").toBeFocused();
  });

  test("narrowed down, it shows fewer rows and columns", async ({ page }) => {
    await openSample(page, "/targets");
    await page.getByLabel("Narrow the sources down").fill("legal production");
    await page.getByLabel("Narrow the targets down").fill("sandbox");
    await expect(page.getByRole("grid").getByRole("button")).toHaveCount(8);
    await page.getByLabel("Narrow the sources down").fill("nothing has this name");
    await expect(page.getByText("No pair has all that is asked for here.")).toBeVisible();
  });
});

test.describe("the question", () => {
  test("is a deep link to a pair", async ({ page }) => {
    await openSample(page);
    await saved(page);
    await page.goto(`./#/targets?source=${HR}&target=${HR_TEST}`);
    await reload(page);
    await expect(answer(page).getByRole("heading", { name: "Contoso HR → HR Test" })).toBeVisible();
    await expect(page.getByRole("combobox", { name: "Restore a backup of" })).toHaveValue(HR);
    await page.getByRole("button", { name: "Turn round" }).click();
    await expect(answer(page).getByRole("heading", { name: "HR Test → Contoso HR" })).toBeVisible();
    await page.goBack();
    await expect(answer(page).getByRole("heading", { name: "Contoso HR → HR Test" })).toBeVisible();
  });

  test("about an environment that is not on the list says so", async ({ page }) => {
    await openSample(page, `/targets?source=none&target=${FINANCE}`);
    await expect(page.getByText("One of the two environments is no longer on the list.")).toBeVisible();
  });

  test("lists whom an environment can be restored to, the refused ones folded with their reason", async ({ page }) => {
    await openSample(page, `/targets?source=${HR}`);
    const said = answer(page);
    await expect(said.getByRole("heading", { name: "Who can Contoso HR be restored to?" })).toBeVisible();
    await expect(said.getByRole("listitem").filter({ hasText: "Sales UAT" })).toContainText("Eligible");
    await said.getByText(/refused, with the reason/).click();
    await expect(said.getByRole("listitem").filter({ has: page.getByRole("link", { name: "US Train" }) })).toContainText(/Refused.*United States/s);
    await page.getByRole("combobox", { name: "Restore a backup of" }).selectOption("");
    await page.getByRole("combobox", { name: "onto" }).selectOption(FINANCE);
    await expect(said.getByRole("heading", { name: "What can be restored onto Finance Approvals?" })).toBeVisible();
  });

  test("what stops every restore at this moment is said once", async ({ page }) => {
    await openSample(page, "/targets");
    await expect(page.getByText(/2\.5 GB of database capacity is free/)).toBeVisible();
    await expect(page.getByRole("link", { name: "Sales Perf is being copied." })).toBeVisible();
    await go(page, `/targets?source=${HR}&target=c0470500-0000-4000-8000-00000000000c`);
    await expect(answer(page)).toContainText(/Eligible.*At this moment.*Stops a restore: .*Sales Perf is being copied/s);
  });
});
