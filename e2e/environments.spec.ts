// The table of environments, and the page of one.
import { beside, cell, downloaded, go, importFile, names, narrow, openAt, openSample, reload, row, saved } from "./desk";
import { expect, test, type Page } from "./harness";
import { SALES as FABRIKAM_SALES, largeTenant, restList, UAT } from "./samples";

test("a column in which nothing stands gives its room to the names, whatever is filtered", async ({ page }) => {
  await openAt(page);
  await importFile(page, { name: "list.json", text: restList([FABRIKAM_SALES, UAT]) });
  await go(page, "/environments");
  const width = async (name: RegExp) => (await page.getByRole("columnheader", { name }).boundingBox())!.width;
  const all = await width(/^Name/);
  expect(await width(/^Ends/)).toBeLessThan(70);
  await page.getByRole("searchbox").first().fill("uat");
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  expect(await width(/^Name/)).toBe(all);
});

test("on paper no word of a pair lies over a name", async ({ page }) => {
  await openSample(page, "/environments/c0470500-0000-4000-8000-000000000001");
  await expect(page.locator(".pair-line", { hasText: "Not at this moment" })).toBeVisible();
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.emulateMedia({ media: "print" });
  for (const line of await page.locator(".pair-line").filter({ visible: true }).all()) {
    const [tag, name] = [(await line.locator(".tag").first().boundingBox())!, (await line.getByRole("link").first().boundingBox())!];
    expect(tag.x + tag.width).toBeLessThanOrEqual(name.x);
  }
});

const HR = "c0470500-0000-4000-8000-000000000002";
const SALES = "c0470500-0000-4000-8000-000000000001";

/** The table of two thousand environments. */
async function largeTable(page: Page) {
  await openAt(page);
  await importFile(page, { name: "large.json", text: restList(largeTenant(2000)) });
  await go(page, "/environments");
  const grid = page.getByRole("grid", { name: /^Environments/ });
  await expect(grid).toHaveAttribute("aria-rowcount", "2001");
  return grid;
}

