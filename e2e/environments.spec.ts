// The table of environments, and the page of one.
import { cell, go, names, openAt, openSample, reload, row, saved } from "./desk";
import { expect, test } from "./harness";

const HR = "c0470500-0000-4000-8000-000000000002";
const SALES = "c0470500-0000-4000-8000-000000000001";

test.describe("the table", () => {
  test("search, filters and order are in the address, and the back button brings them back", async ({ page }) => {
    await openSample(page, "/environments");
    await expect(page.getByText("19 environments · 1 deleted · the sample tenant")).toBeVisible();

    await page.getByRole("searchbox").fill("sales");
    await expect(page.getByRole("rowheader")).toHaveCount(4);
    await page.getByRole("combobox", { name: "Kind" }).selectOption("Sandbox");
    expect(await names(page)).toEqual(["Sales Perf", "Sales UAT"]);
    await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
    expect(await names(page)).toEqual(["Sales UAT", "Sales Perf"]);
    await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "descending");
    await expect(page).toHaveURL(/#\/environments\?search=sales&kind=Sandbox&sort=-name$/);

    await page.getByRole("link", { name: "Sales UAT" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Sales UAT" })).toBeFocused();
    await page.goBack();
    await expect(page.getByRole("searchbox")).toHaveValue("sales");
    await expect(page.getByRole("combobox", { name: "Kind" })).toHaveValue("Sandbox");
    expect(await names(page)).toEqual(["Sales UAT", "Sales Perf"]);

    await saved(page);
    await reload(page);
    expect(await names(page), "a deep link to a filtered table").toEqual(["Sales UAT", "Sales Perf"]);
    await page.getByRole("combobox", { name: "Region" }).selectOption({ label: "United States (3)" });
    await expect(page.getByText("Nothing matches")).toBeVisible();
    await page.getByRole("button", { name: "Clear the filter" }).click();
    await expect(page.getByRole("rowheader")).toHaveCount(20);
  });

  test("the order by reach puts the furthest back first", async ({ page }) => {
    await openSample(page, "/environments?sort=-reach&only=restorable");
    const all = await names(page);
    expect(all.slice(0, 2)).toEqual(["Contoso Sales", "Legal Vault"]);
    expect(all, "what cannot be restored is left out").not.toContain("Copilot Trial");
    await expect(row(page, "Contoso Sales")).toContainText("28 days");
    await expect(row(page, "Contoso HR")).toContainText("perhaps 28");
  });

  test("by the keyboard alone: skip link, search, a column's head, an environment", async ({ page }) => {
    await openSample(page, "/environments");
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Environments" })).toBeFocused();

    await page.getByRole("searchbox").focus();
    await page.keyboard.type("legal");
    await expect(page.getByRole("rowheader")).toHaveCount(2);
    const region = page.getByRole("columnheader", { name: "Region" }).getByRole("button");
    await region.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("columnheader", { name: "Region" })).toHaveAttribute("aria-sort", "ascending");
    await expect(region, "the focus stays").toBeFocused();
    await page.getByRole("link", { name: "Legal Vault" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Legal Vault" })).toBeFocused();
  });

  test("an unknown fact is answered in its row, for one or for all that lack it", async ({ page }) => {
    await openSample(page, "/environments");
    await page.getByRole("button", { name: "Not known for Sales Dev: managed. Answer" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("2 environments where it is not known")).toBeVisible();
    await expect(dialog.getByText("HR Test, Sales Dev")).toBeVisible();
    await dialog.getByRole("group", { name: "Are they Managed Environments?" }).getByRole("button", { name: "Yes" }).click();
    // It stays until the person closes it, with what was answered.
    await expect(dialog.getByText("answered for 2 environments: yes")).toBeVisible();
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(dialog).toBeHidden();
    await expect(await cell(page, "Sales Dev", /^Managed/i)).toHaveText("Yes");
    await expect(await cell(page, "HR Test", /^Managed/i)).toHaveText("Yes");
    await expect(page.getByText("2 facts are not known and may decide")).toBeVisible();
  });
});

test.describe("one environment", () => {
  test("a deep link shows its band, backups, pairs and facts with where each comes from", async ({ page }) => {
    await openSample(page);
    await saved(page);
    await openAt(page, `/environments/${SALES}`);
    await reload(page);
    await expect(page.getByRole("heading", { level: 1, name: "Contoso Sales" })).toBeVisible();
    await expect(page).toHaveTitle("Contoso Sales – Restore Desk");
    await expect(page.getByText("Tue 27 Oct 2026 03:00 (02:00 UTC) 28 days ago").first()).toBeVisible();
    await expect(page.getByRole("row", { name: /^before 9.2/ })).toContainText(/Ready|already be gone/);
    await expect(page.getByRole("row", { name: /price list import/ })).toContainText("Being processed");
    const onto = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "Sales UAT" }) });
    await expect(onto.first()).toContainText("Eligible");
    await expect(page.getByText(/^sample, since/).first()).toBeVisible();
  });

  test("answering an unknown fact changes the band", async ({ page }) => {
    await openSample(page, `/environments/${HR}`);
    await expect(page.getByText("Retention now: 7 days, perhaps 28")).toBeVisible();
    await expect(page.getByRole("term").filter({ hasText: "Possibly back to" })).toBeVisible();
    // The newest edition takes something away, and that is said beside the verdict.
    await expect(page.getByText(/Under the rules of 26 September 2026 less of Contoso HR can be restored/)).toBeVisible();
    const question = page.getByRole("group", { name: "Does it have Dynamics 365 apps?" });
    await question.getByRole("button", { name: "No", exact: true }).click();
    await expect(page.getByText("Retention now: 7 days", { exact: true })).toBeVisible();
    await expect(question).toHaveCount(0);
    await expect(page.getByText("Dynamics 365 apps: answered: no")).toBeVisible();
    await expect(page.getByText(/your answer, since/)).toBeVisible();

    // It can be taken back, and answered otherwise.
    await page.getByRole("button", { name: "Undo the answer: Dynamics 365 apps" }).click();
    await question.getByRole("button", { name: "Yes", exact: true }).click();
    await expect(page.getByText("Retention now: 28 days")).toBeVisible();
    await saved(page);
    await reload(page);
    await expect(page.getByText("Retention now: 28 days")).toBeVisible();
  });

  test("the band is read by the keyboard", async ({ page }) => {
    await openSample(page, `/environments/${HR}`);
    const band = page.getByRole("slider", { name: "Look at a point in time" });
    await band.focus();
    await page.keyboard.press("End");
    await expect(band).toHaveAttribute("aria-valuetext", "Tue 24 Nov 2026 03:00 (02:00 UTC), guaranteed");
    await page.keyboard.press("PageDown");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Shift+ArrowLeft");
    await expect(band).toHaveAttribute("aria-valuetext", "Mon 23 Nov 2026 01:59 (00:59 UTC), guaranteed");
    await page.keyboard.press("Home");
    await expect(band).toHaveAttribute("aria-valuetext", /only possible/);
    await expect(page.locator(".band-ends")).toContainText("gone at the latest");
  });

  test("a link to an environment that is not on the list says so", async ({ page }) => {
    await openAt(page, "/environments/nobody");
    await expect(page.getByRole("heading", { level: 1, name: "This environment is not on the list" })).toBeVisible();
    await page.getByRole("link", { name: "All environments" }).click();
    await expect(page.getByText("No environments yet")).toBeVisible();
  });

  test("what the service itself says stands beside the verdict, and a deleted one says what is left", async ({ page }) => {
    await openSample(page, "/environments/Default-c0470500-0000-4000-8000-00000000c0de");
    await expect(page.getByText("Restore is not available for an environment of type Default.")).toBeVisible();
    await go(page, "/environments?only=deleted");
    await page.getByRole("link", { name: "Old Portal" }).click();
    await expect(page.getByText(/neither a source nor a target/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Rule X1: what it says" }).first()).toBeVisible();
  });
});
