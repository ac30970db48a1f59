// The restore wizard and the plan that it ends in.
import { choice, confirmLosses, go, goOn, importFile, inMenu, knowLosses, openAt, openSample, openStep, rail, reload, saved, step, stepBox, stepTitles } from "./desk";
import { expect, test, type Page } from "./harness";
import * as samples from "./samples";

const id = (n: number) => `c0470500-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;
const [SALES, UAT] = [id(1), id(6)];

const POINT = "Step 2 of 5: Point in time";
const BACKUP = "Step 2 of 5: Manual backup";
const TARGET = "Step 3 of 5: Target";
const OPTIONS = "Step 4 of 5: Options";
const REVIEW = "Step 5 of 5: Review";

const source = (page: Page, name: string) => page.getByRole("radio", { name: new RegExp(`^${name}`) });
const point = (page: Page) => page.getByLabel("Go back to", { exact: true });
/** A refused target, in the fold of its reason. */
async function refusedTarget(page: Page, reason: RegExp, name: string) {
  const fold = page.locator("details.refused").filter({ has: page.locator("summary", { hasText: reason }) });
  await fold.locator("summary").click();
  return fold.getByRole("listitem").filter({ hasText: name }).first();
}
const audit = (page: Page) => page.getByRole("checkbox", { name: /^Include the audit logs/ });
const makePlan = (page: Page) => page.getByRole("button", { name: "Make the plan" });
const problem = (page: Page) => page.getByRole("group", { name: "There is a problem" });
const confirm = (page: Page, name: string) => page.getByLabel(`Type ${name} to confirm`);
async function chooseSource(page: Page, name: string): Promise<void> {
  await source(page, name).check();
}

/** From an empty wizard to the review, for a system restore of Contoso Sales onto Sales UAT. */
async function toReview(page: Page, withAudit: boolean): Promise<void> {
  await chooseSource(page, "Contoso Sales");
  await goOn(page, POINT);
  await point(page).fill("2026-11-15 13:05 utc");
  await goOn(page, TARGET);
  await page.getByRole("radio", { name: /^Sales UAT/ }).check();
  await goOn(page, OPTIONS);
  await audit(page).setChecked(withAudit);
  await goOn(page, REVIEW);
}

async function command(page: Page, of: RegExp, tool: "PowerShell" | "pac" | "REST"): Promise<string> {
  const box = await openStep(page, of);
  await page.getByRole("group", { name: "Tool for all steps" }).getByRole("button", { name: tool }).click();
  return box.getByRole("group", { name: /^the command for/ }).innerText();
}

test.describe("a system restore", () => {
  test("by the band and typed: every choice, consequence and refusal on the way to a plan", async ({ page }) => {
    await openSample(page, "/restore");
    await expect(source(page, "Copilot Trial"), "what cannot be a source is no choice").toHaveCount(0);
    await page.getByText(/cannot be a source, with the reason/).click();
    await expect(choice(page, "Copilot Trial")).toContainText(/Cannot be a source/);
    await page.getByRole("button", { name: /^Continue to/ }).click();
    await expect(problem(page)).toBeFocused();
    await expect(problem(page)).toContainText("Choose the environment whose backup you need");
    await chooseSource(page, "Contoso Sales");
    await goOn(page, POINT);

    // The band by the keyboard; the field follows.
    const band = page.getByRole("slider", { name: "Point in time to go back to" });
    await band.focus();
    await page.keyboard.press("End");
    await page.keyboard.press("PageDown");
    await page.keyboard.press("ArrowLeft");
    await expect(point(page)).toHaveValue("2026-11-23 02:00");
    await expect(page.getByText("The backup of the source holds this point.")).toBeVisible();
    // A click on the band.
    const box = (await band.boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await expect(point(page)).toHaveValue(/^2026-11-(09|10) /);
    // Typed: out of the window, nonsense, then a good one in local time.
    await point(page).fill("2026-10-01 12:00 utc");
    await page.getByRole("button", { name: /^Continue to/ }).click();
    await expect(problem(page)).toContainText(/before what can be restored/);
    await point(page).fill("yesterday");
    await page.getByRole("button", { name: /^Continue to/ }).click();
    await expect(problem(page)).toContainText(/time of day is missing/);
    // Read back while it is typed, asked where there are two readings, and written out once it is left.
    await point(page).fill("yesterday 14");
    await expect(page.getByText("Mon 23 Nov 2026 14:00 (13:00 UTC)").first()).toBeVisible();
    await page.getByRole("link", { name: "Back", exact: true }).focus();
    await expect(point(page)).toHaveValue("2026-11-23 14:00");
    await point(page).fill("10/11 14:00");
    const readings = page.getByRole("group", { name: "Which one is meant" });
    await expect(readings.getByRole("button")).toHaveCount(2);
    await readings.getByRole("button", { name: /10 Nov 2026 14:00/ }).click();
    await expect(point(page)).toHaveValue("2026-11-10 14:00");
    await expect(point(page)).toBeFocused();
    await point(page).fill("tomorrow 14");
    await expect(page.getByText(/lies in the future; type an earlier time/).first()).toBeVisible();
    await point(page).fill("2026-11-15 14:05");
    await expect(page.getByText("Sun 15 Nov 2026 14:05 (13:05 UTC)").first()).toBeVisible();
    await goOn(page, TARGET);

    // Refused targets stay in sight, with the reason, and cannot be chosen.
    const refused = await refusedTarget(page, /in another region/, "US Train");
    await expect(refused).toContainText(/Refused/);
    await expect(refused).toContainText(/United States/);
    await expect(refused.getByRole("radio")).toHaveCount(0);
    await expect(refused.getByRole("button", { name: /^Rule T2: / }).first()).toBeVisible();
    await expect(choice(page, "HR Test").getByRole("group", { name: "Is it a Managed Environment?" })).toBeVisible();
    await page.getByRole("radio", { name: /^Sales UAT/ }).check();
    await expect(choice(page, "Sales UAT")).toContainText("Everything in it is overwritten.");
    await goOn(page, OPTIONS);

    await expect(audit(page), "off by default").not.toBeChecked();
    await expect(page.getByText(/Turning it on can add a lot of time/)).toBeVisible();
    await expect(page.getByText(/offered for system backups as well/), "D10").toBeVisible();
    await page.getByLabel("New name of the target (optional)").fill("UAT as of 15 Nov");
    await goOn(page, REVIEW);

    const review = page.getByRole("main");
    await expect(review).toContainText(/Audit logs\s*Left out/);
    await expect(review).toContainText(/New name\s*UAT as of 15 Nov/);
    await expect(review).toContainText("Sun 15 Nov 2026 14:05 (13:05 UTC)");
    const losses = page.getByRole("region", { name: "Losses and risks" }).getByRole("checkbox");
    await expect(losses.first()).not.toBeChecked();
    await expect(page.getByText("Everything in Sales UAT is overwritten when the plan is carried out.")).toBeVisible();

    // The confirmation is the target's name, exactly.
    await makePlan(page).click();
    await expect(problem(page)).toContainText(/type the name of the environment that is overwritten: Sales UAT/i);
    await expect(problem(page)).toContainText(/Confirm (the|each) loss by its box/);
    await confirm(page, "Sales UAT").fill("sales uat");
    await makePlan(page).click();
    await expect(problem(page)).toContainText(/is not the name of the target/);
    await expect(page).toHaveURL(/#\/restore/);
    await knowLosses(page);
    await confirm(page, "Sales UAT").fill("Sales UAT");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/#\/plans\/1$/);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Contoso Sales");
  });

  test("the plan's commands name the target first and say what happens to audit logs; ticks stay", async ({ page }) => {
    await openSample(page, "/restore");
    await toReview(page, false);
    await knowLosses(page);
    await confirm(page, "Sales UAT").fill("Sales UAT");
    await makePlan(page).click();

    const restore = /^\d+\. Restore “Contoso Sales”/;
    const powershell = await command(page, restore, "PowerShell");
    expect(powershell).toContain(`Restore-PowerAppEnvironment -EnvironmentName '${UAT}'`);
    expect(powershell).toContain(`SourceEnvironmentId = '${SALES}'`);
    expect(powershell).toContain("RestorePointDateTime = '2026-11-15 13:05:00'");
    expect(powershell).toContain("SkipAuditData = $true");
    const pac = await command(page, restore, "pac");
    expect(pac).toContain(`--target-env ${UAT}`);
    expect(pac).toContain("2026-11-15T13:05:00Z");
    expect(pac).toContain("--skip-audit-data");
    const rest = await command(page, restore, "REST");
    expect(rest).toContain(`environments/${UAT}/restore?`);
    expect(rest).toContain('"skipAuditData": true');
    expect(rest).toContain('"restorePointDateTime": "2026-11-15T13:05:00Z"');

    // What the restore leaves behind, and what cannot be missed.
    const main = page.getByRole("main");
    await rail(page).getByRole("button").first().click();
    await expect(main.getByRole("heading", { level: 2, name: "Before you start" })).toBeVisible();
    for (const list of ["Losses and risks", "Deadlines", "What this plan rests on"]) {
      await expect(main.getByRole("region", { name: list })).toBeVisible();
    }
    await openStep(page, /Work through/);
    await expect(main.getByRole("region", { name: "Afterwards" }).getByRole("checkbox", { name: /administration mode/i }).first()).toBeVisible();

    // What was confirmed in the wizard is confirmed here. Nothing starts where one of it is not.
    await rail(page).getByRole("button").first().click();
    const losses = main.getByRole("region", { name: "Losses and risks" }).getByRole("checkbox");
    for (const box of await losses.all()) await expect(box).toBeChecked();
    await losses.first().uncheck();
    await (await stepBox(page, 0)).click();
    await expect(page.getByRole("heading", { level: 2, name: "Before you start" })).toBeFocused();
    await expect(page.getByText(/^0 of \d+ done$/)).toBeVisible();
    await confirmLosses(page);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await expect(page.getByRole("heading", { level: 2, name: /^1\. / })).toBeFocused();
    await page.getByRole("button", { name: "Done, next step" }).click();
    await expect(page.getByRole("heading", { level: 2, name: /^2\. / })).toBeFocused();
    await (await stepBox(page, 1)).check();
    await expect(page.getByText(/^2 of \d+ done$/)).toBeVisible();
    await saved(page);
    await reload(page);
    await expect(page.getByRole("heading", { level: 2, name: /^3\. / }), "what is next is open").toBeVisible();
    const first = await stepBox(page, 0);
    await expect(first).toBeChecked();
    await expect(page.getByText(/^2 of \d+ done$/)).toBeVisible();
    await first.uncheck();
    await expect(page.getByText(/^1 of \d+ done$/)).toBeVisible();

    await go(page, "/plans");
    await expect(page.getByRole("listitem").filter({ hasText: "Contoso Sales" })).toContainText(/1 of \d+ done/);
    await go(page, "/restore");
    await expect(page.getByText("Every answer is kept"), "the wizard is empty again").toBeVisible();
  });

  test("with the audit opt-in every tool copies audit logs, and says so", async ({ page }) => {
    await openSample(page, "/restore");
    await toReview(page, true);
    await expect(page.getByRole("main")).toContainText(/Audit logs\s*Included: this can add a lot of time/);
    await knowLosses(page);
    await confirm(page, "Sales UAT").fill("Sales UAT");
    await makePlan(page).click();
    const restore = /^\d+\. Restore “Contoso Sales”/;
    expect(await command(page, restore, "PowerShell")).toContain("SkipAuditData = $false");
    expect(await command(page, restore, "pac")).not.toContain("--skip-audit-data");
    await expect(await openStep(page, restore)).toContainText("audit logs are copied because --skip-audit-data is not there");
    expect(await command(page, restore, "REST")).toContain('"skipAuditData": false');
    await expect(await openStep(page, restore)).toContainText("Copying audit logs can add a lot of time.");
  });

  test("a command is copied", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await openSample(page, "/restore");
    await toReview(page, false);
    await knowLosses(page);
    await confirm(page, "Sales UAT").fill("Sales UAT");
    await makePlan(page).click();
    const restore = await openStep(page, /^\d+\. Restore “Contoso Sales”/);
    await restore.getByRole("button", { name: /^Copy/ }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(`-EnvironmentName '${UAT}'`);
  });
});

for (const withAudit of [false, true]) {
  test(`a manual backup is restored ${withAudit ? "with" : "without"} audit logs`, async ({ page }) => {
    await openSample(page, "/restore");
    await page.getByRole("radio", { name: "Manual" }).check();
    await chooseSource(page, "Contoso Sales");
    await goOn(page, BACKUP);
    // One that is being processed stays in sight, and cannot be chosen yet.
    const young = choice(page, "before price list import");
    await expect(young).toContainText(/Processing.*Cannot be chosen/s);
    await expect(young.getByRole("radio")).toHaveCount(0);
    await expect(young.getByRole("button", { name: "Use the same instant as a system point" })).toBeVisible();
    await page.getByRole("radio", { name: /quarter end/ }).check();
    await goOn(page, TARGET);
    await page.getByRole("radio", { name: /^Sales UAT/ }).check();
    await goOn(page, OPTIONS);
    await expect(audit(page)).not.toBeChecked();
    if (withAudit) await audit(page).check();
    await goOn(page, REVIEW);
    await expect(page.getByRole("main")).toContainText("Manual backup “quarter end”, Mon 16 Nov 2026 03:00 (02:00 UTC)");
    await knowLosses(page);
    await confirm(page, "Sales UAT").fill("Sales UAT");
    await makePlan(page).click();
    const powershell = await command(page, /^\d+\. Restore .*quarter end/, "PowerShell");
    expect(powershell).toContain("RestorePointDateTime = '2026-11-16 02:00:00'");
    expect(powershell).toContain(`SkipAuditData = $${withAudit ? "false" : "true"}`);
    await expect(await openStep(page, /^\d+\. See that the manual backup is there/)).toBeVisible();
  });
}

test.describe("the other plans", () => {
  test("restore to Production goes through Sandbox and back, and says what that puts at risk", async ({ page }) => {
    await openSample(page, "/restore");
    await page.getByRole("radio", { name: "Restore to Production" }).check();
    await chooseSource(page, "Contoso Sales");
    await goOn(page, POINT);
    // A point older than seven days cannot be restored this way.
    await point(page).fill("2026-11-10 12:00 utc");
    await page.getByRole("button", { name: /^Continue to/ }).click();
    await expect(problem(page)).toContainText(/is older than seven days: once “Contoso Sales” is a Sandbox it cannot be chosen/);
    await point(page).fill("2026-11-22 12:00 utc");
    await goOn(page, TARGET);
    await expect(page.getByRole("radio", { name: /^Contoso Sales/ })).toBeChecked();
    await goOn(page, OPTIONS);
    await expect(page.getByText(/keeps all its audit logs anyway/), "R6").toBeVisible();
    await goOn(page, REVIEW);
    await expect(page.getByText(/Switching “Contoso Sales” to Sandbox puts its backups .* at risk/)).toBeVisible();
    await knowLosses(page);
    await confirm(page, "Contoso Sales").fill("Contoso Sales");
    await makePlan(page).click();
    const titles = await stepTitles(page);
    const at = (words: RegExp) => titles.findIndex((t) => words.test(t));
    const [there, restore, back] = [at(/Switch .*to Sandbox/), at(/Restore “Contoso Sales”/), at(/Switch .*back to Production/)];
    expect(there, titles.join("\n")).toBeGreaterThanOrEqual(0);
    expect(there).toBeLessThan(restore);
    expect(restore).toBeLessThan(back);
    await expect(page.getByText(/Restore to Production, through Sandbox and back/)).toBeVisible();
  });

  test("what is old is left to an ordinary restore, which a link from Production's own page begins", async ({ page }) => {
    await openSample(page, `/restore?goal=production&source=${SALES}`);
    await expect(step(page, POINT)).toBeVisible();
    await page.getByRole("button", { name: "24 h ago" }).click();
    await goOn(page, TARGET);
    await page.getByRole("button", { name: "Plan an ordinary restore" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Restore: Contoso Sales" })).toBeVisible();
    await expect(page.getByRole("radio", { name: /^Sales UAT/ })).toBeVisible();
    await expect(await refusedTarget(page, /a kind that cannot be/, "onto itself"), "Production itself is refused").toContainText(/Contoso Sales.*Refused/s);
    await expect(source(page, "Contoso Sales")).toHaveCount(0);
  });

  test("bulk deletion is planned beside the original: nothing is overwritten, nothing is to be confirmed", async ({ page }) => {
    await openSample(page, "/restore");
    await page.getByRole("radio", { name: "Bring back deleted records beside the original" }).check();
    await chooseSource(page, "Contoso Sales");
    await goOn(page, POINT);
    await page.getByRole("button", { name: "24 h ago" }).click();
    await goOn(page, TARGET);
    await expect(page.getByText(/Nothing is overwritten\. The plan creates an environment/)).toBeVisible();
    await goOn(page, OPTIONS);
    await goOn(page, REVIEW);
    await expect(page.getByText(/no name has to be typed/)).toBeVisible();
    await makePlan(page).click();
    await expect(page.getByRole("heading", { level: 2, name: "Before you start" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Losses and risks" })).toHaveCount(0);
    await expect(await stepBox(page, /^\d+\. Create /i)).toBeVisible();
    await expect(await stepBox(page, /carry|carried/i)).toBeVisible();
    await expect(page.getByText("Bring back deleted records beside the original").first()).toBeVisible();
  });
});

test.describe("what cannot work is said where it is chosen", () => {
  test("a point from before a region move is stopped in step 2, with the way out", async ({ page }) => {
    const sales = samples.SALES;
    const list = (region: string) => samples.restList([{ ...sales, region }, { ...samples.UAT, region: "unitedstates" }]);
    await openAt(page, "", "2026-11-21T02:00:00Z");
    await importFile(page, { name: "first.json", text: list("europe") });
    await page.clock.setFixedTime("2026-11-21T03:00:00Z");
    await importFile(page, { name: "second.json", text: list("unitedstates") });
    await page.clock.setFixedTime(samples.NOW);
    await saved(page);
    await reload(page);
    await go(page, `/environments/${sales.id}`);
    await expect(page.getByText(/It moved from Europe to United States between .* belongs to the old region/).first()).toBeVisible();
    await page.getByRole("link", { name: "Restore this…" }).click();
    await expect(step(page, POINT)).toBeVisible();
    await point(page).fill("2026-11-20 12:00 utc");
    await expect(page.getByText("✕ Of the old region")).toBeVisible();
    await expect(page.getByText("✓ Guaranteed")).toHaveCount(0);
    await page.getByRole("button", { name: /^Continue to/ }).click();
    await expect(problem(page)).toContainText(/belongs to the old region.*Choose a point after the move, from Sat 21 Nov 2026 03:00 \(02:00 UTC\) on/);
    await point(page).fill("2026-11-22 12:00 utc");
    await goOn(page, TARGET);
    await page.getByRole("radio", { name: /^Fabrikam UAT/ }).check();
    await goOn(page, OPTIONS);
  });

  test("a target that is chosen first is named, and the sources that can go onto it stand first", async ({ page }) => {
    await openSample(page, `/environments/${UAT}`);
    await inMenu(page, "Restore onto this…");
    await expect(page.getByText("Onto Sales UAT")).toBeVisible();
    const rows = page.getByRole("group", { name: "Whose backup?" }).locator("ul.choices > li");
    await expect(rows.first()).not.toContainText(/Not onto that target|Cannot be a source/);
    await page.getByRole("button", { name: "Show more" }).click();
    await expect(rows.filter({ hasText: "US Train" })).toContainText(/Not onto that target.*in United States/s);
    await chooseSource(page, "Contoso Sales");
    await goOn(page, POINT);
    await page.getByRole("button", { name: "24 h ago" }).click();
    await goOn(page, TARGET);
    await expect(page.getByRole("radio", { name: /^Sales UAT/ })).toBeChecked();
  });

  test("a Production target leads to the way through Sandbox at once", async ({ page }) => {
    await openSample(page, `/environments/${SALES}`);
    await inMenu(page, "Restore onto this…");
    await expect(page.getByText(/Contoso Sales is a Production environment, which is never overwritten directly/)).toBeVisible();
    await page.getByRole("button", { name: "Plan a restore to Production" }).click();
    await expect(page.getByRole("heading", { level: 1, name: /^Restore to Production/ })).toBeVisible();
    await expect(source(page, "Contoso Sales")).toBeChecked();
    await goOn(page, POINT);
    await page.getByRole("button", { name: "24 h ago" }).click();
    await goOn(page, TARGET);
    await expect(page.getByRole("radio", { name: /^Contoso Sales/ })).toBeChecked();
  });

  test("what can never be a source is not offered, and a link that leads nowhere says so and is no begun restore", async ({ page }) => {
    await openSample(page, "/environments?search=copilot");
    await page.getByRole("link", { name: "Copilot Trial" }).click();
    await expect(page.getByText(/No restore from it/)).toBeVisible();
    await expect(page.getByRole("link", { name: "Restore this…" })).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Bring back deleted records…" })).toHaveCount(0);
    const error = page.getByText(/No environment of the inventory has the id nope/);
    await go(page, "/restore?source=nope");
    await expect(error).toBeVisible();
    await saved(page);
    await reload(page);
    await expect(error).toBeVisible();
    await go(page, `/restore?source=${SALES}`);
    await expect(page.getByText(/other restore is begun/)).toHaveCount(0);
    await expect(step(page, POINT)).toContainText("Contoso Sales");
  });

  test("the name that the target has already is no new name", async ({ page }) => {
    await openSample(page, "/restore");
    await toReview(page, false);
    await page.getByRole("link", { name: /Step 4: Options/ }).click();
    await page.getByLabel("New name of the target (optional)").fill("Sales UAT");
    await goOn(page, REVIEW);
    await page.getByText(/^Good to know, and what is left to do afterwards \(\d+\)$/).click();
    await expect(page.getByText("The target is called “Sales UAT” already, so it is not renamed.")).toBeVisible();
    await expect(page.getByText(/will be called/)).toHaveCount(0);
  });
});

test.describe("leaving and coming back", () => {
  test("a reload at each step, and a walk over other pages, lose nothing", async ({ page }) => {
    await openSample(page, "/restore");
    const leaveAndReturn = async (title: string) => {
      await saved(page);
      await reload(page);
      await expect(step(page, title)).toBeVisible();
      await page.getByRole("link", { name: "Environments", exact: false }).first().click();
      await expect(page.getByRole("heading", { level: 1, name: "Environments" })).toBeVisible();
      await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Restore", exact: true }).click();
      await expect(step(page, title)).toBeVisible();
    };
    await page.getByRole("radio", { name: "Manual" }).check();
    await page.getByRole("radio", { name: "System" }).check();
    await page.getByRole("searchbox", { name: "Find an environment" }).fill("contoso");
    await chooseSource(page, "Contoso Sales");
    await leaveAndReturn("Step 1 of 5: Source");
    await expect(source(page, "Contoso Sales")).toBeChecked();
    await expect(page.getByRole("searchbox", { name: "Find an environment" })).toHaveValue("contoso");

    await goOn(page, POINT);
    // Text that is no date yet is kept as it was typed.
    await point(page).fill("2026-11-15 14:");
    await leaveAndReturn(POINT);
    await expect(point(page)).toHaveValue("2026-11-15 14:");
    await point(page).fill("2026-11-15 13:05 utc");
    await leaveAndReturn(POINT);
    await expect(point(page)).toHaveValue("2026-11-15 13:05 utc");

    await goOn(page, TARGET);
    await page.getByRole("radio", { name: /^Sales UAT/ }).check();
    await leaveAndReturn(TARGET);
    await expect(page.getByRole("radio", { name: /^Sales UAT/ })).toBeChecked();

    await goOn(page, OPTIONS);
    await audit(page).check();
    await page.getByLabel("New name of the target (optional)").fill("Sales, 15 Nov");
    await page.getByRole("checkbox", { name: /Marketing/ }).check();
    await leaveAndReturn(OPTIONS);
    await expect(audit(page)).toBeChecked();
    await expect(page.getByLabel("New name of the target (optional)")).toHaveValue("Sales, 15 Nov");
    await expect(page.getByRole("checkbox", { name: /Marketing/ })).toBeChecked();

    await goOn(page, REVIEW);
    await confirm(page, "Sales UAT").fill("Sales U");
    await leaveAndReturn(REVIEW);
    await expect(confirm(page, "Sales UAT")).toHaveValue("Sales U");

    // The back button goes back one step, and a step that is not reached cannot be opened by its address.
    await page.getByRole("link", { name: /Step 2: Point in time/ }).click();
    await expect(step(page, POINT)).toBeVisible();
    await page.goBack();
    await expect(step(page, REVIEW)).toBeVisible();
    await page.getByRole("button", { name: "Start over" }).click();
    await expect(step(page, "Step 1 of 5: Source")).toBeVisible();
    await go(page, "/restore?step=5");
    await expect(step(page, "Step 1 of 5: Source")).toBeVisible();
    await page.getByRole("button", { name: "Undo discarding a restore" }).click();
    await expect(step(page, REVIEW)).toBeVisible();
    await expect(confirm(page, "Sales UAT")).toHaveValue("Sales U");
  });

  test("another page's offer begins another restore, and each begun one can be gone on with", async ({ page }) => {
    await openSample(page, "/restore");
    await chooseSource(page, "Contoso Sales");
    await goOn(page, POINT);
    await go(page, `/environments/${id(3)}`);
    await page.getByRole("link", { name: "Restore this…" }).click();
    await expect(step(page, POINT)).toContainText("Operations");
    // Both stay, also over a reload.
    await saved(page);
    await reload(page);
    // The plans name both, and lead on.
    await go(page, "/plans");
    const begun = page.getByRole("region", { name: "Begun" }).getByRole("link");
    await expect(begun).toHaveText(["Operations", "Contoso Sales"]);
    await begun.first().click();
    await expect(step(page, POINT)).toContainText("Operations");
    await page.getByText("1 other restore is begun").click();
    const other = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: "Go on : Contoso Sales" }) });
    await expect(other).toContainText(/Contoso Sales\s*Step 2 of 5: Point in time, begun Tue 24 Nov 2026/);
    await other.getByRole("button", { name: /^Go on/ }).click();
    await expect(step(page, POINT)).toContainText("Contoso Sales");
    await expect(step(page, POINT)).toBeFocused();
    // The same offer again leads to the one that is begun.
    await go(page, `/restore?source=${id(3)}`);
    await expect(step(page, POINT)).toContainText("Operations");
    await expect(page.getByText("1 other restore is begun")).toBeVisible();
    await page.getByRole("button", { name: "Begin another" }).click();
    await expect(step(page, "Step 1 of 5: Source")).toBeFocused();
    await expect(page.getByText("2 other restores are begun")).toBeVisible();
    await page.getByRole("button", { name: /^Discard.*Operations/ }).click();
    await expect(page.getByText("1 other restore is begun")).toBeVisible();
    await expect(step(page, "Step 1 of 5: Source")).toBeFocused();
    // What was done since stays when it is undone, and it can be discarded once more.
    await chooseSource(page, "HR Test");
    await page.getByRole("button", { name: "Undo discarding a restore" }).click();
    await expect(page.getByText("2 other restores are begun")).toBeVisible();
    await expect(page.getByRole("radio", { name: /^HR Test/ })).toBeChecked();
    await page.getByRole("button", { name: "Redo discarding a restore" }).click();
    await expect(page.getByText("1 other restore is begun")).toBeVisible();
    await page.getByRole("button", { name: "Undo discarding a restore" }).click();
    await expect(page.getByText("2 other restores are begun")).toBeVisible();
    await saved(page);
    await reload(page);
    await expect(page.getByText("2 other restores are begun")).toBeVisible();
  });

  test("a local time that happens twice is asked about", async ({ page }) => {
    await openSample(page, `/restore?source=${SALES}`, "2026-10-28T10:00:00Z");
    await point(page).fill("2026-10-25 02:30");
    const question = page.getByRole("group", { name: /this local time happens twice/ });
    await expect(question).toBeVisible();
    await page.getByRole("button", { name: /^Continue to/ }).click();
    await expect(problem(page)).toContainText(/happens twice/);
    await question.getByRole("radio", { name: /01:30 UTC/ }).check();
    await goOn(page, TARGET);
  });
});
