// A plan that leaves the desk: on paper, as files to read and to run, in a calendar, and to a colleague as a file or a link.
import { choose, confirmLosses, downloaded, go, inPlanMenu, item, openAt, openSample, openStep, planMenu, planOntoUat, rail, reload, saved, stepBox } from "./desk";
import { appRuns, expect, expectAccessible, test, type Page } from "./harness";
import { NOW } from "./samples";

const take = (page: Page) => inPlanMenu(page, "Take it along…");
const dialog = (page: Page) => page.getByRole("dialog", { name: "Take it along" });
const link = (page: Page) => dialog(page).getByLabel("Link to this plan");
const tool = (page: Page, name: string) => page.getByRole("group", { name: "Tool for all steps" }).getByRole("button", { name });

async function planned(page: Page): Promise<void> {
  await openSample(page);
  await planOntoUat(page);
}

/** The link to the plan that is open. */
async function linkOf(page: Page): Promise<string> {
  await take(page);
  const address = await link(page).inputValue();
  await dialog(page).getByRole("button", { name: "Close" }).click();
  return address;
}

test("every way out is in one place, each file has its name and begins as it should", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await planned(page);
  // By the keyboard: the dialog opens, Escape closes it, and the focus is back.
  await planMenu(page).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Take it along…" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeVisible();
  await expect(dialog(page).getByRole("button", { name: "Close" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(planMenu(page)).toBeFocused();
  await take(page);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, ["color-contrast"]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(0);

  const head = "Restore Desk, plan made 2026-11-24 02:00:00 UTC under the edition 2024-04-02";
  for (const [button, name, begins, holds] of [
    // The sample is made up: every file says so, and none does anything.
    ["Download Markdown", "sample-plan-1.md", /^# Restore “Contoso Sales”.*\n\n\*\*Sample or rehearsal: nothing in this is real/, "```powershell"],
    ["PowerShell script", "sample-plan-1.ps1", /^\uFEFF# Sample or rehearsal.*\nthrow '.*\n# Restore “Contoso Sales”.*\n# Restore Desk, /, head],
    ["pac script", "sample-plan-1-pac.ps1", /^\uFEFF# Sample or rehearsal.*\nthrow '.*\n# Restore “Contoso Sales”.*\n# Restore Desk, /, "if ($LASTEXITCODE -ne 0)"],
    ["REST requests", "sample-plan-1.http", /^# Sample or rehearsal.*\n# Plan: Restore “Contoso Sales”/, "restore?ValidateOnly=true&"],
    ["Deadlines", "sample-plan-1.ics", /^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/, "TRIGGER:-PT24H"],
    ["Plan as a file", "sample-plan-1.json", /^\{\n\s+"app": "restore-desk",\n\s+"kind": "plan"/, '"play": true'],
  ] as const) {
    const file = await downloaded(page, () => dialog(page).getByRole("button", { name: button, exact: true }).click());
    expect(file.name).toBe(name);
    expect(file.text).toMatch(begins);
    expect(file.text).toContain(holds);
    if (name.endsWith("ps1") || name.endsWith("http")) expect(file.text).toContain(head);
    if (name.endsWith(".http")) {
      const dry = file.text.indexOf("restore?ValidateOnly=true&");
      const real = file.text.indexOf("/restore?api-version");
      expect(dry, "the dry run stands before the restore").toBeLessThan(real);
      expect(file.text).toMatch(/# @note\n# POST .*\/restore\?api-version/);
      expect(file.text, "no request is sent by accident").not.toMatch(/^(GET|POST|PUT|DELETE)/m);
    }
  }
  await dialog(page).getByRole("button", { name: "Copy as Markdown" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^# Restore “Contoso Sales”/);
  await dialog(page).getByRole("button", { name: "Copy the link" }).click();
  const address = await link(page).inputValue();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(address);
  expect(address).toMatch(/#\/shared\/2\.[0-9a-f]{8}\.[A-Za-z0-9_-]+$/);
});

test("one tool for all steps, and each says where a person might trip", async ({ page }) => {
  await planned(page);
  const restore = await openStep(page, /^\d+\. Restore “Contoso Sales”/);
  await expect(restore).toContainText("-EnvironmentName is the target, which is overwritten");
  await expect(restore).toContainText("SkipAuditData is always set");
  await expect(restore.getByText("Overwrites or puts at risk")).toBeVisible();
  await expect(rail(page).getByRole("button", { name: /^Restore.*overwrites/ })).toHaveAttribute("aria-current", "step");
  await tool(page, "pac").focus();
  await page.keyboard.press("Enter");
  await expect(restore).toContainText("without --target-env pac overwrites the source");
  await expect(restore).toContainText("the date is in ISO 8601, which rests on one report");
  await expect(restore).toContainText("--skip-audit-data is there because");
  // Where the tool has no command, the admin center is the default.
  const dry = await openStep(page, /without carrying it out|Try|validate/i);
  await expect(dry).toContainText("In the admin center");
  await expect(dry).toContainText("pac has no dry run");
  await tool(page, "REST").click();
  await openStep(page, /^\d+\. Restore “Contoso Sales”/);
  await expect(restore).toContainText("the address names the target, which is overwritten");
  await saved(page);
  await reload(page);
  await expect(tool(page, "REST"), "the tool is remembered").toHaveAttribute("aria-pressed", "true");
});

test("what is typed once fills every command, is kept, and is told where it is wrong", async ({ page }) => {
  await planned(page);
  const group = page.getByLabel("Security group id");
  const restore = await openStep(page, /^\d+\. Restore “Contoso Sales”/);
  await expect(restore).toContainText("TargetSecurityGroupId (not printed)");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await group.fill("Sales people");
  await expect(page.getByText("The id of a group has 32 letters")).toBeVisible();
  await expect(group).toHaveAttribute("aria-invalid", "true");
  await expect(restore.getByRole("group", { name: /^the command for/ })).not.toContainText("Sales people");
  await page.getByRole("button", { name: "Copy script" }).click();
  await expect(page.locator(".toast").first()).toContainText("The script is copied, without the ids that are marked wrong.");
  const id = "0f0f0f0f-1111-2222-3333-444444444444";
  await group.fill(` {${id}} `);
  await group.blur();
  await expect(group).toHaveValue(id);
  await expect(group).not.toHaveAttribute("aria-invalid", "true");
  await expect(restore).toContainText(`TargetSecurityGroupId = '${id}'`);
  await page.getByLabel("Carried out by").fill("Ada O'Neill");
  await saved(page);
  await reload(page);
  await expect(group).toHaveValue(id);
  await expect(page.getByLabel("Carried out by")).toHaveValue("Ada O'Neill");
  await take(page);
  for (const button of ["PowerShell script", "REST requests", "Download Markdown"]) {
    const file = await downloaded(page, () => dialog(page).getByRole("button", { name: button, exact: true }).click());
    expect(file.text, button).toContain(id);
  }
});

test("a text that is no id fills no command, and is told where it stands", async ({ page }) => {
  await openSample(page);
  await go(page, "/way-back?mishap=records&environment=c0470500-0000-4000-8000-000000000001&from=2026-11-24T01:00:00Z");
  await page.getByRole("article", { name: /to a new environment and carry the records over/ }).getByRole("button", { name: "Make the plan" }).click();
  await openStep(page, /^\d+\. Create/);
  const field = page.getByLabel("New environment id");
  await field.fill("Sales-copy");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(/32 letters a to f and digits/);
  const restore = await openStep(page, /^\d+\. Restore “/);
  await expect(restore).toContainText("<id of the new environment>");
  await expect(restore.getByRole("group", { name: /^the command for/ })).not.toContainText("Sales-copy");
  // The same where it is recorded, and nothing can be recorded with it.
  await (await stepBox(page, /^\d+\. Create/)).click();
  const asked = page.getByRole("dialog");
  await expect(asked.getByLabel(/^Id of the new environment/)).toHaveValue("Sales-copy");
  await expect(asked.getByLabel(/^Id of the new environment/)).toHaveAccessibleDescription(/32 letters a to f and digits/);
  await expect(asked.getByRole("button", { name: "Create it" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await saved(page);
  await reload(page);
  await expect(field, "what was typed is kept").toHaveValue("Sales-copy");
  const id = "0f0f0f0f-1111-4222-8333-444444444444";
  await field.fill(id);
  await expect(field).not.toHaveAttribute("aria-invalid", "true");
  await expect(await openStep(page, /^\d+\. Restore “/)).toContainText(id);
});

for (const [width, height] of [[1280, 800], [390, 844]] as const) {
  test(`the open step is in the first screenful, and what is said in passing covers nothing, ${width} px`, async ({ page }) => {
    await openSample(page);
    await planOntoUat(page);
    await confirmLosses(page);
    const restore = await openStep(page, /^\d+\. Restore “/);
    await page.setViewportSize({ width, height });
    await page.evaluate(() => scrollTo(0, 0));
    await expect(restore.getByRole("heading")).toBeInViewport({ ratio: 1 });
    const button = restore.getByRole("button", { name: "Do the restore in the sample" });
    await expect(button).toBeInViewport({ ratio: 1 });
    await inPlanMenu(page, "Deadlines for a calendar");
    const said = page.getByRole("status").filter({ hasText: "is in your downloads" });
    await expect(said).toBeVisible();
    // Whoever presses in its middle presses it; on a phone the bar below as well.
    for (const what of [button, page.getByRole("navigation").getByRole("link", { name: "Plans" }).last(), said.getByRole("button").first()]) {
      expect(await what.evaluate((e) => {
        const at = e.getBoundingClientRect();
        return e.contains(document.elementFromPoint((at.left + at.right) / 2, (at.top + at.bottom) / 2));
      })).toBe(true);
    }
    // At the end of the page and of the navigation too.
    const covered = await said.evaluate((said) => {
      const at = said.getBoundingClientRect();
      const over = (e: Element) => {
        const other = e.getBoundingClientRect();
        return other.width > 0 && other.left < at.right && at.left < other.right && other.top < at.bottom && at.top < other.bottom;
      };
      scrollTo(0, document.documentElement.scrollHeight);
      document.querySelector(".side-in")?.scrollTo(0, 9999);
      const last = [...document.querySelectorAll("main a, main button, main input, .side a, .side select")].filter((e) => !said.contains(e));
      return last.filter(over).map((e) => e.textContent || e.tagName);
    });
    expect(covered).toEqual([]);
  });
}

test("the rail is one tab stop, and on a phone the steps fold into one line", async ({ page }) => {
  await planned(page);
  await confirmLosses(page);
  const entries = rail(page).getByRole("button");
  await expect(entries.first()).toHaveAttribute("tabindex", "0");
  await entries.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(entries.nth(1)).toBeFocused();
  await page.keyboard.press("End");
  await expect(entries.last()).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: /^1\. / })).toBeFocused();
  await expect(entries.nth(1)).toHaveAttribute("tabindex", "0");
  await expect(page.locator('nav.rail button[tabindex="0"]')).toHaveCount(1);
  // What lies half behind the bar would be called too small a target.
  await page.evaluate(() => scrollTo(0, 0));
  await expectAccessible(page);

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(rail(page)).toBeHidden();
  const bar = page.getByRole("button", { name: /^Step 1 of \d+/ });
  await page.getByRole("button", { name: "Next step", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 2, name: /^2\. / })).toBeFocused();
  await expect(page.getByRole("button", { name: "Done, next step" })).toBeInViewport();
  await page.getByRole("button", { name: "Previous step" }).click();
  await bar.click();
  await expect(rail(page)).toBeVisible();
  await page.evaluate(() => scrollTo(0, 0));
  await expectAccessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(0);
});

test("the first screenful holds what is left and one primary button; the script is copied by it", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.setViewportSize({ width: 1280, height: 800 });
  await planned(page);
  await expect(page.getByText(/^\d+ days \d+ h left$/)).toBeInViewport();
  await expect(page.getByRole("img", { name: /latest sensible start .*the point ends/ })).toBeInViewport();
  const copy = page.getByRole("button", { name: "Copy script" });
  await expect(copy).toBeInViewport();
  await expect(page.getByRole("main").locator(".btn.pri:visible")).toHaveCount(1);
  await copy.click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^# Sample or rehearsal/);
  await inPlanMenu(page, "Copy the link to this plan");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/#\/shared\/2\./);
  const file = await downloaded(page, () => inPlanMenu(page, "Deadlines for a calendar"));
  expect(file.name).toBe("sample-plan-1.ics");
});

test("the dialog of a step begins at its heading, and what is in it can be pressed", async ({ page }) => {
  await planned(page);
  for (const title of [/^\d+\. Restore “/, /manual backup/]) {
    await (await openStep(page, title)).getByRole("button", { name: /^Do (it|the restore) in the sample$/ }).click();
    const asked = page.getByRole("dialog");
    await expect(asked.getByRole("heading", { level: 2 })).toBeFocused();
    const pressed = await asked.getByRole("button", { name: "Tick it off without recording anything" }).evaluate((e) => {
      const at = e.getBoundingClientRect();
      return e.contains(document.elementFromPoint((at.left + at.right) / 2, (at.top + at.bottom) / 2));
    });
    expect(pressed).toBe(true);
    await page.keyboard.press("Escape");
  }
});

test("what was just done in a plan is undone where it is told; that a plan is made goes with its page", async ({ page }) => {
  await planned(page);
  const told = page.locator(".toast");
  await expect(told).toHaveText(/^The plan is made and kept/);
  await go(page, "/plans");
  // Sooner than it would go by itself.
  await expect(told).toHaveCount(0, { timeout: 2000 });
  await go(page, "/plans/1");
  const backup = await stepBox(page, /manual backup/);
  await backup.click();
  await page.getByRole("dialog").getByRole("button", { name: "Do it" }).click();
  await expect(backup).toBeChecked();
  await told.getByRole("button", { name: /^Undo: / }).click();
  await expect(told).toContainText("Taken back: ");
  await openStep(page, /manual backup/);
  await expect(backup).not.toBeChecked();
});

test("a plan that was just made is taken back where it is told, to where it was made", async ({ page }) => {
  await planned(page);
  await page.getByRole("button", { name: "Undo: The plan is made and kept" }).click();
  await expect(page).toHaveURL(/#\/restore/);
  await expect(page.getByRole("heading", { level: 2, name: /^Step 5 of 5/ })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Contoso Sales");
  await expect(page.locator(".toast").first()).toContainText("Taken back: the plan is not kept.");
  await go(page, "/plans/1");
  await expect(page.getByRole("heading", { level: 1, name: "No such plan" })).toBeVisible();
});

test("the making of a plan is undone no more once a step is ticked", async ({ page }) => {
  await planned(page);
  const undo = page.getByRole("button", { name: "Undo: The plan is made and kept" });
  await expect(undo).toBeVisible();
  await (await stepBox(page, 0)).click();
  await expect(undo).toHaveCount(0);
});

test("where a point is possible after its guarantee, the plan says until when it is guaranteed", async ({ page }) => {
  await openSample(page);
  const way = "/way-back?mishap=import&environment=c0470500-0000-4000-8000-000000000002&from=2026-11-22T01:00:00Z";
  await go(page, way);
  await page.getByRole("textbox", { name: "Type Contoso HR to confirm" }).first().fill("Contoso HR");
  await page.getByRole("button", { name: "Make the plan" }).first().click();
  await expect(page.getByRole("img", { name: /guaranteed until Sun 29 Nov .*, possible until Sun 20 Dec/ })).toBeVisible();
  await expect(page.getByText(/^the point ends/)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo: The plan is made and kept" }).click();
  await expect(page).toHaveURL(/#\/way-back\?mishap=import/);
});

test("what is said last stands whole in the window, however much was said", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await planned(page);
  for (const title of [/manual backup/, /^\d+\. Restore “Contoso Sales”/]) {
    await (await stepBox(page, title)).click();
    const asked = page.getByRole("dialog");
    await asked.getByRole("button", { name: /^(Do it|Begin the restore)$/ }).click();
    await expect(asked).toHaveCount(0);
    const newest = page.locator(".toast").first();
    await expect(newest.getByRole("button", { name: /^Undo: / })).toBeVisible();
    await expect(async () => {
      const [toast, box] = [(await newest.boundingBox())!, (await page.locator(".toasts").boundingBox())!];
      expect(toast.y).toBeGreaterThanOrEqual(box.y);
      expect(toast.y + toast.height).toBeLessThanOrEqual(800);
      expect(toast.y + toast.height).toBeLessThanOrEqual(box.y + box.height + 1);
    }).toPass();
  }
  // Nobody has told yet what a rehearsal is.
  await (await stepBox(page, /^\d+\. Watch until/)).click();
  await expect(page.getByRole("dialog")).toContainText("Moving the clock begins a rehearsal.");
  await expect(page.getByRole("dialog")).toContainText("ending the rehearsal makes the sample as new: the plans in it");
});

test("on a phone the first loss is seen, and Start leads to it until each is confirmed", async ({ page }) => {
  await openSample(page);
  await go(page, "/way-back?mishap=import&environment=c0470500-0000-4000-8000-000000000001&from=2026-11-23T01:00:00Z");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("textbox", { name: "Type Contoso Sales to confirm" }).fill("Contoso Sales");
  await page.getByRole("button", { name: "Make the plan" }).filter({ visible: true }).first().click();
  await expect(page).toHaveURL(/#\/plans\/1$/);
  await page.evaluate(() => scrollTo(0, 0));
  const loss = page.getByRole("region", { name: "Losses and risks" }).getByRole("checkbox").first();
  await expect(loss).toBeInViewport();
  const bar = (await page.locator(".step-f").filter({ visible: true }).boundingBox())!;
  expect((await loss.boundingBox())!.y + 18, "it does not lie under the bar").toBeLessThanOrEqual(bar.y);
  await page.getByRole("button", { name: "Start", exact: true }).click({ force: true });
  await expect(loss).toBeFocused();
  await page.getByRole("heading", { level: 1 }).click();
  await page.getByRole("button", { name: "Confirm each loss first" }).click();
  await expect(loss).toBeFocused();
});

test("on paper the plan is a document", async ({ page }, info) => {
  await planned(page);
  await confirmLosses(page);
  await (await stepBox(page, 0)).check();
  await tool(page, "pac").click();
  // "Print" closes its dialog first.
  await page.evaluate(() => (window.print = () => document.body.setAttribute("data-printed", String(!document.querySelector("dialog[open]")))));
  await take(page);
  await expect(dialog(page)).toContainText("Each step has its pac command");
  await dialog(page).getByRole("button", { name: "Print" }).click();
  await expect(page.locator("body")).toHaveAttribute("data-printed", "true");

  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ media: "print", colorScheme });
    await expect(page.getByRole("navigation", { name: "Pages" })).toBeHidden();
    await expect(page.getByRole("banner")).toBeHidden();
    await expect(planMenu(page)).toBeHidden();
    const main = page.getByRole("main");
    await expect(main.getByText("Restore Desk · Contoso (sample)")).toBeVisible();
    await expect(main.getByText("Rules of 2 April 2024, the whole page was read").first()).toBeVisible();
    await expect(main.getByText("Sample or rehearsal: nothing in this plan is real.")).toBeVisible();
    // Both clocks, for the point, for a deadline and inside of sentences.
    await expect(main.getByText("Sun 15 Nov 2026 14:05 (13:05 UTC)").first()).toBeVisible();
    await expect(main.getByRole("region", { name: "Deadlines" })).toContainText(/\d\d:\d\d \(\d\d:\d\d UTC\)/);
    await expect(main.getByRole("region", { name: "Losses and risks" })).toContainText(
      /until \w{3} \d+ \w{3} 2026 \d\d:\d\d \(\d\d:\d\d UTC\)/,
    );
    // Boxes: a step and the losses are ticked, the others are empty; and lines to sign.
    const boxes = main.getByRole("checkbox");
    const all = await boxes.count();
    const losses = await main.getByRole("region", { name: "Losses and risks" }).getByRole("checkbox").count();
    expect(await main.getByRole("checkbox", { checked: false }).count()).toBe(all - losses - 1);
    for (const box of await boxes.all()) await expect(box).toBeVisible();
    await expect(main.getByText("Done by").first()).toBeVisible();
    await expect(main.getByRole("region", { name: "Sign-off" })).toBeVisible();
    await expect(main.getByRole("rowheader", { name: "Carried out by" })).toBeVisible();
    // The chosen tool alone; nothing that was folded away or cut off.
    await expect(page.getByRole("group", { name: "Tool for all steps" })).toBeHidden();
    await expect(main.getByText("pac admin restore --source-env")).toBeVisible();
    // Who, and the ids, once; a line for what is missing.
    await expect(main.getByText("Who may", { exact: true })).toHaveCount(1);
    await expect(main.locator("dd.paper-line")).toHaveCount(2);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll("main pre, main dd, main p")].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.outerHTML.slice(0, 100)),
    );
    expect(cut, "nothing is cut off").toEqual([]);
    const paints = await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector("main h1")!).color]);
    expect(paints).toEqual(["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
    await info.attach(`paper-${colorScheme}`, { body: await page.screenshot({ fullPage: true }), contentType: "image/png" });
  }
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  await info.attach("paper", { body: pdf, contentType: "application/pdf" });
  expect(pdf.length).toBeGreaterThan(10_000);
});

test("a link carries the plan to another browser, and changes nothing until it is accepted", async ({ page, browser, appUrl }) => {
  await planned(page);
  const address = await linkOf(page);
  const other = await browser.newContext({ baseURL: appUrl, locale: "en-GB", timezoneId: "America/New_York" });
  const theirs = await other.newPage();
  const complaints: string[] = [];
  theirs.on("console", (m) => m.type() === "error" && complaints.push(m.text()));
  theirs.on("request", (r) => r.url().includes("shared") && complaints.push(`the plan went to ${r.url()}`));
  await theirs.clock.setFixedTime("2026-11-26T02:00:00Z");
  await theirs.goto(address);
  await appRuns(theirs);
  await expect(theirs.getByRole("heading", { level: 1, name: "A plan from elsewhere" })).toBeVisible();
  const offer = theirs.getByRole("region", { name: "The plan of the link" });
  await expect(offer).toContainText("Restore “Contoso Sales”");
  await expect(offer).toContainText("Mon 23 Nov 2026 21:00 (Tue 24 Nov 02:00 UTC) 2 days ago");
  await expect(offer).toContainText("Rules of 2 April 2024");
  await expect(offer).toContainText("nothing in it is real");
  await expect(offer).toContainText("Source: not in this tenant, so it cannot be checked here");
  await expect(offer).toContainText("Target, which is overwritten: not in this tenant");
  await offer.getByText(/^\d+ steps and \d+ cautions$/).click();
  await expect(offer.getByText("Sign in as an administrator")).toBeVisible();
  await expectAccessible(theirs);
  await theirs.setViewportSize({ width: 390, height: 844 });
  await theirs.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(theirs);
  await theirs.setViewportSize({ width: 1280, height: 800 });

  // Looking, leaving, loading anew: nothing was kept.
  const nothingKept = () => theirs.evaluate(() => JSON.stringify({ ...localStorage }).includes("Contoso"));
  expect(await nothingKept()).toBe(false);
  await offer.getByRole("button", { name: "Not now" }).click();
  await go(theirs, "/plans");
  await expect(theirs.getByText("No plans yet")).toBeVisible();
  expect(await nothingKept()).toBe(false);
  await theirs.goBack();
  await theirs.goBack();
  await theirs.getByRole("button", { name: "Keep this plan" }).click();
  await expect(theirs).toHaveURL(/#\/plans\/1$/);
  await expect(theirs.getByRole("heading", { level: 1 })).toContainText("Restore “Contoso Sales”");
  await expect(theirs.getByText(/Made elsewhere, in “Contoso”/)).toBeVisible();
  await saved(theirs);
  // Once more: it is here already.
  await theirs.goto(address);
  await theirs.getByRole("button", { name: "Open plan 1" }).click();
  await expect(theirs).toHaveURL(/#\/plans\/1$/);
  await go(theirs, "/plans");
  await expect(theirs.getByText("1 plan, newest first")).toBeVisible();
  expect(complaints).toEqual([]);
  await other.close();
});

test("a plan that was made here is known here, with the names of its environments", async ({ page }) => {
  await planned(page);
  const address = await linkOf(page);
  await inPlanMenu(page, "Delete the plan");
  await go(page, address.split("#")[1]!);
  const offer = page.getByRole("region", { name: "The plan of the link" });
  await expect(offer).toContainText("Source: in this tenant, Contoso Sales");
  await expect(offer.getByRole("link", { name: "Sales UAT" })).toBeVisible();
  await offer.getByRole("button", { name: "Keep this plan" }).click();
  await expect(page).toHaveURL(/#\/plans\/2$/);
  await expect(page.getByText(/Made elsewhere/)).toBeVisible();
});

test("a plan that was deleted comes back with what is ticked in it", async ({ page }) => {
  await planned(page);
  await confirmLosses(page);
  await (await stepBox(page, 0)).check();
  const done = await page.locator(".plan-head .plan-progress").textContent();
  await inPlanMenu(page, "Delete the plan");
  await expect(page).toHaveURL(/#\/plans$/);
  await expect(page.getByText("No plans yet")).toBeVisible();
  const said = page.locator(".toast").first();
  await expect(said).toContainText("Deleted: the plan Contoso Sales onto Sales UAT.");
  await said.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("1 plan, newest first")).toBeVisible();
  await expect(page.locator(".plan-progress")).toHaveText(done!);
  await said.getByRole("button", { name: "Redo" }).click();
  await expect(page.getByText("No plans yet")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.reload();
  await expect(page.getByText("1 plan, newest first")).toBeVisible();
});

test("a file of a plan is recognised where inventories are added", async ({ page }) => {
  await planned(page);
  await take(page);
  const file = await downloaded(page, () => dialog(page).getByRole("button", { name: "Plan as a file" }).click());
  await dialog(page).getByRole("button", { name: "Close" }).click();
  await inPlanMenu(page, "Delete the plan");
  await go(page, "/import");
  const changed = file.text.replaceAll('"name": "Sales UAT"', '"name": "Sales <b>UAT</b>"');
  expect(changed).not.toBe(file.text);
  const broken = file.text.replace('"destructive": true', '"destructive": false');
  const source = /"source": "([^"]+)"/.exec(file.text)![1]!;
  const managed = JSON.stringify({ SetManaged: { environment: source, managed: false } });
  await choose(
    page,
    { name: "plan-1.json", text: file.text },
    { name: "changed.json", text: changed },
    { name: "broken.json", text: broken },
    { name: "newer.json", text: file.text.replace('"version": 2', '"version": 7') },
    { name: "cut\u202Egnp.json", text: file.text.slice(0, 900) },
    { name: "kind.json", text: file.text.replace('"kind": "plan"', '"kind": "Plan"') },
    { name: "managed.json", text: file.text.replace('"action": "SignIn"', `"action": ${managed}`) },
  );
  await expect(item(page, "cutgnp.json"), "a name is shown as it is written").toContainText("Save the whole file once more");
  await expect(item(page, "cutgnp.json")).not.toContainText("Export the list again");
  await expect(item(page, "kind.json")).toContainText("This is not a plan of Restore Desk");
  await expect(item(page, "managed.json")).toContainText("a step does something else than it says");
  await expect(item(page, "broken.json")).toContainText("a step that overwrites is not marked as one");
  await expect(item(page, "newer.json")).toContainText("made by a newer version of Restore Desk (form 7");
  await item(page, "changed.json").getByText(/^\d+ steps and/).click();
  await expect(item(page, "changed.json")).toContainText("Sales <b>UAT</b>");
  await item(page, "changed.json").getByRole("button", { name: "Not now" }).click();
  await expect(item(page, "changed.json")).toHaveCount(0);
  await expectAccessible(page);
  await item(page, "plan-1.json").getByRole("button", { name: "Keep this plan" }).click();
  await expect(page).toHaveURL(/#\/plans\/2$/);
});

test("a link that is damaged, cut off, too long, newer or hostile says so and what to do", async ({ page }) => {
  await planned(page);
  const data = (await linkOf(page)).split("#/shared/")[1]!;
  await openAt(page, "", NOW);
  const says = async (link: string, what: RegExp, help: RegExp) => {
    await go(page, `/shared/${link}`);
    await expect(page.getByRole("heading", { level: 1, name: "The plan of this link cannot be opened" })).toBeVisible();
    await expect(page.getByRole("alert")).toHaveText(what);
    await expect(page.getByRole("main")).toContainText(help);
    await expect(page.getByRole("button", { name: "Keep this plan" })).toHaveCount(0);
  };
  const middle = Math.floor(data.length / 2);
  const other = data[middle] === "A" ? "B" : "A";
  await says(data.slice(0, -1), /a part of it is missing or was changed/, /Copy the whole link once more/);
  await says(data.slice(0, middle) + other + data.slice(middle + 1), /damaged/, /ask for the plan as a file/);
  await says(`${data}%29`, /damaged/, /Nothing here was changed/);
  await says(`3.${data.slice(2)}`, /made by a newer version/, /Load this page anew/);
  await says("x".repeat(16_001), /too long: it has 16,001 characters/, /as a file/);
  await says("1", /damaged/, /Copy the whole link/);
  await says("", /damaged/, /Copy the whole link/);
  await expectAccessible(page);
});

test("a plan from elsewhere that is not true here says so before it is kept, and does not run", async ({ page }, info) => {
  await planned(page);
  await take(page);
  const file = await downloaded(page, () => dialog(page).getByRole("button", { name: "Plan as a file" }).click());
  await dialog(page).getByRole("button", { name: "Close" }).click();
  // It confirms with another name than the target has. What a step is called is made of what it does, and cannot say something else.
  const other = file.text.replaceAll('"target_name": "Sales UAT"', '"target_name": "Sales Playground"');
  expect(other).not.toBe(file.text);
  await go(page, "/import");
  await choose(page, { name: "other.json", text: other });
  const offer = item(page, "other.json");
  await expect(offer).toContainText("Some of this plan is not true here");
  await expect(offer).toContainText("The target is called “Sales UAT” now, and this plan confirms with “Sales Playground”.");
  await expect(offer).toContainText("As it stands it must not be carried out");
  await offer.getByText(/^\d+ steps and/).click();
  await expect(offer).toContainText(/Does: restores “Contoso Sales” \([0-9a-f-]+\) as it was at .* onto “Sales UAT” \([0-9a-f-]+\), which is overwritten/);
  await expectAccessible(page);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await expectAccessible(page, ["color-contrast"]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, "nothing scrolls sideways").toBeLessThanOrEqual(0);
      await info.attach(`offer-${colorScheme}-${width}`, { body: await page.screenshot({ fullPage: true }), contentType: "image/png" });
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });

  await offer.getByRole("button", { name: "Keep this plan" }).click();
  await expect(page).toHaveURL(/#\/plans\/2$/);
  await expect(page.getByText("Some of this plan is no longer true")).toBeVisible();
  await expect(await openStep(page, /^\d+\. Restore “Contoso Sales” as/)).toContainText(/Does\s*Restores “Contoso Sales”/);
  await take(page);
  await expect(dialog(page)).toContainText("The scripts stop at their first line");
  for (const [button, holds] of [
    ["Download Markdown", /\n\n\*\*Made elsewhere, in “Contoso.*\n\n\*\*Some of it is no longer true at .*:\*\*\n\n- /],
    ["PowerShell script", /# Made elsewhere, in “Contoso.*\n# Some of it is no longer true at .*:\n# - (.*\n# )*.*\nthrow 'Some of this plan is no longer true: Step \d+: The target is called/],
    ["pac script", /\nthrow 'Some of this plan is no longer true: Step \d+: The target is called/],
    ["REST requests", /# Make the plan again: every request is a comment\./],
    ["Deadlines", /Some of it is no/],
  ] as const) {
    const taken = await downloaded(page, () => dialog(page).getByRole("button", { name: button, exact: true }).click());
    expect(taken.text).toMatch(holds);
    if (button === "REST requests") expect(taken.text).not.toMatch(/^(GET|POST|PUT|DELETE)/m);
  }
  await expectAccessible(page);
  await info.attach("take-along", { body: await page.screenshot(), contentType: "image/png" });
  await dialog(page).getByRole("button", { name: "Close" }).click();
  await info.attach("kept", { body: await page.screenshot({ fullPage: true }), contentType: "image/png" });
  await go(page, "/plans");
  await expect(page.getByRole("listitem").filter({ hasText: "made elsewhere" })).toContainText("Not as it stands");
});

test("what lies ahead of the clock of this device is said, also where nothing of the plan is known", async ({ page }) => {
  await planned(page);
  const address = await linkOf(page);
  const context = page.context();
  const other = await context.browser()!.newContext();
  const theirs = await other.newPage();
  await theirs.clock.setFixedTime("2026-11-23T02:00:00Z");
  await theirs.goto(address);
  await appRuns(theirs);
  const offer = theirs.getByRole("region", { name: "The plan of the link" });
  await expect(offer).toContainText("which lies ahead");
  await expect(offer).toContainText("not in this tenant, so it cannot be checked here");
  await expect(offer).not.toContainText("Some of this plan is not true here");
  // Without its environments it is kept to be read; what is taken along of it does nothing.
  await offer.getByRole("button", { name: "Keep this plan" }).click();
  await expect(theirs.getByText("Some of this plan is no longer true")).toBeVisible();
  await expect(theirs.getByRole("status").filter({ hasText: "is not in this tenant" })).toBeVisible();
  await other.close();
});

test("when it starts is typed or pressed, read back, and kept with the plan", async ({ page }) => {
  await planned(page);
  await page.getByText("Plan when to start").click();
  const start = page.getByLabel("Begin the restore");
  await expect(start).toBeFocused();
  await expect(start).toHaveAccessibleDescription(/such as tomorrow 8, mon 8:30/);
  await start.fill("tomorrow 9");
  await expect(start).toHaveAccessibleDescription(/Wed 25 Nov 2026 09:00 \(08:00 UTC\)/);
  const box = page.locator(".due-start");
  await expect(box).toContainText(/Then .+ are left to the last sensible start\./);
  await start.fill("yesterday 14");
  await expect(start).toHaveAccessibleDescription(/is past; type a later time/);
  await expect(box).not.toContainText("are left");
  await box.getByRole("button", { name: "in 7 days" }).click();
  await expect(page.getByRole("button", { name: "To start Tue 1 Dec 2026 03:00" })).toHaveAttribute("aria-expanded", "true");
  await start.fill("1 jan 2027 9:00");
  await expect(box).toContainText("The point has left its window by then: the restore would fail.");
  // On the picture too: half of the way from now to the end of the point.
  const band = page.getByRole("img", { name: /the point ends Sun 13 Dec/ });
  const area = (await band.boundingBox())!;
  await band.click({ position: { x: area.width / 2, y: area.height / 2 } });
  await expect(start).toHaveValue(/^2026-12-03 /);
  await expect(box).toContainText(/Then .+ are left to the last sensible start\./);
  await start.fill("tomorrow 9");
  await saved(page);
  await reload(page);
  await expect(page.getByLabel("Begin the restore")).toHaveValue(/2026-11-25 09:00/);
  await expectAccessible(page);
});