test.describe("the table", () => {
  test("search, filters and order are in the address, and the back button brings them back", async ({ page }) => {
    await openSample(page, "/environments");
    await expect(page.getByText("19 environments · 1 deleted · the sample tenant")).toBeVisible();

    await page.getByRole("searchbox").fill("sales");
    await expect(page.getByRole("rowheader")).toHaveCount(4);
    await narrow(page, "Kind", "Sandbox");
    await expect.poll(() => names(page)).toEqual(["Sales Perf", "Sales UAT"]);
    await expect(page.getByText("2 rows shown")).toBeVisible();
    await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
    await expect.poll(() => names(page)).toEqual(["Sales UAT", "Sales Perf"]);
    await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "descending");
    await expect(page).toHaveURL(/#\/environments\?search=sales&kind=Sandbox&sort=-name$/);

    const drawer = await beside(page, "Sales UAT");
    await page.goBack();
    await expect(drawer, "going back closes it").toBeHidden();
    await expect.poll(() => names(page)).toEqual(["Sales UAT", "Sales Perf"]);
    await (await beside(page, "Sales UAT")).getByRole("link", { name: "Open its page" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Sales UAT" })).toBeFocused();
    await page.goBack();
    await expect(page.getByRole("searchbox")).toHaveValue("sales");
    await expect(page.getByRole("region", { name: "Sales UAT" }), "what was open is open again").toBeVisible();
    await expect.poll(() => names(page)).toEqual(["Sales UAT", "Sales Perf"]);

    await saved(page);
    await reload(page);
    await expect.poll(() => names(page), "a deep link to a filtered table").toEqual(["Sales UAT", "Sales Perf"]);
    await narrow(page, "Region", { label: "United States (3)" });
    await expect(page.getByText("Nothing matches")).toBeVisible();
    await page.getByRole("button", { name: "Clear the filter" }).click();
    await expect(page.getByRole("rowheader")).toHaveCount(20);
  });

  test("the order by reach puts the furthest back first", async ({ page }) => {
    await openSample(page, "/environments?sort=-reach&only=restorable");
    await expect(page.getByRole("rowheader").first()).toBeVisible();
    const all = await names(page);
    expect(all.slice(0, 2)).toEqual(["Contoso Sales", "Legal Vault"]);
    expect(all, "what cannot be restored is left out").not.toContain("Copilot Trial");
    await expect(row(page, "Contoso Sales")).toContainText("28 days");
    await expect(row(page, "Contoso HR")).toContainText("perhaps 28");
  });

  test("beside the table stands what is over, what is at risk and what is stopped at this moment", async ({ page }) => {
    await openSample(page, "/environments");
    const drawer = await beside(page, "Contoso Sales");
    const target = (name: string) => drawer.getByRole("listitem").filter({ has: page.getByRole("link", { name, exact: true }) });
    await expect(target("Legal Test")).toContainText("eligible");
    await expect(target("Sales Perf")).toContainText("not at this moment");
    await expect(target("Support Test")).toContainText("perhaps not now");
    // The same on the page of the source, and where a target is chosen.
    await go(page, `/environments/${SALES}`);
    const pairs = page.locator(".pair-line");
    await expect(pairs.filter({ hasText: "Sales Perf" }).first()).toContainText("Not at this moment");
    await expect(pairs.filter({ hasText: "Support Test" }).first()).toContainText("Eligible, perhaps not now");
    await go(page, "/environments");
    // What is stopped is not called lost, said once, and is not what to do first.
    const copied = await beside(page, "Sales Perf");
    await expect(copied.getByRole("heading", { name: "Not at this moment" })).toBeVisible();
    await expect(copied.getByRole("link", { name: "Restore …" })).not.toHaveClass(/pri/);
    await go(page, "/environments");
    const trial = await beside(page, "Copilot Trial");
    await expect(trial).toContainText("Kept, not restorable this way, back to");
    await expect(trial).not.toContainText("Possibly back to");
  });

  test("a time without an environment is asked of all, in the search and in the address", async ({ page }) => {
    await openSample(page);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("10 nov 13:00");
    await expect(page.getByRole("listbox", { name: "What was found" }).getByRole("option")).toHaveText(/What can be brought back to Tue 10 Nov 2026 13:00 \(12:00 UTC\)/);
    await page.keyboard.press("Enter");
    await expect.poll(() => names(page)).toEqual(["Contoso HR", "Contoso Sales", "Legal Vault", "Operations"]);
    await expect(page.getByRole("button", { name: "Back to Tue 10 Nov 2026 13:00 (12:00 UTC) 4" })).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByRole("button", { name: "All 20" })).toHaveAttribute("aria-pressed", "false");
    await page.reload();
    await expect.poll(() => names(page)).toEqual(["Contoso HR", "Contoso Sales", "Legal Vault", "Operations"]);
    await page.getByRole("button", { name: "All 20" }).click();
    await expect(page.getByRole("rowheader")).toHaveCount(20);
  });

  test("at 1280 px nothing but long names is cut in the tables", async ({ page }) => {
    await openSample(page);
    for (const route of ["/environments", "/readiness"]) {
      await go(page, route);
      await expect(page.getByRole("rowheader").first()).toBeVisible();
      const cut = await page.locator(".sheet-body [role=gridcell] > span:not(.visually-hidden)").evaluateAll((all) =>
        all.filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0).map((e) => e.textContent),
      );
      expect(cut, route).toEqual([]);
      const heads = await page.getByRole("columnheader").evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent));
      expect(heads, route).toEqual([]);
      const sheet = page.locator(".sheet");
      expect(await sheet.evaluate((e) => e.scrollWidth - e.clientWidth), "nothing is scrolled for").toBe(0);
    }
    // A name that is cut keeps its end, and says all of itself to whoever points at it.
    await go(page, "/environments");
    const name = page.getByRole("rowheader", { name: /Finance Approvals/ });
    await expect(name).toHaveAttribute("title", /Finance Approvals/);
    // Beside the drawer, which says the region, the names of the sample have room.
    await name.getByRole("link").press("Enter");
    await expect(page.locator(".drawer")).toBeVisible();
    const cut = await page.locator(".sheet-body .c-name .cut").evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent));
    expect(cut).toEqual([]);
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
    await expect(page.getByRole("heading", { level: 2, name: "Legal Vault" }), "the focus goes into what opened").toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("region", { name: "Legal Vault" })).toBeHidden();
    await expect(page.getByRole("link", { name: "Legal Vault" }), "and back to where it was").toBeFocused();
  });

  test("it is one tab stop, and keys move in it as in every grid", async ({ page }) => {
    await openSample(page, "/environments");
    const grid = page.getByRole("grid", { name: /^Environments/ });
    await expect(grid).toHaveAttribute("aria-rowcount", "21");
    await expect(grid.locator('[tabindex="0"]')).toHaveCount(1);
    const name = grid.getByRole("columnheader", { name: "Name" }).getByRole("button");
    await name.focus();
    await page.keyboard.press("ArrowDown");
    await expect(grid.getByRole("link", { name: "Canvas Apps" })).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(row(page, "Canvas Apps").locator(".c-kind")).toBeFocused();
    await page.keyboard.press("Home");
    await expect(page.getByRole("checkbox", { name: "Choose Canvas Apps" })).toBeFocused();
    await page.keyboard.press("Control+End");
    await expect(row(page, "US Train").locator(":scope > *").last()).toBeFocused();
    await expect(row(page, "US Train")).toHaveAttribute("aria-rowindex", "21");
    await page.keyboard.press("PageUp");
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowRight");
    await expect(grid.getByRole("link", { name: "Canvas Apps" })).toBeFocused();
    await page.keyboard.press("Space");
    await expect(row(page, "Canvas Apps")).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await expect(page.getByText("2 chosen")).toBeVisible();
    await expect(grid.locator('[tabindex="0"]')).toHaveCount(1);
    await page.getByRole("button", { name: "Choose none" }).click();
    await expect(page.getByText("2 chosen")).toBeHidden();
    await expect(grid.locator(":focus"), "the focus never falls to the body").toHaveCount(1);
  });

  test("the row opens beside the table: onto what, why not, and the way to the wizard in two clicks", async ({ page }) => {
    await openSample(page, "/environments");
    await expect(row(page, "Contoso Sales")).toContainText("2 Sales UAT, …");
    await expect(row(page, "Canvas Apps")).toContainText("no Dataverse");
    await expect(row(page, "Contoso (default)")).toContainText("never a Default");
    await row(page, "Contoso Sales").locator(".c-reach").click();
    const drawer = page.getByRole("region", { name: "Contoso Sales" });
    await expect(drawer).toContainText("Surely back to");
    await expect(drawer.getByRole("listitem").filter({ hasText: "Sales UAT" })).toContainText("eligible");
    await expect(drawer.getByText(/refused, itself among them/)).toBeVisible();
    await drawer.getByRole("button", { name: "Next row" }).click();
    await expect(page.getByRole("region", { name: "Copilot Trial" })).toBeVisible();
    await page.getByRole("button", { name: "Previous row" }).click();
    await expect(page.getByRole("region", { name: "Contoso Sales" })).toBeVisible();
    await page.getByRole("button", { name: "Close" }).click();
    await expect(page).toHaveURL(/#\/environments$/);
    await (await beside(page, "Contoso Sales")).getByRole("link", { name: "Restore …" }).click();
    await expect(page).toHaveURL(/#\/restore/);
  });

  test("an unknown fact is answered beside the table, or for all that are chosen", async ({ page }) => {
    await openSample(page, "/environments");
    await page.getByRole("checkbox", { name: "Choose Sales Dev" }).click();
    await page.getByRole("checkbox", { name: "Choose HR Test" }).click();
    await page.getByText("Answer a fact …").click();
    await page.getByRole("button", { name: "managed · 2" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("2 environments where it is not known")).toBeVisible();
    await expect(dialog.getByText("HR Test, Sales Dev")).toBeVisible();
    await dialog.getByRole("group", { name: "Are they Managed Environments?" }).getByRole("button", { name: "Yes" }).click();
    // It stays until the person closes it, with what was answered.
    await expect(dialog.getByText("answered for 2 environments: yes")).toBeVisible();
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(dialog).toBeHidden();
    await page.getByRole("button", { name: "Choose none" }).click();
    await expect(await cell(page, "Sales Dev", /^Managed/i)).toHaveText("Yes");
    await expect(await cell(page, "HR Test", /^Managed/i)).toHaveText("Yes");
    const drawer = await beside(page, "Contoso HR");
    await drawer.getByRole("group", { name: "Does it have Dynamics 365 apps?" }).getByRole("button", { name: "No", exact: true }).click();
    await expect(drawer.getByText("answered: no")).toBeVisible();
    await expect(row(page, "Contoso HR")).not.toContainText("D365?");
  });

  test("those that are chosen are backed up together and taken back at once, and what a rule refuses is named before", async ({ page }) => {
    await openSample(page, "/environments");
    await page.getByRole("checkbox", { name: "Choose HR Test" }).click();
    await page.getByRole("checkbox", { name: "Choose Canvas Apps" }).click();
    await page.getByRole("checkbox", { name: "Choose Sales UAT" }).click();
    await page.getByRole("button", { name: "Back up …" }).click();
    const dialog = page.getByRole("dialog", { name: "Back up 2 environments" });
    await expect(dialog).toContainText(/1 is left out:\s*✕ Canvas Apps: .*Dataverse/);
    const label = dialog.getByLabel("Label", { exact: true });
    await label.press("Enter");
    await expect(dialog.getByRole("alert")).toContainText("Please type a label.");
    await expect(label).toBeFocused();
    await expect(label).toHaveAttribute("aria-invalid", "true");
    await label.fill("before the change");
    await label.press("Enter");
    await expect(dialog).toBeHidden();
    const drawer = await beside(page, "HR Test");
    await expect(drawer).toContainText("before the change");
    await expect(await beside(page, "Sales UAT")).toContainText("before the change");
    await page.locator(".toast", { hasText: "2 manual backups begun" }).getByRole("button", { name: /^Undo/ }).click();
    await expect(page.getByText("Taken back: all 2.")).toBeVisible();
    await expect(await beside(page, "HR Test")).not.toContainText("before the change");
  });

  test("columns are chosen and remembered, and the file has what is shown", async ({ page }) => {
    await openSample(page, "/environments?search=legal");
    await page.locator('summary[aria-label="Columns"]').click();
    const columns = page.getByRole("group", { name: "Columns" });
    await columns.getByRole("checkbox", { name: "Own key" }).check();
    await columns.getByRole("checkbox", { name: "Ends next" }).uncheck();
    await page.keyboard.press("Escape");
    await expect(page.locator('summary[aria-label="Columns"]')).toBeFocused();
    await saved(page);
    await reload(page);
    await expect(page.getByRole("columnheader", { name: "Own key" })).toBeVisible();
    await expect(page.getByRole("columnheader", { name: "Ends next" })).toHaveCount(0);
    const file = await downloaded(page, () => page.getByRole("button", { name: "Download as CSV" }).click());
    expect(file.name).toMatch(/environments-2026-11-\d\d\.csv$/);
    const lines = file.text.trim().split("\r\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain("Environment,Id,Can be brought back today,Kind,Region,Own key,");
    expect(lines[2]).toMatch(/^Legal Vault,.*,can be brought back,Production,Europe,yes,/);
  });

  test("of thousands only what is in sight is drawn, and the place is kept", async ({ page }) => {
    const grid = await largeTable(page);
    await grid.getByRole("columnheader", { name: "Name" }).getByRole("button").focus();
    await page.keyboard.press("ArrowDown");
    await expect(page.locator('[aria-rowindex="2"] a')).toBeFocused();
    await page.keyboard.press("Control+End");
    await expect(page.locator('[aria-rowindex="2001"] > :last-child')).toBeFocused();
    expect(await page.locator(".sheet-body .sheet-row").count(), "a pool, not all").toBeLessThan(100);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    const link = page.locator('[aria-rowindex="2000"] a');
    await expect(link).toBeFocused();
    const name = (await link.textContent()) ?? "";
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name }).getByRole("link", { name: "Open its page" }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("link", { name, exact: true }).first()).toBeInViewport();
    await page.keyboard.press("Escape");
    await page.getByRole("searchbox").fill("plant 1999");
    await expect(grid).toHaveAttribute("aria-rowcount", "2");
    await expect.poll(() => names(page)).toEqual(["Plant 1999"]);
  });

  test("another filter shows its rows in each that can be seen, and those below once that is painted", async ({ page }) => {
    const grid = await largeTable(page);
    // The rows in sight, with their places, once there is one for each or some below what can be seen.
    const shown = async () => {
      const rows = page.locator(".sheet-body .sheet-row:not([hidden])");
      const of = Number(await grid.getAttribute("aria-rowcount")) - 1;
      await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(Math.min(of, 20));
      const read = async () => (await rows.evaluateAll((all) => all.map((row) => `${row.getAttribute("aria-rowindex")?.padStart(4)} ${row.textContent}`))).sort();
      // Those that are not seen follow.
      let before = await read();
      await expect.poll(async () => JSON.stringify(before) === JSON.stringify((before = await read()))).toBe(true);
      return before;
    };
    const search = page.getByRole("searchbox");
    // By turns: an element that shows nothing for a while shows the right row again.
    const found: [string, string[]][] = [];
    for (const typed of ["plant 07", "plant 1999", "plant 12"]) {
      const before = await grid.getAttribute("aria-rowcount");
      await search.fill(typed);
      await expect(grid).not.toHaveAttribute("aria-rowcount", before ?? "");
      found.push([`/environments?search=${typed.replace(" ", "%20")}`, await shown()]);
    }
    for (const [address, rows] of found) {
      await go(page, address);
      await reload(page);
      // A table that was higher before its filter keeps a row or two more below what can be seen.
      const fresh = await shown();
      expect(fresh, address).toEqual(rows.slice(0, fresh.length));
      expect(rows.length - fresh.length, address).toBeLessThan(3);
    }
  });

  test("Tab comes back to the table where a short name became a long one under what had the focus", async ({ page }) => {
    await openAt(page);
    const named = largeTenant(40).map((env, i) => (i % 2 ? { ...env, name: `${env.name} of the northern region Dev` } : env));
    await importFile(page, { name: "names.json", text: restList(named) });
    await go(page, "/environments");
    await page.getByRole("columnheader", { name: "Name" }).getByRole("button").focus();
    for (const place of ["2", "3", "4", "5", "6"]) {
      await page.keyboard.press("ArrowDown");
      await expect(page.locator(`[aria-rowindex="${place}"] a`)).toBeFocused();
    }
    const cut = page.locator('[aria-rowindex="6"] .cut');
    const before = await cut.count();
    await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
    await expect(cut, "a name of the other sort").toHaveCount(1 - before);
    await expect(page.locator('.sheet [tabindex="0"]'), "one stop").toHaveCount(1);
  });

  test("the name stays where a narrow table is scrolled sideways", async ({ page }) => {
    await page.setViewportSize({ width: 860, height: 800 });
    await openSample(page, "/environments");
    const sheet = page.locator(".sheet");
    const name = page.locator('[aria-rowindex="2"] > .c-name');
    const left = async () => ((await name.boundingBox())?.x ?? 0) - ((await sheet.boundingBox())?.x ?? 0);
    expect(await sheet.evaluate((e) => e.scrollWidth - e.clientWidth), "there is something to scroll for").toBeGreaterThan(100);
    await sheet.evaluate((e) => e.scrollTo({ left: e.scrollWidth }));
    await expect.poll(left, "beside the box that chooses").toBe(40);
    await sheet.evaluate((e) => e.scrollTo({ left: 0 }));
    await expect.poll(left).toBe(56);
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
    // The page has given its heading the focus, and takes it from nobody any more.
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
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
    await (await beside(page, "Old Portal")).getByRole("link", { name: "Open its page" }).click();
    await expect(page.getByText(/neither a source nor a target/)).toBeVisible();
    await expect(page.getByRole("button", { name: /^Rule X1: / }).first()).toBeVisible();
  });
});

test("the page of an environment offers one act first and two beside it, and says onto what within the first screenful", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openSample(page, "/environments?search=sales%20uat");
  await page.getByRole("rowheader", { name: "Sales UAT" }).getByRole("link").click();
  await page.getByRole("link", { name: "Open its page" }).click();
  const acts = page.locator(".head-acts");
  await expect(acts.locator(":scope > :is(a, button):visible")).toHaveText(["Restore this…", "What happened here?", "All that can be done…"]);
  const onto = page.locator(".onto-line");
  await expect(onto).toContainText(/Onto what: ✓ \d+ eligible/);
  const at = (await onto.boundingBox())!;
  expect(at.y + at.height).toBeLessThan(800);
  // One point is equally far away in all that is said of it.
  await expect(page.locator(".band-facts")).not.toContainText("27 days ago");
  await acts.locator("summary").click();
  await expect(acts.locator(".pop").locator("a:visible, button:visible").first()).toHaveText("Restore onto this…");
});
