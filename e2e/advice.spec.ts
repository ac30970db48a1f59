// "What happened?": from a mishap to a plan, with every way back and what none of them can do.
import { confirmLosses, go, importFile, openAt, openSample, step, stepBox } from "./desk";
import { expect, expectAccessible, openApp, test, type Page } from "./harness";
import * as samples from "./samples";

const id = (n: number) => `c0470500-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;
const [SALES, HR, UAT, LEGACY, PORTAL] = [id(1), id(2), id(6), id(8), id(14)];

const mishap = (page: Page, name: RegExp) => page.getByRole("button", { name });
const environment = (page: Page, name: string) => page.getByRole("button", { name: new RegExp(`^${name}`) });
const when = (page: Page) => page.locator("#when-from");
/** A way, by its title. */
const way = (page: Page, name: RegExp) => page.getByRole("article", { name });
const ways = (page: Page) => page.getByRole("region", { name: /ways? back|No way back/ });
/** What is told, in its line. */
const where = (page: Page) => page.getByRole("main").locator(".told").filter({ has: page.getByRole("heading", { name: "Where" }) });
/** The titles of all ways, from top to bottom. */
const titles = (page: Page) =>
  ways(page).locator("article .way-title").allTextContents();

/** A closed way, in the fold of all that are. */
async function closedWay(page: Page, name: RegExp) {
  const fold = ways(page).locator("details.way-closed");
  if ((await fold.getAttribute("open")) === null) await fold.locator("summary").click();
  return fold.getByRole("article", { name });
}

/** The way is unfolded. */
async function unfold(page: Page, name: RegExp): Promise<void> {
  await way(page, name).locator("summary").first().click();
  await expect(way(page, name).locator("details").first()).toHaveAttribute("open", "");
}

test("the ways and the plan come to rest while the clock runs", async ({ page }) => {
  await openApp(page);
  await page.getByRole("button", { name: "Open the sample tenant" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Contoso (sample)" })).toBeVisible();
  const from = new Date(Date.now() - 3 * 86_400_000).toISOString().replace(/\.\d+/, "");
  await go(page, `/way-back?mishap=records&environment=${SALES}&from=${from}`);
  await way(page, /to a new environment and carry the records over/).getByRole("button", { name: "Make the plan" }).click();
  await expect(page).toHaveURL(/#\/plans?\//);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await (await stepBox(page, 0)).click();
});

/** A list of Sales and its copy. */
function two(): string {
  const from = new Date(Date.now() - 27 * 86_400_000).toISOString();
  const list = [samples.SALES, samples.UAT].map(({ id, name }, n) => ({
    id, displayName: name, tenantId: "11111111-2222-4333-8444-555555555555", type: n ? "Sandbox" : "Production",
    geo: "unitedstates", azureRegion: "eastus", createdDateTime: "2025-08-25T17:24:59Z", dataverseId: id, url: `https://org${n}.crm.dynamics.com`,
    state: "Enabled", protectionLevel: "Standard", retentionDetails: { retentionPeriod: "P28D", availableFromDateTime: from },
  }));
  return JSON.stringify({ value: list });
}

test("Enter in the time folds its question, and goes to the ways", async ({ page }) => {
  await openSample(page, `/way-back?mishap=records&environment=${HR}`);
  await when(page).fill("yesterday 14");
  await when(page).press("Enter");
  await expect(when(page)).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 2, name: /^\d+ ways back/ })).toBeFocused();
});

