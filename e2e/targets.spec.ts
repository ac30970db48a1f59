// Who may be restored to whom, for the user's own environments.
import { downloaded, go, importFile, openAt, openSample, reload, saved } from "./desk";
import { expect, test, type Page } from "./harness";
import { largeTenant, restList } from "./samples";

const HR = "c0470500-0000-4000-8000-000000000002";
const HR_TEST = "c0470500-0000-4000-8000-000000000007";
const FINANCE = "c0470500-0000-4000-8000-000000000005";

/** A cell of the matrix by class, by the names of its row and its column. */
const cell = (page: Page, source: string, target: string) =>
  page.getByRole("grid", { name: /who may be restored onto whom/ }).getByRole("button", { name: new RegExp(`^${source} onto ${target}: `) });
const MANAGED = "Sandbox, managed";
const drawer = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const environments = (page: Page) => page.getByRole("grid", { name: "Who may be restored onto whom, by environment" });

/** Opens a class, so that its environments stand below it. */
const openClass = (page: Page, name: RegExp) => page.getByRole("rowheader").getByRole("button", { name }).first().click();

test.describe("the matrix by class", () => {
  test("ticks first, in a block for each region, and nothing that is refused throughout", async ({ page }) => {
    await openSample(page, "/targets");
    await expect(page.getByText("Of 361 pairs 37 are eligible, 23 not known.")).toBeVisible();
    const grids = page.getByRole("grid");
    await expect(grids).toHaveCount(2);
    await expect(grids.nth(0).getByRole("button").nth(1)).toHaveAccessibleName("Production, managed onto Sandbox, managed: eligible, 9 pairs");
    await expect(page.getByRole("button", { name: /Default/ })).toHaveCount(0);
    await expect(page.getByText("Between regions: none.")).toBeVisible();
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await expect(page.getByRole("rowheader").filter({ hasText: "Contoso (default)" })).toBeVisible();
  });

  test("a class opens into its environments, whose cells open the drawer", async ({ page }) => {
    await openSample(page, "/targets");
    await openClass(page, /Production 3/);
    await cell(page, "Operations", MANAGED).click();
    await expect(page).toHaveURL(/span=targets/);
    await expect(drawer(page, "Operations onto Sandbox, managed").getByText(/^3 pairs: Sales Perf, Sales UAT/)).toBeVisible();
  });

  test("a class of sources is one answer, with all its pairs", async ({ page }) => {
    await openSample(page, "/targets");
    await cell(page, "Production, managed", MANAGED).click();
    await expect(page).toHaveURL(/span=classes/);
    const said = drawer(page, "Production, managed onto Sandbox, managed");
    await said.getByText("All 9 pairs").click();
    await said.getByRole("link", { name: "Operations onto Sales UAT" }).click();
    const pair = drawer(page, "Operations onto Sales UAT");
    await expect(pair.getByText(/all 6 rules met/)).toBeVisible();
    await pair.getByRole("link", { name: "All pairs like this" }).click();
    await expect(said.getByRole("link", { name: "Operations onto Sales UAT" }), "where it was left").toBeVisible();
    await expect(said.locator("#all-pairs")).toBeFocused();
    await expect(said.getByRole("listitem").filter({ hasText: "Operations onto Sales Perf" })).toContainText("Not at this moment");
    await page.goBack();
    await expect(pair).toBeVisible();
    await page.goBack();
    await expect(said).toBeVisible();
    await page.goBack();
    await expect(said).toHaveCount(0);
  });

  test("the drawer leads into the wizard with both", async ({ page }) => {
    await openSample(page, "/targets");
    await cell(page, "Legal Vault", "Legal Test").click();
    const said = drawer(page, "Legal Vault onto Legal Test");
    await said.getByRole("link", { name: "Restore Legal Vault onto Legal Test…" }).click();
    await expect(page).toHaveURL(/#\/restore/);
    await expect(page.getByRole("main")).toContainText("Legal Vault");
  });

  test("an unknown cell is answered right there, and changes", async ({ page }) => {
    await openSample(page, "/targets");
    await expect(cell(page, "Production, managed", "HR Test")).toHaveAccessibleName("Production, managed onto HR Test: not known, 3 pairs");
    await cell(page, "Production, managed", "HR Test").click();
    const said = page.locator(".drawer");
    await expect(said.getByRole("heading", { name: "Instead All" })).toBeVisible();
    await said.getByRole("group", { name: "Is it a Managed Environment?" }).getByRole("button", { name: "Yes" }).click();
    await expect(cell(page, "Production, managed", "HR Test")).toHaveAccessibleName("Production, managed onto HR Test: eligible, 3 pairs");
    await expect(said.getByText("all 6 rules met", { exact: false })).toBeVisible();
    // The question went with its answer: what says that it is kept takes it back.
    await page.getByRole("button", { name: "Undo: Your answer is kept." }).click();
    await expect(cell(page, "Production, managed", "HR Test")).toHaveAccessibleName("Production, managed onto HR Test: not known, 3 pairs");
  });

  test("is walked with the arrow keys; Enter opens, Escape closes and goes back", async ({ page }) => {
    await openSample(page, "/targets");
    const grid = page.getByRole("grid").first();
    await expect(grid.locator("[data-stop][tabindex='0']")).toHaveCount(1);
    const head = grid.getByRole("button", { name: /^Production 3/ });
    await head.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await expect(grid.getByRole("link", { name: "Contoso HR" })).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(cell(page, "Contoso HR", MANAGED)).toBeFocused();
    await page.keyboard.press("End");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowUp");
    await expect(head).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Production, managed onto Sandbox, managed" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(cell(page, "Production, managed", MANAGED)).toBeFocused();
    await expect(page).toHaveURL(/#\/targets$/);
    await expect(grid.locator("[data-stop][tabindex='0']")).toHaveCount(1);
  });

  test("on a narrow screen the classes are lists, and nothing scrolls sideways", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openSample(page, "/targets");
    await expect(cell(page, "Production, managed", MANAGED)).toBeVisible();
    await expect(cell(page, "Production, managed", "Legacy CRM")).toBeHidden();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

test.describe("the matrix by environment", () => {
  test("has a twin with one tab stop that is walked and read", async ({ page }) => {
    await openSample(page, "/targets");
    await page.getByRole("button", { name: "By environment" }).click();
    const grid = environments(page);
    await expect(grid).toHaveAttribute("aria-rowcount", "20");
    await expect(grid).toHaveAttribute("aria-colcount", "20");
    await grid.focus();
    const here = async () => page.locator(`[id='${await grid.getAttribute("aria-activedescendant")}']`).getAttribute("aria-label");
    await expect.poll(here).toBe("Contoso HR onto Sales Perf: eligible");
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowDown");
    await expect.poll(here).toMatch(/^Contoso Sales onto .*: refused$/);
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Contoso HR onto Sales Perf" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(grid).toBeFocused();
    await expect(page).toHaveURL(/#\/targets\?by=environment$/);
  });

  test("a press on it opens what is there: a cell, or the head of a row", async ({ page }) => {
    await openSample(page, "/targets?by=environment");
    await expect(environments(page).getByRole("gridcell").first()).toBeAttached();
    await environments(page).click({ position: { x: 220, y: 168 } });
    await expect(drawer(page, "Contoso HR onto Sales Perf")).toBeVisible();
    await environments(page).click({ position: { x: 60, y: 168 } });
    await expect(drawer(page, "Who can Contoso HR be restored to?")).toBeVisible();
  });

  test("of thousands only what is seen is there, and it is dragged both ways", async ({ page }) => {
    await openAt(page);
    await importFile(page, { name: "large.json", text: restList(largeTenant(2000)) });
    await go(page, "/targets?by=environment");
    const grid = environments(page);
    await expect(grid).toHaveAttribute("aria-rowcount", "2001");
    await expect(page.getByText("2,000 sources and 2,000 targets")).toBeVisible();
    const box = (await grid.boundingBox())!;
    await page.mouse.move(box.x + 700, box.y + 400);
    await page.mouse.down();
    await page.mouse.move(box.x + 300, box.y + 100, { steps: 10 });
    await page.mouse.up();
    expect(await grid.evaluate((e) => [e.scrollLeft, e.scrollTop])).toEqual([400, 300]);
    await expect(page.locator(".drawer"), "a drag is no press").toHaveCount(0);
    await page.mouse.wheel(500, 5000);
    await expect.poll(() => grid.evaluate((e) => e.scrollTop)).toBeGreaterThan(4000);
    await expect(grid.getByRole("row", { includeHidden: true }).nth(1)).toHaveAttribute("aria-rowindex", /^1[5-9]\d|2\d\d$/);
    expect(await page.locator("*").count()).toBeLessThan(6000);
    await page.getByLabel("Narrow the sources down").fill("plant 1999");
    await expect(page.getByText("1 source and 2,000 targets")).toBeVisible();
  });
});

test.describe("the question", () => {
  test("a refused pair opens to every reason with its rule, and the way out", async ({ page }) => {
    await openSample(page, "/targets");
    await page.getByLabel("Narrow the sources down").fill("finance appr");
    await page.getByLabel("Narrow the targets down").fill("Sales UAT");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/source=.*005&target=.*006$/);
    const said = drawer(page, "Finance Approvals onto Sales UAT");
    await expect(said.getByText("2 of 6 broken · Rules of 2 April 2024")).toBeVisible();
    for (const [rule, words] of [
      ["T2", /Broken: .*United States.*Europe/],
      ["T4", /Broken: .*managed/],
    ] as const) {
      const line = said.getByRole("listitem").filter({ has: page.getByRole("button", { name: new RegExp(`^Rule ${rule}: `) }) });
      await expect(line.filter({ hasText: words })).toBeVisible();
    }
    await expect(said.getByRole("heading", { name: "No change makes this pair eligible" }), "T2 cannot be mended").toBeVisible();
    await expect(said.getByRole("heading", { name: "Or create a new target" })).toBeVisible();
    await said.getByText("4 rules are met").click();
    await expect(said.getByRole("listitem").filter({ hasText: "Met: " })).toHaveCount(4);
  });

  test("a pair that can be mended names the smallest change, its cost, and whether it can be undone", async ({ page }) => {
    await openSample(page, "/targets");
    await openClass(page, /Production 3/);
    await cell(page, "Contoso Sales", "Legacy CRM").click();
    const said = drawer(page, "Contoso Sales onto Legacy CRM");
    await expect(said.getByRole("heading", { name: /^One change makes it eligible/ })).toBeVisible();
    await expect(said.getByText(/can be undone/)).toBeVisible();
    await expect(said.getByText(/licen/i)).toBeVisible();
  });

  test("narrowed down, it shows fewer rows and columns", async ({ page }) => {
    await openSample(page, "/targets");
    await page.getByLabel("Narrow the sources down").fill("legal production");
    await page.getByLabel("Narrow the targets down").fill("sandbox europe");
    await expect(page.getByRole("grid").locator("button[data-t]")).toHaveCount(4);
    await page.getByLabel("Narrow the sources down").fill("nothing has this name");
    await expect(page.getByText("No pair has all that is asked for here.")).toBeVisible();
  });

  test("is a deep link to a pair", async ({ page }) => {
    await openSample(page);
    await saved(page);
    await page.goto(`./#/targets?source=${HR}&target=${HR_TEST}`);
    await reload(page);
    await expect(drawer(page, "Contoso HR onto HR Test")).toBeVisible();
    await page.getByRole("button", { name: "Close" }).click();
    await expect(page).toHaveURL(/#\/targets$/);
    await page.goBack();
    await expect(drawer(page, "Contoso HR onto HR Test")).toBeVisible();
  });

  test("about an environment that is not on the list says so", async ({ page }) => {
    await openSample(page, `/targets?source=none&target=${FINANCE}`);
    await expect(page.getByText("One of the two environments is no longer on the list.")).toBeVisible();
  });

  test("lists whom an environment can be restored to, the refused ones folded with their reason", async ({ page }) => {
    await openSample(page, `/targets?source=${HR}`);
    const said = drawer(page, "Who can Contoso HR be restored to?");
    await expect(said.getByRole("listitem").filter({ hasText: "Sales UAT" })).toContainText("Eligible");
    await said.getByText(/refused, with the reason/).click();
    await expect(said.getByRole("listitem").filter({ has: page.getByRole("link", { name: "US Train" }) })).toContainText(/Refused.*United States/s);
    await go(page, `/targets?target=${FINANCE}`);
    await expect(drawer(page, "What can be restored onto Finance Approvals?")).toBeVisible();
  });

  test("what stops every restore at this moment is said once", async ({ page }) => {
    await openSample(page, "/targets");
    await expect(page.getByText(/2\.5 GB of database capacity is free/)).toBeVisible();
    await expect(page.getByRole("link", { name: "Sales Perf is being copied." })).toBeVisible();
    await go(page, `/targets?source=${HR}&target=c0470500-0000-4000-8000-00000000000c`);
    await expect(drawer(page, "Contoso HR onto Sales Perf")).toContainText(/Not at this moment.*At this moment.*Stops a restore: .*Sales Perf is being copied/s);
  });
});

test.describe("as a table for a file", () => {
  const lines = (text: string) => text.replace(/^\uFEFF/, "").trim().split("\r\n");

  test("by class and by environment, narrowed down as it is shown", async ({ page }) => {
    await openSample(page, "/targets");
    const save = () => page.getByRole("button", { name: "Download as CSV" }).click();
    const classes = await downloaded(page, save);
    expect(classes.name).toBe("sample-contoso-targets-2026-11-24.csv");
    expect(lines(classes.text)[0]).toBe(
      "Sources,Region of the sources,How many sources,Targets,Region of the targets,How many targets,Eligible pairs,Pairs not known,Refused pairs",
    );
    // All pairs are in it, as the page counts them.
    const sums = [6, 7].map((column) => lines(classes.text).slice(1).reduce((sum, line) => sum + Number(line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)[column]), 0));
    await expect(page.getByText(new RegExp(`Of 361 pairs ${sums[0]} are eligible, ${sums[1]} not known`))).toBeVisible();
    await page.getByRole("button", { name: "By environment" }).click();
    const pairs = await downloaded(page, save);
    expect(lines(pairs.text)).toHaveLength(1 + 361);
    await page.getByRole("searchbox", { name: "Narrow the sources down" }).fill("contoso sales");
    const some = await downloaded(page, save);
    expect(lines(some.text)).toHaveLength(1 + 19);
    expect(some.text).toContain("Contoso Sales,");
  });
});

test("a question says how many pairs each answer would settle, and that is what it brings", async ({ page }) => {
  await openSample(page, "/targets");
  const eligible = async () => Number(/(\d+) (?:is|are) eligible/.exec(await page.locator(".matrix-says").innerText())![1]);
  const before = await eligible();
  await cell(page, "Production, managed", "HR Test").click();
  const said = page.locator(".drawer");
  const says = await said.getByText(/^Yes: .+ No: /).first().innerText();
  const yes = /^Yes: (no more pairs|([\d,]+) more pairs?)/.exec(says)!;
  await said.getByRole("group", { name: "Is it a Managed Environment?" }).getByRole("button", { name: "Yes" }).click();
  await expect.poll(eligible, { message: says }).toBe(before + Number(yes[2] ?? 0));
  expect(Number(yes[2] ?? 0)).toBeGreaterThan(0);
});
