// Rehearsing, recording, taking back: the clock that is moved, what would follow, plans that drive the tenant.
import { confirmLosses, go, goOn, importFile, inMenu, knowLosses, openAt, openSample, openStep, reload, row, saved, stepBox, stepTitles } from "./desk";
import { expect, expectAccessible, test, type Page } from "./harness";
import { SALES, UAT, restList } from "./samples";

const contoso = (n: number) => `c0470500-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;

const bar = (page: Page) => page.getByRole("region", { name: "Rehearsal" });
const dialog = (page: Page) => page.getByRole("dialog");
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

/** Opens what is rarer in a rehearsal. */
async function menu(page: Page): Promise<void> {
  await bar(page).getByRole("button", { name: /^(More|\d+ happened|✕ \d+ lost)$/ }).click();
  await expect(dialog(page).getByRole("heading", { name: "Set the clock" })).toBeVisible();
}

/** Begins a rehearsal, which is told first. */
async function rehearse(page: Page, button = page.getByRole("button", { name: "Rehearse" })): Promise<void> {
  // On the page of an environment it is in the menu.
  const more = page.locator('.head-acts summary[aria-label="More"]');
  await expect(button.or(more).first()).toBeVisible();
  if (!(await button.isVisible())) await more.click();
  await button.click();
  await expect(dialog(page)).toContainText(/[Nn]othing (real changes|here is real)/);
  await dialog(page).getByRole("button", { name: "Begin the rehearsal" }).click();
  await expect(dialog(page)).toHaveCount(0);
}

/** Moves the clock by an hour or a week. */
async function by(page: Page, name: string, times = 1): Promise<void> {
  await menu(page);
  for (let i = 0; i < times; i++) await dialog(page).getByRole("button", { name }).click();
  // A move that is refused closes it.
  if (await dialog(page).isVisible()) await dialog(page).getByRole("button", { name: "Close", exact: true }).click();
  await expect(dialog(page)).toHaveCount(0);
}

async function expectShown(page: Page, time: string): Promise<void> {
  await expect(bar(page).getByText(`Shown time ${time}`)).toBeVisible();
}

/** Opens the menu of the environment that is open, and an act in it. */
async function begin(page: Page, act: string | RegExp): Promise<void> {
  // Where it is narrow it is in the menu.
  const more = page.getByRole("main").locator('.head-acts summary[aria-label="More"]');
  if (await more.isVisible()) await more.click();
  await page.getByRole("button", { name: /^(All that can be done|Record something)…$/ }).click();
  await dialog(page).getByRole("button", { name: act }).click();
}

/** Presses the last button of the dialog, which does or records it. */
async function press(page: Page, name: string | RegExp): Promise<void> {
  await dialog(page).getByRole("button", { name, exact: typeof name === "string" }).click();
  await expect(dialog(page)).toHaveCount(0);
}

test.describe("a rehearsal", () => {
  test("Production is restored through Sandbox and back, from the inventory to the last tick", async ({ page }) => {
    test.slow();
    await openAt(page);
    await importFile(page, { name: "environments.json", text: restList([SALES, UAT]) });
    await go(page, `/environments/${SALES.id}`);
    await rehearse(page);
    await expect(bar(page)).toContainText("Rehearsal: nothing here is real");
    await expectShown(page, "Tue 24 Nov 2026 03:00 local (02:00 UTC)");
    await expect(page).toHaveTitle(/^Rehearsal: /);

    // The plan, made in the rehearsal.
    await inMenu(page, "Restore to Production…");
    await page.getByRole("button", { name: "24 h ago" }).click();
    await goOn(page, "Step 3 of 5: Target");
    await goOn(page, "Step 4 of 5: Options");
    await goOn(page, "Step 5 of 5: Review");
    await knowLosses(page);
    await page.getByLabel("Type Fabrikam Sales to confirm").fill("Fabrikam Sales");
    await page.getByRole("button", { name: "Make the plan" }).click();
    await expect(page).toHaveURL(/#\/plans\/1$/);

    // What only looks is ticked at once.
    await confirmLosses(page);
    const titles = await stepTitles(page);
    const at = (words: RegExp) => titles.findIndex((t) => words.test(t));
    const backup = at(/Make a manual backup/);
    const there = at(/to Sandbox/);
    const restore = at(/Restore “Fabrikam Sales”/);
    const watch = at(/Watch until/);
    const back = at(/back to Production/);
    const leave = at(/Turn administration mode off/);
    for (const place of [backup, there, restore, watch, back, leave]) expect(place, titles.join("\n")).toBeGreaterThanOrEqual(0);
    for (let i = 0; i < backup; i++) await (await stepBox(page, i)).check();

    // The manual backup is recorded, and is not ready before the clock says so.
    await (await stepBox(page, backup)).click();
    await expect(dialog(page)).toContainText("This is what follows in the rehearsal.");
    await press(page, "Do it");
    await expect(await stepBox(page, backup)).toBeChecked();
    await bar(page).getByRole("button", { name: /^Next( loss)?: / }).click();
    await expect(page.getByText(/The Before restore.* backup was successfully created\./).first()).toBeVisible();
    await by(page, "On by an hour");

    // The switch shows what it puts at risk, with and without it, before it is done.
    await (await stepBox(page, there)).click();
    await expect(dialog(page)).toContainText("Lost or at risk");
    await expect(dialog(page).getByText("Without it", { exact: true }).first()).toBeVisible();
    await expect(dialog(page).getByText("With it", { exact: true }).first()).toBeVisible();
    await expectAccessible(page);
    await dialog(page).getByRole("button", { name: "Cancel" }).click();
    await expect(await stepBox(page, there), "nothing is done by looking").not.toBeChecked();
    await (await stepBox(page, there)).click();
    await press(page, "Do it");
    await expect(await stepBox(page, there)).toBeChecked();
    for (let i = there + 1; i < restore; i++) await (await stepBox(page, i)).check();

    await (await openStep(page, restore)).getByRole("button", { name: "Do the restore in the rehearsal" }).click();
    await press(page, "Begin the restore");
    await expect(page.getByRole("heading", { level: 2, name: /Watch until/ }), "on to the next step").toBeFocused();
    await expect(await stepBox(page, restore)).toBeChecked();
    await go(page, `/environments/${SALES.id}`);
    await expect(page.getByText(/A restore onto it runs/)).toBeVisible();
    await expect(page.getByText(/In this rehearsal it ends .*\(invented\)/)).toBeVisible();
    // Two operations on one environment conflict.
    await begin(page, "Switch it to Production");
    await expect(dialog(page)).toContainText("Refused. Fabrikam Sales is occupied: a restore runs.");
    await expect(dialog(page).getByRole("button", { name: /^Rule T9: / })).toBeVisible();
    await expect(dialog(page).getByRole("button", { name: "Switch it to Production" })).toBeDisabled();
    await dialog(page).getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("link", { name: /^Its plan and checklist/ }).click();

    // The clock goes to its end.
    await (await stepBox(page, watch)).click();
    await dialog(page).getByRole("button", { name: "Move the clock to its end" }).click();
    await expect(await stepBox(page, watch)).toBeChecked();
    await expectShown(page, "Tue 24 Nov 2026 08:10 local (07:10 UTC)");
    for (let i = watch + 1; i < back; i++) await (await stepBox(page, i)).check();
    await (await stepBox(page, back)).click();
    await press(page, "Do it");
    for (let i = back + 1; i < leave; i++) await (await stepBox(page, i)).check();
    await (await stepBox(page, leave)).click();
    await press(page, "Do it");
    for (let i = leave + 1; i < titles.length; i++) await (await stepBox(page, i)).check();
    // The checklist that belongs to the restore.
    await openStep(page, /Work through/);
    for (const item of await page.getByRole("region", { name: "Afterwards" }).getByRole("checkbox").all()) await item.check();
    await expect(page.getByText(/^(\d+) of \1 done$/)).toBeVisible();

    await go(page, `/environments/${SALES.id}`);
    await expect(page.getByText(/^Production · Europe .* Enabled/)).toBeVisible();
    await expect(page.getByText("overwritten by a restore").first()).toBeVisible();
    await go(page, "/activity");
    await expect(page.getByText("Fabrikam Sales was switched from Sandbox to Production.").last()).toBeVisible();

    // It outlasts the tab, and one click ends it: the real tenant was never touched.
    await saved(page);
    await reload(page);
    await expect(bar(page)).toBeVisible();
    await bar(page).getByRole("button", { name: "End rehearsal" }).click();
    await expect(bar(page)).toHaveCount(0);
    await go(page, "/plans");
    await expect(page.getByText("No plans yet")).toBeVisible();
    await go(page, "/activity");
    await expect(page.getByText(/environments\.json was imported/)).toBeVisible();
    await expect(page.getByText(/was switched/)).toHaveCount(0);
  });

  test("the clock steps, jumps, is set, refuses to go behind what was done, and goes back with it", async ({ page }) => {
    await openSample(page, `/environments/${contoso(6)}`);
    await rehearse(page);
    await expectShown(page, "Tue 24 Nov 2026 03:00 local (02:00 UTC)");
    await bar(page).getByRole("button", { name: "On by a day" }).click();
    await expectShown(page, "Wed 25 Nov 2026 03:00 local (02:00 UTC)");
    await expect(page.getByRole("status").filter({ hasText: "✕ Lost: the manual backup “golden data” of Sales UAT expires." }), "a loss is told by its name").toBeVisible();
    await menu(page);
    await expect(dialog(page).getByRole("heading", { name: /^\d+ loss(es)? on the way$/ })).toBeVisible();
    await expect(dialog(page).getByRole("link", { name: /golden data/ })).toBeVisible();
    await expectAccessible(page);
    await dialog(page).getByRole("button", { name: "Close", exact: true }).click();
    await expect(row(page, "golden data")).toContainText("Expired");

    await begin(page, "Create a manual backup");
    await dialog(page).getByLabel("Label", { exact: true }).fill("rehearsed");
    await press(page, "Create a manual backup");
    await expect(row(page, "rehearsed")).toContainText("Being processed");
    await by(page, "On by an hour");
    await expect(row(page, "rehearsed")).toContainText("Ready");
    await expect(row(page, "rehearsed")).toContainText("The rehearsed backup was successfully created.");
    await expectAccessible(page);

    await by(page, "Back by a week");
    await expect(page.getByRole("alert").filter({ hasText: "would not have happened yet" })).toBeVisible();
    await expectShown(page, "Wed 25 Nov 2026 04:00 local");
    await bar(page).getByRole("button", { name: "Go back and take that back" }).click();
    await expectShown(page, "Tue 24 Nov 2026 03:00 local");
    await expect(bar(page).getByRole("button", { name: "Back by a day" }), "no further than to where it began").toBeDisabled();
    await expect(row(page, "rehearsed")).toHaveCount(0);

    // Typed, in the hour that happens twice.
    await menu(page);
    await dialog(page).getByLabel("Local time").fill("2027-10-31 02:30");
    await expect(dialog(page).getByRole("button", { name: "Set the clock" })).toBeDisabled();
    await dialog(page).getByRole("radio", { name: /01:30 UTC/ }).check();
    await dialog(page).getByRole("button", { name: "Set the clock" }).click();
    await expectShown(page, "Sun 31 Oct 2027 02:30 local (01:30 UTC)");

    await menu(page);
    await dialog(page).getByLabel("Local time").fill("2026-11-20 02:30");
    await dialog(page).getByRole("button", { name: "Set the clock" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "before the rehearsal began" })).toBeVisible();
    await menu(page);
    await dialog(page).getByRole("button", { name: "Start over" }).click();
    await expectShown(page, "Tue 24 Nov 2026 03:00 local (02:00 UTC)");
    await expect(row(page, "golden data")).toContainText("Ready");
    await bar(page).getByRole("button", { name: "End rehearsal" }).click();
    await expect(bar(page)).toHaveCount(0);
  });

  test("the slider stops where something happens, says it, and goes back; ending says so and can be undone", async ({ page }) => {
    await openAt(page);
    await importFile(page, { name: "environments.json", text: restList([{ ...SALES, created: "2025-01-01T00:00:00Z" }, UAT]) });
    await go(page, `/environments/${SALES.id}`);
    await rehearse(page);
    const slider = bar(page).getByRole("slider", { name: "Shown time" });
    await expect(slider, "who began it goes on with the keyboard").toBeFocused();
    await begin(page, "Create a manual backup");
    await dialog(page).getByLabel("Label", { exact: true }).fill("kept");
    await press(page, "Create a manual backup");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await expect(slider).toHaveAttribute("aria-valuetext", /Tue 24 Nov 2026 03:10 \(02:10 UTC\), the shown time: .*kept/);
    await page.keyboard.press("End");
    await expect(slider).toHaveAttribute("aria-valuetext", /the shown time: /);
    await expectAccessible(page);
    await page.keyboard.press("Home");
    await expectShown(page, "Tue 24 Nov 2026 03:00");
    await expect(page.getByRole("alert"), "what was done at the beginning stays").toHaveText(["", ""].slice(0, await page.getByRole("alert").count()));
    await expect(row(page, "kept")).toBeVisible();

    await saved(page);
    await bar(page).getByRole("button", { name: "End rehearsal" }).click();
    await expect(bar(page)).toHaveCount(0);
    await expect(heading(page, "Fabrikam Sales")).toBeFocused();
    await expect(row(page, "kept")).toHaveCount(0);
    await expect(page.getByText(/^The rehearsal is over/)).toBeVisible();
    await page.getByRole("button", { name: /^Undo ending the rehearsal/ }).click();
    await expect(slider).toBeFocused();
    await expect(row(page, "kept"), "nothing of its history is lost").toBeVisible();
  });

  test("it says what it is before it begins, and nothing has begun when it is left", async ({ page }) => {
    await openSample(page, "/environments");
    const button = page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name: "Rehearsal" });
    await button.press("Enter");
    await expect(dialog(page).getByRole("button", { name: "Begin the rehearsal" })).toBeFocused();
    await expect(dialog(page)).toContainText("ending the rehearsal makes the sample as new: the plans in it and all that was done in it go");
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toHaveCount(0);
    await expect(button).toBeFocused();
    await expect(bar(page)).toHaveCount(0);
  });

  test("the line is 40 px high, and 48 px where it is narrow", async ({ page }) => {
    await openSample(page, "/environments");
    await rehearse(page, page.getByRole("button", { name: /^Rehears/ }).first());
    await expect(bar(page)).toBeVisible();
    expect((await bar(page).boundingBox())!.height).toBe(40);
    await page.setViewportSize({ width: 390, height: 844 });
    expect((await bar(page).boundingBox())!.height).toBe(48);
    await by(page, "On by a week");
    await expectShown(page, "Tue 1 Dec 2026 03:00");
    // With what was lost told in it, all of it is within the page.
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      const end = (await bar(page).getByRole("button", { name: "End rehearsal" }).boundingBox())!;
      expect(end.x + end.width).toBeLessThanOrEqual(width - 4);
      const what = (await bar(page).locator(".rehearsal-what").boundingBox())!;
      const acts = (await bar(page).locator(".rehearsal-acts").boundingBox())!;
      expect(what.x + what.width).toBeLessThanOrEqual(acts.x);
    }
  });

  test("what was said of a time is not said any more once the clock is moved back, or it ends", async ({ page }) => {
    await openSample(page, "/environments");
    await rehearse(page, page.getByRole("button", { name: /^Rehears/ }).first());
    await by(page, "On by a week");
    await by(page, "On by a week");
    const lost = page.locator(".toast").filter({ hasText: "Lost: " });
    await expect(lost.first()).toBeVisible();
    await bar(page).getByRole("button", { name: "Back by a day" }).click();
    await expect(lost).toHaveCount(0);
    await by(page, "On by a week");
    await expect(lost.first()).toBeVisible();
    await bar(page).getByRole("button", { name: "End rehearsal" }).click();
    await expect(page.locator(".toast").filter({ hasText: "The rehearsal is over" })).toBeVisible();
    await expect(lost).toHaveCount(0);
  });

  test("after a bulk deletion the new environment is created, restored onto, and on the list", async ({ page }) => {
    test.slow();
    await openSample(page, `/environments/${contoso(1)}`);
    await rehearse(page);
    await inMenu(page, "Bring back deleted records…");
    await page.getByRole("button", { name: "24 h ago" }).click();
    while (await page.getByRole("button", { name: /^Continue to/ }).isVisible()) {
      await page.getByRole("button", { name: /^Continue to/ }).click();
    }
    await page.getByRole("button", { name: "Make the plan" }).click();
    await expect(page).toHaveURL(/#\/plans\/\d+$/);
    const create = await stepBox(page, /^\d+\. Create/);
    await create.click();
    await press(page, "Create it");
    await expect(create).toBeChecked();
    await (await stepBox(page, /^\d+\. Restore /)).click();
    await press(page, "Begin the restore");
    await (await stepBox(page, /^\d+\. Watch until/)).click();
    await dialog(page).getByRole("button", { name: "Move the clock to its end" }).click();
    await expect(await stepBox(page, /^\d+\. Watch until/)).toBeChecked();
    await go(page, "/activity");
    await expect(page.getByText(/was created\.$/).last()).toBeVisible();
    await expect(page.getByRole("main").getByRole("listitem").first()).toContainText(/The restore onto .* ended; .* is in administration mode\./);

    // Unticking the creation takes the environment back, and says why it cannot while the restore rests on it.
    await page.getByRole("button", { name: /^Take back\s*: .* was created/ }).click();
    await expect(dialog(page)).toContainText("Something that was done later needs it: the target");
    await expect(dialog(page)).toContainText("Take that back first, from the top of the list.");
  });

  test("the storage is changed, and restoring is stopped below one gigabyte", async ({ page }) => {
    await openSample(page, "/environments");
    await page.getByRole("main").getByLabel("More", { exact: true }).click();
    await page.getByRole("button", { name: "Storage…" }).click();
    await dialog(page).getByLabel("Database, used (GB)").fill("99999");
    await expect(dialog(page)).toContainText("Until now");
    await expect(dialog(page)).toContainText("From then on");
    await press(page, "Change the storage");
    await go(page, "/targets");
    await expect(page.getByText(/the tenant is over its capacity/i).first()).toBeVisible();
    await go(page, "/activity");
    await page.getByRole("button", { name: "Undo the last" }).click();
    await go(page, "/targets");
    await expect(page.getByText(/of database capacity is free/).first()).toBeVisible();
  });

  test("a restore that fails leaves its target disabled under the newest rules, with the ways out", async ({ page }) => {
    await openSample(page, `/environments/${contoso(13)}`);
    await expect(page.getByText(/A restore onto it failed/)).toBeVisible();
    await page.getByLabel("Edition of the rules").selectOption("2026-09-26");
    await expect(page.getByText(/wait 30 minutes/i).first()).toBeVisible();
    await expect(page.getByRole("link", { name: "Try again onto it" })).toBeVisible();
    await page.getByRole("button", { name: "Delete it…" }).click();
    await expect(dialog(page)).toContainText(/can be recovered until/);
    await press(page, "Delete it");
    await expect(page.getByText("Can be recovered").first()).toBeVisible();
  });
});

test.describe("in the user's own tenant", () => {
  test("what was done is recorded with its time, shown first, taken back and done again", async ({ page }) => {
    await openAt(page);
    await importFile(page, { name: "environments.json", text: restList([SALES, UAT]) });
    await go(page, `/environments/${UAT.id}`);
    await begin(page, "Record that a manual backup was created");
    await dialog(page).getByLabel("Label", { exact: true }).fill("=before");
    await dialog(page).getByRole("radio", { name: "Earlier" }).check();
    await dialog(page).getByLabel("Local time at which it was done").fill("2026-11-25 14:00");
    await expect(dialog(page)).toContainText("lies in the future");
    await dialog(page).getByLabel("Local time at which it was done").fill("2026-11-24 02:00");
    await expect(dialog(page)).toContainText("It lies before the last import");
    await dialog(page).getByRole("radio", { name: "Just now" }).check();
    await press(page, "Record it");
    // Nothing was done in the service, and nothing reads as if it were.
    await expect(page.getByRole("status").filter({ hasText: /^Recorded: a manual backup “=before” of Fabrikam UAT was / })).toBeVisible();
    await expect(row(page, "=before")).toContainText("Being processed");

    await page.clock.setFixedTime("2026-11-24T12:00:00Z");
    await begin(page, "Record that it was switched to Production");
    await dialog(page).getByRole("radio", { name: "Earlier" }).check();
    await dialog(page).getByLabel("Local time at which it was done").fill("2026-11-24 10:00");
    await press(page, "Record it");
    await expect(page.getByText("Sandbox → Production").first()).toBeVisible();

    await page.getByRole("link", { name: "Activity of it" }).click();
    await expect(page.getByText(/recorded Tue 24 Nov 2026 13:00/)).toBeVisible();
    await page.getByRole("combobox", { name: "Sort of event" }).selectOption({ label: "Switches of kind" });
    await expect(page).toHaveURL(/sort=kind/);
    await expect(page.getByText("1 entry, narrowed down")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("combobox", { name: "Sort of event" }).selectOption({ label: "Everything" });

    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download as CSV" }).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await downloading).createReadStream()) chunks.push(chunk as Buffer);
    const csv = Buffer.concat(chunks).toString("utf8");
    expect(csv).toContain("Fabrikam UAT was switched from Sandbox to Production");
    expect(csv.split("\r\n").slice(1).every((line) => !/(^|,)[=+@-]/.test(line))).toBe(true);

    await page.getByRole("button", { name: "Undo the last" }).click();
    await expect(page.getByRole("button", { name: "Redo" })).toBeEnabled();
    await page.getByRole("button", { name: "Redo" }).click();
    await page.getByRole("button", { name: /^Take back\s*: A manual backup/ }).click();
    await go(page, `/environments/${UAT.id}`);
    await expect(row(page, "=before")).toHaveCount(0);
    await expect(page.getByText(/^Production · /)).toBeVisible();
  });

  test("what happened before the import moves the window and no fact", async ({ page }) => {
    await openAt(page);
    await importFile(page, { name: "environments.json", text: restList([{ ...SALES, created: "2025-01-01T00:00:00Z" }]) });
    await go(page, `/environments/${SALES.id}`);
    await page.getByRole("button", { name: "Record something…" }).click();
    await dialog(page).getByText("Something from before the last import").click();
    await dialog(page).getByRole("button", { name: "Record that the retention was changed" }).last().click();
    await dialog(page).getByLabel("Local time at which it was done").fill("2026-11-21 03:00");
    await dialog(page).getByRole("radio", { name: /^14 days/ }).check();
    await expect(dialog(page)).toContainText("the inventory says that the retention was 28 days");
    await expect(dialog(page).getByRole("button", { name: "Record it" })).toBeDisabled();
    await dialog(page).getByRole("radio", { name: /^28 days/ }).check();
    await expect(dialog(page)).toContainText("As it is known now");
    await expectAccessible(page);
    await press(page, "Record it");
    await go(page, "/activity");
    await expect(page.getByText("The retention of Fabrikam Sales was set to 28 days").first()).toBeVisible();
    await page.getByRole("button", { name: "Undo the last" }).click();
    await expect(page.getByRole("button", { name: "Redo" })).toBeEnabled();
  });

  test("a restore that was begun in the admin center is recorded without a plan", async ({ page }) => {
    await openAt(page);
    await importFile(page, { name: "environments.json", text: restList([{ ...SALES, created: "2025-01-01T00:00:00Z" }, UAT]) });
    await go(page, `/environments/${UAT.id}`);
    await begin(page, "Record that a restore onto it was begun");
    await expect(dialog(page)).toContainText("Choose whose backup was restored");
    await dialog(page).getByLabel("Whose backup was restored?").selectOption({ label: "Fabrikam Sales" });
    await dialog(page).getByLabel("Restore point that it went back to, local time").fill("2026-11-23 03:00");
    await press(page, "Record it");
    await expect(page.getByText(/A restore onto it runs/)).toBeVisible();
    await begin(page, "Record that the restore onto it succeeded");
    await press(page, "Record it");
    await expect(page.getByText("overwritten by a restore").first()).toBeVisible();
  });

  test("an import cannot be taken back, and says so", async ({ page }) => {
    await openAt(page);
    await go(page, "/activity");
    await expect(page.getByText("Nothing has happened yet")).toBeVisible();
    await importFile(page, { name: "environments.json", text: restList([SALES]) });
    await go(page, "/activity");
    await expect(page.getByRole("button", { name: "Undo the last" })).toBeDisabled();
    await expect(page.getByText(/Not possible: the last thing was an import/)).toBeVisible();
  });
});

test.describe("deleted environments", () => {
  test("count down, say what recovery brings back, and are recovered", async ({ page }) => {
    await openSample(page, "/deleted");
    const card = page.getByRole("main").locator("section").filter({ hasText: "Old Portal" });
    await expect(card).toContainText("Can be recovered");
    await expect(card).toContainText("ends in 23 days");
    await card.getByText("What recovery brings back").click();
    await expect(card).toContainText(/documented nowhere/);
    await expectAccessible(page);
    await card.getByRole("button", { name: "Recover…" }).click();
    await press(page, "Recover it");
    await expect(page.getByText("None is known")).toBeVisible();
    await go(page, `/environments/${contoso(14)}`);
    await expect(page.getByText("recovered").first()).toBeVisible();
  });

  test("one that is deleted on its page is called so, and its heading has the focus", async ({ page }) => {
    await openSample(page, `/environments/${contoso(8)}`);
    await begin(page, "Delete it");
    await press(page, "Delete it");
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect(page.locator(".head .sub")).toContainText("· Deleted");
    await expect(page.locator(".head .sub")).not.toContainText("Enabled");
  });

  test("their time runs out by the clock", async ({ page }) => {
    await openSample(page, "/deleted");
    await go(page, "/");
    await rehearse(page, page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name: "Rehearsal" }));
    await go(page, "/deleted");
    await by(page, "On by a week", 4);
    await expect(page.getByRole("main").getByText("Can no longer be recovered")).toBeVisible();
    await page.getByRole("button", { name: "Recover…" }).click();
    await expect(dialog(page)).toContainText(/Refused\. Old Portal could be recovered until/);
  });
});

test("a plan whose facts changed says which steps are no longer true, and unticking takes back", async ({ page }) => {
  await openSample(page, `/restore?goal=production&source=${contoso(1)}`);
  await page.getByRole("button", { name: "24 h ago" }).click();
  await goOn(page, "Step 3 of 5: Target");
  await goOn(page, "Step 4 of 5: Options");
  await goOn(page, "Step 5 of 5: Review");
  await knowLosses(page);
  await page.getByLabel("Type Contoso Sales to confirm").fill("Contoso Sales");
  await page.getByRole("button", { name: "Make the plan" }).click();
  await confirmLosses(page);
  const there = await stepBox(page, /^\d+\. Switch .*to Sandbox/);
  await there.click();
  await press(page, "Do it");
  await expect(there).toBeChecked();
  await there.click();
  await expect(there).not.toBeChecked();
  await go(page, `/environments/${contoso(1)}`);
  await expect(page.getByText(/^Production · /)).toBeVisible();
  await begin(page, "Switch it to Sandbox");
  await press(page, "Switch it to Sandbox");
  await go(page, "/plans/1");
  await expect(page.getByText("is a Sandbox environment already").first()).toBeVisible();
});

for (const scheme of ["light", "dark"] as const) {
  test(`narrow and ${scheme}: the mark stays in sight, and nothing scrolls sideways`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await openSample(page, `/environments/${contoso(1)}`);
    await rehearse(page);
    await page.setViewportSize({ width: 390, height: 844 });
    for (const route of [`/environments/${contoso(1)}`, "/activity", "/deleted"]) {
      await go(page, route);
      await expect(heading(page, /./)).toBeVisible();
      await expectAccessible(page);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(over, route).toBeLessThanOrEqual(0);
    }
    await go(page, `/environments/${contoso(1)}`);
    await page.mouse.wheel(0, 3000);
    await expect(bar(page).getByText("nothing here is real")).toBeInViewport();
    await page.mouse.wheel(0, -5000);
    await begin(page, "Change the retention");
    await expect(dialog(page)).toContainText("Choose the days to see what would follow.");
    await expectAccessible(page);
    await dialog(page).getByRole("button", { name: "Cancel" }).click();
    await begin(page, "Delete it");
    await expectAccessible(page);
  });
}