test("what has the focus keeps it while the ways are judged anew", async ({ page }) => {
  await openSample(page, `/way-back?mishap=records&environment=${HR}&from=2026-11-10T12:00:00Z`);
  const row = way(page, /No restore: what is left/).locator("summary").first();
  await expect(page.getByRole("heading", { level: 1 }), "what a new page gives the focus to").toBeFocused();
  await row.focus();
  // As another tab would: nothing of this page is pressed.
  await page.locator("header select").first().evaluate((select: HTMLSelectElement) => {
    select.value = [...select.options].find((option) => option.value !== select.value)!.value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await expect(page.getByText("By the rules of 2 April 2024.")).toHaveCount(0);
  await expect(row).toBeFocused();
});

for (const width of [1280, 390]) {
  test(`without an inventory a link leads to the answer without a file, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await openAt(page);
    for (const at of ["/way-back", "/restore"]) {
      await go(page, at);
      await page.getByRole("link", { name: "Get an answer without a file" }).click();
      await expect(page.getByLabel("Kind", { exact: true })).toBeFocused();
    }
  });
}

test("rows are numbered as they are counted, and say what their values are on a narrow screen", async ({ page }) => {
  await openSample(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await go(page, `/way-back?mishap=records&environment=${SALES}&from=2026-11-24T01:00:00Z`);
  const counted = Number((await ways(page).locator("#ways-title").textContent())?.match(/^\d+/)?.[0]);
  const ranks = (await ways(page).locator(".way-rank").allTextContents()).filter((rank) => rank !== "");
  expect(ranks).toEqual(Array.from({ length: counted }, (_, n) => `${n + 1}`));
  const row = way(page, /to a new environment and carry the records over/).locator("summary").first();
  for (const label of ["Overwrites:", "How sure:", "Start before"]) await expect(row.getByText(label)).toBeVisible();
});

test("what is typed and cannot be read is answered for no time; what is near now is looked at closely", async ({ page }) => {
  await openSample(page);
  await go(page, `/way-back?mishap=copy&environment=${SALES}`);
  await expect(ways(page)).toBeVisible();
  await page.getByRole("button", { name: /^(Answer|Change).*When$/ }).click();
  await when(page).fill("before 2:00");
  await expect(page.getByText("type the time alone: 2:00")).toBeVisible();
  await expect(page.getByText("No time is chosen yet")).toBeVisible();
  await expect(ways(page)).toHaveCount(0);
  await when(page).fill("20 min ago");
  await expect(ways(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "Hour", exact: true })).toHaveAttribute("aria-pressed", "true");
});

for (const by of ["mouse", "keyboard"] as const) {
  test(`an answer counts at the first press after a time is typed, and can be undone, ${by}`, async ({ page }) => {
    // The clock runs: what it moves must not be drawn anew under the pointer.
    await openApp(page);
    await importFile(page, { name: "list.json", text: two() });
    await go(page, `/way-back?mishap=records&environment=${samples.SALES.id}`);
    await when(page).fill("2 days ago");
    await expect(ways(page)).toBeVisible();
    const no = ways(page).locator(".ask-fact").filter({ visible: true }).first().getByRole("button", { name: /^No/ }).first();
    await no.scrollIntoViewIfNeeded();
    await when(page).focus();
    if (by === "mouse") {
      await no.click();
    } else {
      await no.focus();
      await page.keyboard.press("Enter");
    }
    const undo = page.getByRole("button", { name: /^Undo the answer: / });
    await expect(undo, "the focus goes to what is new").toBeFocused();
    await page.keyboard.press("Enter");
    await expect(undo).toHaveCount(0);
    await expect(page.locator("#ways-title")).toBeFocused();
    await expect(no, "it is asked again").toBeVisible();
  });
}

test("somebody deleted all accounts at two: the first way, its deadline, and a plan", async ({ page }) => {
  await openSample(page);
  await page.getByRole("link", { name: "Find the way back" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Way back" })).toBeFocused();
  await mishap(page, /^Records were deleted/).click();
  await page.getByLabel("Find an environment").fill("sales production");
  await environment(page, "Contoso Sales").click();
  await expect(page.getByText("Say when, to see the ways back")).toBeVisible();
  await expect(when(page), "the focus goes to what is asked next").toBeFocused();
  await when(page).fill("2026-11-24 02:00");
  await expect(page.getByText("Point to go back to:")).toBeVisible();
  await expect(page, "the answers are in the address").toHaveURL(
    new RegExp(`#/way-back\\?mishap=records&environment=${SALES}&from=2026-11-24T01%3A00%3A00Z$`),
  );

  const first = way(page, /to a new environment and carry the records over/);
  await expect(first).toContainText("✓Point is sure");
  await expect(first.getByRole("button", { name: "Make the plan" }), "the first screenful holds the one primary button").toBeInViewport();
  await expect(first).toContainText(/It comes first because it is open now, its point is sure, and it overwrites nothing/);
  await expect(first).toContainText("Start before Mon 21 Dec 2026 01:59 (00:59 UTC) in 26 days");
  await expect(first).toContainText(/Overwritten\s*Nothing\./);
  await expect(first.getByRole("button", { name: /^Rule R17: / }).first()).toBeVisible();
  expect((await titles(page)).map((t) => t.replace(/“|”/g, ""))).toEqual([
    "Restore Contoso Sales to a new environment and carry the records over",
    "Restore Contoso Sales onto Sales UAT and carry the records over",
    "Restore Contoso Sales onto Legal Test and carry the records over",
    "Switch Contoso Sales to Sandbox, restore it, switch it back",
    // What the service reports on it may stop a restore.
    "Restore Contoso Sales onto Support Test and carry the records over",
    "No restore: what is left",
    "Restore Contoso Sales onto itself",
    "Recover Contoso Sales",
    "Copy Contoso Sales",
  ]);
  await expect(await closedWay(page, /onto itself$/), "what is closed says why").toContainText(/Production onto itself: not allowed/);
  await expect(ways(page)).toContainText(/Before anything else\s*If the recycle bin/);

  await first.getByRole("button", { name: "Make the plan" }).click();
  await expect(page).toHaveURL(/#\/plans\/1$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Bring deleted records of “Contoso Sales” back");
  await expect(page.getByRole("main")).toContainText("Tue 24 Nov 2026 01:59 (00:59 UTC)");
});

test("a way that overwrites, from a link: what is lost, and its name is typed before the plan is made", async ({ page }) => {
  await openSample(page, `/restore?source=${HR}`);
  await expect(step(page, /^Step 2 of 5/)).toBeVisible();
  await go(page, `/way-back?mishap=import&environment=${SALES}&from=2026-11-23T21:00:00Z`);
  const first = way(page, /^Switch “Contoso Sales” to Sandbox/);
  await expect(first).toContainText("It comes first");
  await expect(first).toContainText(/What was entered or changed in “Contoso Sales” since Mon 23 Nov 2026 21:59 \(20:59 UTC\)/);
  await expect(first).toContainText(/puts its backups from .* at risk/);
  await page.getByRole("button", { name: /^Change.*When$/ }).click();
  await expect(when(page)).toHaveValue("2026-11-23 22:00");
  const make = first.getByRole("button", { name: "Make the plan" });
  await make.click();
  await expect(first).toContainText(/Type the name of the environment that is overwritten: Contoso Sales/);
  const name = first.getByLabel("Type Contoso Sales to confirm");
  await expect(name).toBeFocused();
  await expect(first.getByRole("checkbox", { name: /^Include audit logs/ }), "off by default").not.toBeChecked();
  await name.fill("Contoso Sales");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/plans\/1$/);
  // What was begun in the wizard is there all the same.
  await go(page, "/restore");
  await expect(step(page, /^Step 2 of 5/)).toContainText("Contoso HR");
});

test("only roughly: the point lies before the earliest, and what may be lost besides is said", async ({ page }) => {
  await openSample(page, `/way-back?mishap=records&environment=${UAT}`);
  await page.getByRole("button", { name: "6 h ago" }).click();
  await page.getByRole("radio", { name: "Only roughly" }).check();
  await expect(page.getByLabel("At the latest")).toHaveValue("2026-11-24 03:00");
  await page.getByLabel("At the latest").fill("2026-11-23 23:30");
  await unfold(page, /onto itself$/);
  await expect(way(page, /onto itself$/)).toContainText(/If it happened only at Mon 23 Nov 2026 23:30 \(22:30 UTC\), the good work since/);
  await page.getByLabel("At the latest").fill("2026-11-01 00:00");
  await expect(page.getByRole("alert")).toContainText("The latest time lies before the earliest");
  await page.getByRole("radio", { name: "I know it exactly" }).check();
  await expect(page).toHaveURL(/from=2026-11-23T20%3A00%3A00Z$/);
  // What is no time stays in the field, and nothing is advised on it.
  await when(page).fill("last night");
  await expect(when(page)).toHaveAttribute("aria-invalid", "true");
  await expect(ways(page)).toHaveCount(0);
  await expect(when(page)).toHaveValue("last night");
});

test("what is not known is answered right there, and the order follows", async ({ page }) => {
  await openSample(page, `/way-back?mishap=records&environment=${id(15)}&from=2026-11-23T21:00:00Z`);
  const beside = way(page, /to a new environment/);
  await expect(beside).toContainText("?Depends on what is not known");
  await expect(beside, "nothing is overwritten where an answer is enough").toContainText(
    /It comes first because .* Answer first, of “[^”]+”: whether it is managed; then nothing has to be overwritten/,
  );
  await beside.getByRole("group", { name: "Is it a Managed Environment?" }).getByRole("button", { name: "Yes" }).click();
  await expect(beside.getByRole("button", { name: "Make the plan" })).toBeVisible();
  await expect(beside).toContainText("It comes first");
});

test("points that sleep in a Sandbox: switch it back first", async ({ page }) => {
  await openSample(page, `/way-back?mishap=records&environment=${LEGACY}&from=2026-11-12T21:00:00Z`);
  const first = way(page, /to a new environment/);
  await expect(first).toContainText("!Open after changes");
  await expect(first).toContainText(/What must change first\s*Switch “Legacy CRM” back to Production/);
  await expect(first).toContainText(/point may already be gone/i);
  await expect(first, "no date weeks ahead for what nothing guarantees").toContainText("! Start at once: nothing guarantees the point");
  await expect(first).not.toContainText("Start before");
  await expect(first.getByRole("button", { name: "Open in the wizard" })).toBeVisible();
});

test("a deleted environment is recovered", async ({ page }) => {
  await openSample(page, "/way-back");
  await mishap(page, /^The environment was deleted/).click();
  await expect(page.getByRole("main").locator(".told-body .which-one").first(), "deleted ones come first").toContainText("Old Portal");
  await environment(page, "Old Portal").click();
  const first = way(page, /^Recover “Old Portal”/);
  await expect(first).toContainText("✓Sure");
  await expect(first).toContainText(/Recover before Thu 17 Dec 2026 03:00 \(02:00 UTC\) in 23 days/);
  await expect(await closedWay(page, /onto itself$/)).toBeVisible();
  await first.getByRole("link", { name: "Go to the deleted environments" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Old Portal" })).toBeVisible();
  await go(page, `/environments/${PORTAL}`);
  await page.getByRole("link", { name: "Every way back" }).click();
  await expect(way(page, /^Recover “Old Portal”/)).toBeVisible();
});

test("a deletion that the inventory does not know: when, until when, and recording it", async ({ page }) => {
  await openSample(page, "/way-back");
  await mishap(page, /^The environment was deleted/).click();
  await page.getByLabel("Find an environment").fill("sales uat");
  await environment(page, "Sales UAT").click();
  const first = way(page, /^Recover “Sales UAT”/);
  await expect(first).toContainText("?Depends on what is not known");
  await expect(first).toContainText("it depends on when it was deleted");
  await expect(ways(page)).not.toContainText("No way back is open");
  await expect(ways(page)).toContainText(/Before anything else\s*The inventory still lists “Sales UAT” as there/);

  await expect(page.getByRole("group", { name: "When was it deleted?" })).toBeVisible();
  await when(page).fill("2026-11-24 02:00");
  await expect(first).toContainText("✓Sure");
  await expect(first).toContainText("Recover before Tue 1 Dec 2026 02:00 (01:00 UTC)");
  await expect(first).not.toContainText("No restore point");
  await expect(ways(page)).toContainText("The inventory does not know that “Sales UAT” was deleted");

  // Too long ago for a Sandbox: then it is said, and only then.
  await when(page).fill("2026-11-01 02:00");
  await expect(ways(page)).toContainText("No way back is open");
  await when(page).fill("2026-11-24 02:00");
  await first.getByRole("button", { name: "Record the deletion…" }).click();
  await expect(page.getByRole("dialog")).toContainText("Sales UAT");
  await expect(page.getByRole("dialog")).toContainText(/delet/i);
});

test("on-premises: no backup leaves the service, and what is left", async ({ page }) => {
  await openSample(page, "/way-back");
  await mishap(page, /^I want to move on-premises/).click();
  await expect(page.getByLabel("Find an environment"), "it is the same for every environment").toHaveCount(0);
  const first = way(page, /what is left$/);
  await expect(first).toContainText("No backup can be downloaded or moved, so what is left comes first.");
  await expect(first).toContainText(/export it to Excel[\s\S]*a data migration tool/);
  await expect(await closedWay(page, /^Download a copy/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Make the plan" })).toHaveCount(0);
});

test("a restore over the wrong environment: the time comes from what was recorded", async ({ page }) => {
  await openSample(page, `/environments/${UAT}`);
  await page.getByRole("link", { name: "What happened here?" }).click();
  await expect(where(page), "the link has chosen it").toContainText("Sales UAT");
  await mishap(page, /^A restore overwrote/).click();
  await expect(page.getByRole("button", { name: /^As recorded/ }), "none was recorded").toHaveCount(0);
  await when(page).fill("24 h ago");
  await expect(way(page, /^Restore “Sales UAT” onto itself/)).toContainText("It comes first");

  // The wrong one is restored over, and the plan is ticked off.
  await page.getByLabel("Type Sales UAT to confirm").fill("Sales UAT");
  await way(page, /onto itself$/).getByRole("button", { name: "Make the plan" }).click();
  await confirmLosses(page);
  await (await stepBox(page, /^\d+\. Restore /)).click();
  await page.getByRole("dialog").getByRole("button", { name: "Begin the restore" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await go(page, `/way-back?mishap=overwritten&environment=${UAT}`);
  await page.getByRole("button", { name: /^As recorded: Tue 24 Nov 2026 03:00/ }).click();
  await expect(when(page)).toHaveValue("2026-11-24 03:00");
  await expect(way(page, /onto itself$/)).toContainText(/What must change first\s*Wait until what is going on has ended/);
});

test("a point that nothing holds: what is left, and why each way is closed", async ({ page }) => {
  await openSample(page, `/way-back?mishap=records&environment=${id(5)}&from=2026-11-01T00:00:00Z`);
  await expect(ways(page)).toContainText("No way back is open · 6 closed");
  await expect(way(page, /what is left$/)).toContainText("Every other way is closed, so what is left comes first.");
  await expect(await closedWay(page, /to a new environment/)).toContainText(/is gone/);
});

test("without a tenant, and with an environment that is not on the list", async ({ page }) => {
  await openAt(page, "/way-back");
  await expect(page.getByRole("heading", { name: "No environments yet" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Where" })).toHaveCount(0);
  await openSample(page, "/way-back?mishap=records&environment=gone");
  await expect(page.getByRole("main")).toContainText("No environment of this inventory has the id gone");
  await environment(page, "Contoso HR").click();
  await expect(where(page)).toContainText("Contoso HR");
});

test("by the keyboard alone", async ({ page }) => {
  await openSample(page, "/way-back");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await mishap(page, /^Records were deleted/).focus();
  await page.keyboard.press("Space");
  await expect(page.getByLabel("Find an environment"), "the focus goes to what is asked next").toBeFocused();
  await page.keyboard.type("sales uat");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(where(page)).toContainText("Sales UAT");
  await expect(when(page)).toBeFocused();
  await page.keyboard.type("2026-11-24 02:00");
  const fold = way(page, /onto itself$/).locator("summary").first();
  while (!(await fold.evaluate((e) => e === document.activeElement))) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(way(page, /onto itself$/).getByRole("button", { name: "Make the plan" })).toBeVisible();
});

test("axe finds nothing, light and dark, and nothing scrolls sideways at 390 px", async ({ page }) => {
  await openSample(page);
  for (const route of [
    "/way-back",
    `/way-back?mishap=records&environment=${SALES}&from=2026-11-24T01:00:00Z&until=2026-11-24T01:30:00Z`,
    `/way-back?mishap=deleted&environment=${PORTAL}`,
    `/way-back?mishap=deleted&environment=${UAT}`,
    "/way-back?mishap=leave",
  ]) {
    await go(page, route);
    await page.locator(".way details, details.way").evaluateAll((all) => all.forEach((fold) => ((fold as HTMLDetailsElement).open = true)));
    // Else the bar, which stays at the top, covers half a link of the navigation.
    await page.evaluate(() => scrollTo(0, 0));
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page, ["color-contrast"]);
    await page.setViewportSize({ width: 390, height: 844 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, `nothing scrolls sideways, ${route}`).toBeLessThanOrEqual(0);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1280, height: 800 });
  }
});
