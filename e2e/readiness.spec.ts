// The whole tenant judged: the score with what moves it, findings that are settled on the spot, what changed since the last
// import, the report on paper and as a table, and what ends next.
import { readFileSync } from "node:fs";
import { choose, go, importFile, keepButton, openAt, openSample, reload, saved } from "./desk";
import { expect, expectAccessible, test, type Page } from "./harness";
import * as samples from "./samples";
import { FABRIKAM, FINANCE, NOW, SALES, TRAINING, UAT } from "./samples";

const score = async (page: Page) => Number(/[\d.]+/.exec(await page.getByText(/^Score [\d.]+ of 100 points/).first().innerText())![0]);
const finding = (page: Page, title: string) => page.getByRole("listitem").filter({ has: page.getByRole("button", { name: title }) });
const rows = (page: Page) => page.getByRole("grid", { name: /^Environments, those/ }).getByRole("rowheader");

/** Lines of a CSV file, as a reader of RFC 4180 sees them. */
function csv(text: string): string[][] {
  const lines: string[][] = [[]];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === "," || c === "\n") {
      lines.at(-1)!.push(cell);
      cell = "";
      if (c === "\n") lines.push([]);
    } else if (c !== "\r") cell += c;
  }
  return lines.filter((l) => l.length > 0);
}

async function download(page: Page, button: string | RegExp): Promise<{ name: string; text: string }> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  const file = await waiting;
  return { name: file.suggestedFilename(), text: readFileSync((await file.path())!, "utf8") };
}

/** Says how much storage the tenant has, where it is asked. */
async function giveStorage(page: Page, used = "40"): Promise<void> {
  await page.getByRole("button", { name: "Free storage is not known" }).click();
  for (const [label, value] of [
    ["Database, entitled (GB)", "100"],
    ["Database, used (GB)", used],
    ["Log, entitled (GB)", "10"],
    ["Log, used (GB)", "1"],
    ["File, entitled (GB)", "100"],
    ["File, used (GB)", "1"],
  ] as const) {
    await page.getByLabel(label).fill(value);
  }
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  // The line stays where it was, with what was answered.
  await expect(finding(page, "Free storage is not known")).toContainText("settled");
  await expect(page.getByRole("button", { name: "Undo the answer: storage of the tenant" })).toBeFocused();
}

test.describe("the score", () => {
  test("stands beside what moves it, and the amounts add up", async ({ page }) => {
    await openSample(page, "/readiness");
    // The sentence leads, the score stands beside it, and the bar has every environment once.
    await expect(page.getByRole("heading", { level: 1, name: "5 of 19 environments cannot be brought back" })).toBeVisible();
    await expect(page.locator(".fleet-one")).toHaveCount(19);
    await expect(page.getByText(/^100 − /)).toBeHidden();
    await page.getByRole("button", { name: "How it is counted" }).click();
    const sum = await page.getByText(/^100 − /).innerText();
    const [amounts, total] = sum.split(" = ");
    const parts = amounts!.split(" − ").map(Number);
    expect(parts.slice(1).reduce((left, cost) => left - cost * 10, 1000), sum).toBeCloseTo(Number(total) * 10, 5);
    expect(await score(page)).toBe(Number(total));
    // Each amount is a finding, in the same order.
    const costs = await page.locator(".finding-cost").evaluateAll((all) => all.map((c) => Number(c.textContent!.replace(/[^\d.]/g, ""))));
    expect(costs.filter((cost) => cost > 0)).toEqual(parts.slice(1));
    await expect(page.getByText(/What is not known costs as much as a no/)).toBeVisible();
  });

  test("without a tenant there is none", async ({ page }) => {
    await openAt(page, "/readiness");
    await expect(page.getByRole("heading", { name: "No environments yet" })).toBeVisible();
    await expect(page.getByText("of 100 points")).toHaveCount(0);
  });

  test("rises when an answer mends a finding that touches nothing else", async ({ page }) => {
    await openAt(page);
    await importFile(page, { name: "list.json", text: samples.restList(FABRIKAM) });
    await go(page, "/readiness");
    await expect(page.getByText("nothing to compare with yet")).toBeVisible();
    // Unknown storage is one question of the tenant: it costs points, and makes no environment less sure.
    const unknown = await score(page);
    await expect(page.getByRole("link", { name: /^0 surely/ })).toHaveCount(0);
    await giveStorage(page);
    expect(await score(page)).toBeGreaterThan(unknown);
    // Whether Training is managed is not in the file, and Finance Ledger has no other target.
    const title = "Not known onto what";
    const before = await score(page);
    const cost = Number((await finding(page, title).locator(".finding-cost").innerText()).replace(/[^\d.]/g, ""));
    await page.getByRole("button", { name: title }).click();
    await expect(finding(page, title)).toContainText("What to do");
    await expect(finding(page, title).getByRole("button", { name: /^Rule T4: / })).toBeVisible();
    await finding(page, title).getByRole("group", { name: "Is it a Managed Environment?" }).getByRole("button", { name: "No" }).click();
    await expect(finding(page, title)).toContainText("settled");
    await expect(finding(page, title).getByRole("button", { name: "Undo the answer: managed" })).toBeFocused();
    expect(await score(page)).toBeCloseTo(before + cost, 5);
    await saved(page);
    await reload(page);
    await expect(page.getByRole("button", { name: title })).toHaveCount(0);
  });
});

test("in the own tenant a mend is done elsewhere: its command stands beside what is recorded, and no page keeps the dialog", async ({ page }) => {
  await openAt(page);
  await importFile(page, { name: "list.json", text: samples.restList([SALES, { ...UAT, runtime: "AdminMode" }]) });
  await go(page, "/readiness");
  const title = "Administration mode left on";
  await expect(page.getByText("Nothing here changes your tenant: mend it in the admin center, then record it.")).toBeVisible();
  await expect(finding(page, title)).toContainText("Turn administration mode off");
  const dialog = page.getByRole("dialog", { name: UAT.name });
  await finding(page, title).getByRole("button", { name: "Record it" }).click();
  await dialog.getByText("How it is done, as a command").click();
  const command = dialog.getByRole("group", { name: "the command for: what is recorded" });
  await expect(command).toContainText(`Set-AdminPowerAppEnvironmentRuntimeState -EnvironmentName '${UAT.id}' -RuntimeState Enabled`);
  await dialog.getByRole("button", { name: "pac" }).click();
  await expect(command).toContainText(`pac admin set-runtime-state --environment ${UAT.id}`);

  await page.evaluate(() => (location.hash = "#/environments"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Environments");
  await expect(dialog).toBeHidden();
  await page.goBack();
  await finding(page, title).getByRole("button", { name: "Record it" }).click();
  await dialog.getByRole("button", { name: "Record it" }).click();
  await expect(finding(page, title)).toHaveCount(0);
  // What opened the dialog is gone with it: the focus goes to what stood before that.
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
});

test.describe("the table", () => {
  test("what could not be brought back is one click, a deep link, and a file", async ({ page }) => {
    await openSample(page, "/readiness");
    await page.getByRole("link", { name: "5 cannot" }).click();
    await expect(page).toHaveURL(/#\/readiness\?only=not$/);
    // The rows follow the address in steps: first the number that the link promised, then the names.
    await expect(rows(page)).toHaveCount(5);
    const lost = await rows(page).getByRole("link").allTextContents();
    expect(lost).toContain("Copilot Trial");
    expect(lost).not.toContain("Contoso Sales");
    await saved(page);
    await reload(page);
    await expect(rows(page)).toHaveCount(lost.length);

    const file = await download(page, "Download these rows as CSV");
    expect(file.name).toBe("sample-contoso-readiness-2026-11-24.csv");
    const [head, ...lines] = csv(file.text.replace(/^\uFEFF/, ""));
    expect(head![0]).toBe("Environment");
    expect(lines.map((l) => l[0])).toEqual(lost);
    for (const line of lines) {
      expect(line).toHaveLength(head!.length);
      expect(line[4]).toBe("No");
      for (const cell of line) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
    }
    await page.getByRole("searchbox").fill("nothing of that name");
    await expect(page.getByText("Nothing matches")).toBeVisible();
    await page.getByRole("button", { name: "Show all environments" }).click();
    await expect(rows(page)).toHaveCount(19);
  });

  test("says to when and onto what, with the reason where it is not sure", async ({ page }) => {
    await openSample(page, "/readiness?search=contoso%20sales");
    const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "Contoso Sales" }) });
    await expect(row).toContainText("Surely");
    await expect(row.getByRole("img", { name: /back to Tue 27 Oct 2026 03:00 \(02:00 UTC\)/ })).toBeVisible();
    await expect(row).toContainText(/Sales (UAT|Perf)|Support Test/);
    // The row opens: what it has no room for stands beside it.
    await row.click();
    const beside = page.getByRole("region", { name: "Contoso Sales", exact: true });
    await expect(beside).toContainText("surely Tue 27 Oct 2026 03:00 (02:00 UTC)");
    await expect(beside).toContainText("through Sandbox and back");
    await page.getByRole("searchbox").fill("canvas apps");
    await expect(page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "Canvas Apps" }) })).toContainText(/No.*No Dataverse, so no backups/s);
  });

  test("no name is taken for a formula", async ({ page }) => {
    await openAt(page);
    await importFile(page, { name: "list.json", text: samples.restList([{ ...SALES, name: '=HYPERLINK("http://x","y")' }, { ...UAT, name: "@SUM(A1), \"quoted\"" }]) });
    await go(page, "/readiness");
    const file = await download(page, "Download as CSV");
    const lines = csv(file.text.replace(/^\uFEFF/, "")).slice(1);
    expect(lines.map((l) => l[0]).sort()).toEqual(["'=HYPERLINK(\"http://x\",\"y\")", "'@SUM(A1), \"quoted\""]);
  });
});

test("two thousand environments are imported, judged, narrowed down and printed", async ({ page }) => {
  test.setTimeout(120_000);
  await openAt(page);
  await importFile(page, { name: "large.json", text: samples.restList(samples.largeTenant(2000)) });
  await go(page, "/readiness");
  await expect(page.getByText(/^Score [\d.]+ of 100 points/).first()).toBeVisible();
  // Only rows in sight are drawn, and all of them are counted.
  const grid = page.getByRole("grid", { name: /^Environments, those/ });
  await expect(grid).toHaveAttribute("aria-rowcount", "2001");
  await expect(page.getByText("2,000 environments.", { exact: true })).toBeVisible();
  expect(await rows(page).count()).toBeLessThan(161);
  await page.getByRole("button", { name: "No way back at all" }).click();
  await expect(finding(page, "No way back at all")).toContainText("and 321 more");
  await finding(page, "No way back at all").getByRole("link", { name: "See them in the table below" }).click();
  await expect(page.getByText("Narrowed down to 333 environments.")).toBeVisible();
  await page.getByRole("searchbox").fill("plant 1998");
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("searchbox").fill("");
  await page.getByRole("combobox", { name: "Finding" }).selectOption("");
  await expect(grid).toHaveAttribute("aria-rowcount", "2001");
  // Those that are not seen follow.
  let drawn = 0;
  await expect.poll(async () => drawn === (drawn = await rows(page).count())).toBe(true);
  expect(drawn).toBeLessThan(161);
  // Paper has them all.
  await page.evaluate(() => {
    window.print = () => window.dispatchEvent(new Event("beforeprint"));
  });
  await page.getByRole("button", { name: "Print the report" }).click();
  await expect(rows(page)).toHaveCount(2000);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await expect(rows(page)).toHaveCount(drawn);
});

test("a row of the table opens beside it by the keyboard, and its head sorts", async ({ page }) => {
  await openSample(page, "/readiness");
  const first = rows(page).first().getByRole("link");
  await first.focus();
  const name = await first.innerText();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("region", { name, exact: true });
  await expect(drawer.getByRole("heading", { name, exact: true })).toBeFocused();
  await expect(drawer.getByRole("heading", { name: "Findings" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(first).toBeFocused();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL(/sort=name/);
  const names = await rows(page).getByRole("link").evaluateAll((all) => all.map((a) => a.textContent!.toLowerCase()));
  expect(names).toEqual([...names].sort());
});

test("on paper there is a report: no navigation, no buttons, every finding open", async ({ page }) => {
  await openSample(page, "/readiness");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText(/^Readiness of Contoso \(sample\)/)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "5 of 19 environments cannot be brought back" })).toBeVisible();
  await expect(page.getByText(/^As of/)).toBeVisible();
  await expect(page.getByText("Rules of 2 April 2024, the whole page was read.")).toBeVisible();
  await expect(page.getByText(/^100 − /)).toBeVisible();
  await expect(page.getByText("Apply the key to a Sandbox", { exact: false }).or(page.getByText("Add a Dataverse database and", { exact: false })).first()).toBeVisible();
  for (const hidden of [
    page.getByRole("navigation", { name: "Pages" }),
    page.getByRole("button", { name: "Print the report" }),
    page.getByRole("button", { name: "Download as CSV" }),
    page.getByRole("searchbox"),
  ]) {
    await expect(hidden).toBeHidden();
  }
  const ink = await page.locator(".readiness .sheet-body .c-today").first().evaluate((e) => getComputedStyle(e).color);
  expect(ink).toBe("rgb(0, 0, 0)");
});

test("the next import says what became better, worse, new and gone", async ({ page }) => {
  await openAt(page, "", "2026-11-22T02:00:00Z");
  await importFile(page, { name: "first.json", text: samples.restList(FABRIKAM) });
  await go(page, "/readiness");
  await giveStorage(page);
  await page.clock.setFixedTime("2026-11-23T02:00:00Z");
  await importFile(page, { name: "second.json", text: samples.restList(FABRIKAM) });
  await page.clock.setFixedTime(NOW);
  const later = FABRIKAM.filter((e) => e !== TRAINING).map((e) => (e === UAT ? { ...e, database: false } : e === FINANCE ? { ...e, name: "Finance" } : e));
  await go(page, "/import");
  await choose(page, { name: "third.json", text: samples.restList([...later, { ...UAT, id: samples.id(9), name: "Fabrikam UAT 2" }]) });
  await keepButton(page).click();
  await go(page, "/readiness");
  const since = page.getByRole("region", { name: "Since an earlier import" });
  await expect(since).toContainText("Since Mon 23 Nov 2026 03:00 (02:00 UTC) 24 h ago: 2 worse, 1 new, 1 gone");
  await expect(since.getByRole("listitem").filter({ hasText: "Fabrikam UAT" }).first()).toContainText(/Surely.*became.*No/s);
  // It is as sure as before, and has lost what it could be restored to.
  await expect(since.getByRole("listitem").filter({ hasText: "Finance" })).toContainText("no other environment is left that it could be restored to");
  await expect(since.getByRole("listitem").filter({ hasText: "Training" })).toBeVisible();
  // The storage, which was not known at the very first one, made nothing less sure.
  await since.getByRole("combobox").selectOption({ label: "Sun 22 Nov 2026 03:00" });
  await expect(since).toContainText(/: 2 worse, 1 new, 1 gone/);
  await saved(page);
  await reload(page);
  await expect(since).toContainText("2 worse, 1 new, 1 gone");
});

test("under 1 GB the score says no more than the answers", async ({ page }) => {
  await openAt(page);
  await importFile(page, { name: "list.json", text: samples.restList(FABRIKAM) });
  await go(page, "/readiness");
  await giveStorage(page, "99.5");
  expect(await score(page)).toBeLessThanOrEqual(20);
  await expect(page.getByRole("link", { name: /^0 surely/ })).toBeVisible();
  // The share leads, in one sentence with the score.
  await expect(page.getByRole("heading", { level: 1, name: /environments cannot be brought back$/ })).toBeVisible();
  await expect(page.getByText(/^The tenant has under 1 GB of free storage\. .*Score [\d.]+ of 100 points, in which Production counts most/)).toBeVisible();
  await expect(page.getByText("holds the score at 20 at most", { exact: false }).first()).toBeVisible();
});

test.describe("deadlines", () => {
  test("the next six stand at the start on an axis, all of them on a page of their own", async ({ page }) => {
    await openSample(page);
    const next = page.getByRole("region", { name: "What ends next" });
    await expect(next.getByRole("rowheader")).toHaveCount(6);
    // What has no date stands first.
    await expect(next.getByRole("row").nth(1)).toContainText("Legacy CRM switch it back, or lose its older points");
    await expect(next.getByRole("row").nth(1)).toContainText("at once");
    await expect(next.getByRole("row").filter({ hasText: "“golden data” expires" })).toContainText(/Sales UAT .*in 4 h/);
    await next.getByRole("link", { name: "All deadlines" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Deadlines" })).toBeFocused();
    await expect(page.getByRole("rowheader", { name: "Old Portal can no longer be recovered" })).toBeVisible();
    const order = await page.locator(".ends time.instant").evaluateAll((all) => all.map((t) => t.getAttribute("datetime")!));
    expect(order).toEqual([...order].sort());
    // Further right is later, and nothing is drawn beside the axis.
    const places = await page.locator(".end-at").evaluateAll((all) => all.map((e) => Number.parseFloat(e.getAttribute("x")!)));
    expect(places.slice(0, order.length)).toEqual([...places.slice(0, order.length)].sort((a, b) => a - b));
    for (const x of places) expect(x >= 0 && x <= 100).toBe(true);
  });

  test("go into a calendar", async ({ page }) => {
    await openSample(page, "/deadlines");
    await expect(page.locator(".ends time.instant").first()).toBeVisible();
    const count = await page.locator(".ends time.instant").count();
    const file = await download(page, /calendar/);
    expect(file.name).toBe("sample-deadlines.ics");
    const unfolded = file.text.replace(/\r\n /g, "");
    expect(unfolded.match(/^BEGIN:VEVENT\r$/gm)).toHaveLength(count);
    expect(unfolded).toMatch(/^SUMMARY:Sample: The manual backup “golden data” of Sales UAT expires\r$/m);
    expect(unfolded).toContain("TRIGGER:-PT24H");
    const uids = unfolded.match(/^UID:.*$/gm)!;
    expect(new Set(uids).size).toBe(count);
  });

  test("where nothing ends, it says so", async ({ page }) => {
    await openAt(page, "/deadlines");
    await expect(page.getByRole("heading", { name: "No environments yet" })).toBeVisible();
    await importFile(page, { name: "list.json", text: samples.restList([UAT]) });
    await go(page, "/deadlines");
    await expect(page.getByRole("heading", { name: "No end is known" })).toBeVisible();
  });
});

test("by the keyboard: a finding opens and closes", async ({ page }) => {
  await openSample(page, "/readiness");
  const toggle = page.getByRole("button", { name: "No Dataverse, so no backups" });
  // A page that was gone to takes the focus to its heading first.
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await toggle.focus();
  await expect(toggle).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Enter");
  await expect(toggle).toHaveAttribute("aria-expanded", "true");
  await expect(finding(page, "No Dataverse, so no backups").getByRole("link", { name: "Canvas Apps" })).toBeVisible();
  await page.keyboard.press("Space");
  await expect(toggle).toHaveAttribute("aria-expanded", "false");
});

test("axe finds nothing, wide and narrow, light and dark, and nothing scrolls sideways", async ({ page }) => {
  await openSample(page, "/readiness");
  for (const title of await page.locator(".finding-toggle").all()) await title.click();
  await page.getByRole("button", { name: "How it is counted" }).click();
  const looks = async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 390, 360]) {
        await page.setViewportSize({ width, height: 844 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(over, `nothing scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
        await expectAccessible(page, colorScheme === "dark" ? ["color-contrast"] : undefined);
      }
    }
  };
  await looks();
  await go(page, "/deadlines");
  await looks();
});

test("a finding is mended from its row: an answer, and an act", async ({ page }) => {
  await openSample(page, "/readiness");
  const unknown = finding(page, "Not known how far back");
  await unknown.getByRole("button", { name: "Yes" }).click();
  await expect(unknown).toContainText("settled");
  await expect(page.getByRole("button", { name: "Undo the answer: Dynamics 365 apps" })).toBeFocused();
  await finding(page, "A Sandbox that was Production").getByRole("button", { name: "Switch it back to Production" }).click();
  await expect(page.getByRole("dialog", { name: "Legacy CRM" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Switch it back to Production" })).toBeFocused();
});

test.describe("the start", () => {
  test("its first screenful says what cannot be brought back and has one way in", async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await openSample(page);
    for (const seen of [
      page.getByRole("link", { name: "Find the way back" }),
      page.getByRole("link", { name: /^5 No / }),
      page.getByRole("region", { name: "What ends next" }).getByRole("rowheader").last(),
    ]) {
      await expect(seen).toBeInViewport({ ratio: 1 });
    }
    await expect(page.locator("main .btn.pri:visible")).toHaveCount(1);
    // A fact is answered there, and can be taken back.
    const facts = page.getByRole("region", { name: "Facts not known" });
    await facts.getByRole("button", { name: "Yes" }).first().click();
    await expect(facts.getByRole("button", { name: /^Undo the answer/ })).toBeFocused();
  });

  test("without a file the rules answer, and nothing is kept", async ({ page }) => {
    await openAt(page);
    const urgent = page.getByRole("region", { name: "It is urgent and I have no file" });
    await expect(urgent).toContainText("7, perhaps 28 days");
    await urgent.getByLabel("Back to when").fill("yesterday 14");
    await expect(urgent.getByRole("status")).toContainText(/^\s*Surely, until /);
    // It is there when one comes back to it.
    await go(page, "/way-back");
    await page.getByRole("main").getByRole("link", { name: "Get an answer without a file" }).click();
    await expect(urgent.getByRole("status")).toContainText(/^\s*Surely, until /);
    await expect(urgent.getByLabel("Back to when")).toHaveValue("yesterday 14");
    await expect(urgent).toContainText("Switch the environment to Sandbox, restore it, switch it back");
    await expect(urgent).toContainText("What was entered or changed in the environment since");
    // Each way has its own mark, what it waits for and what it loses; a promise shows what it rests on.
    const switched = urgent.locator(".urgent-way", { has: page.getByRole("heading", { name: /^Switch the environment to Sandbox/ }) });
    await expect(switched).toContainText("You lose");
    await expect(urgent.locator(".urgent-way", { hasText: "Depends on what is not known" })).toContainText("What is not known");
    await expect(urgent.getByText("It has a Dataverse database.")).toBeVisible();
    // What cannot be read is answered for no time.
    await urgent.getByLabel("Back to when").fill("before 2:00");
    await expect(urgent).toContainText("type the time alone: 2:00");
    await expect(urgent).toContainText("No time is chosen yet");
    await expect(urgent.locator(".urgent-way")).toHaveCount(0);
    await urgent.getByRole("button", { name: "get the file with a script" }).click();
    await expect(page.getByRole("heading", { name: "Get one file that knows everything" })).toBeFocused();
    // Further back than a way is sure for.
    await urgent.getByLabel("Back to when").fill("15 nov 14:00");
    await expect(urgent.getByRole("status")).toContainText(/^\s*Perhaps, until /);
    await expect(urgent).toContainText("To promise more: whether it has Dynamics 365 apps, whether it is managed.");
    await urgent.getByRole("group", { name: "Dynamics 365 apps" }).getByRole("button", { name: "Yes" }).click();
    // Onto a new environment is open once it is known how that has to be; what has to be made first is never called sure.
    await urgent.getByRole("group", { name: "Managed" }).getByRole("button", { name: "No", exact: true }).click();
    await expect(urgent).not.toContainText("To promise more");
    await expect(urgent.getByRole("status")).toContainText(/^\s*Onto a new environment, kept until /);
    await urgent.getByLabel("Kind", { exact: true }).selectOption("Sandbox");
    await expect(urgent.getByRole("status")).toContainText("Not any more");
    await urgent.getByLabel("Kind", { exact: true }).selectOption("Default");
    await urgent.getByLabel("Back to when").fill("yesterday 14");
    await expect(urgent.getByRole("status")).toContainText("there is no way back");
    await urgent.getByText("Why, and what is taken for granted").click();
    await expect(urgent).toContainText("It has a Dataverse database.");
    await expectAccessible(page);
    await reload(page);
    await expect(page.getByRole("heading", { level: 1, name: /^See how far back/ })).toBeVisible();
  });

  test("the tour goes over eight pages by the keyboard, and is gone on with where it was left", async ({ page }) => {
    await openAt(page);
    await page.getByRole("button", { name: "Open it with a tour of two minutes" }).click();
    const tour = page.locator(".tour");
    await expect(tour).toContainText("Tour, 1 of 8");
    await expect(tour.getByRole("heading")).toBeFocused();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect(tour).toContainText("Tour, 2 of 8");
    await expect(page).toHaveURL(/#\/readiness/);
    await expect(tour.getByRole("heading")).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(tour).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await reload(page);
    await expect(tour).toHaveCount(0);
    // Another tab begins with the own tenant, and knows where the tour was left.
    const other = await page.context().newPage();
    await other.goto(page.url().replace(/#.*/, ""));
    await other.getByRole("button", { name: "Go on with the tour" }).click();
    // Targets, a plan with its rehearsal, and the rules are among its stops; the last one ends it.
    for (const [n, route] of [[2, "readiness"], [3, "environments"], [4, "targets"], [5, "way-back"], [6, "plans"], [7, "deadlines"], [8, "reference"]] as const) {
      await expect(other.locator(".tour")).toContainText(`Tour, ${n} of 8`);
      await expect(other).toHaveURL(new RegExp(`#/${route}`));
      await other.locator(".tour").getByRole("button", { name: n === 8 ? "Done" : "Next" }).click();
    }
    await expect(other.locator(".tour")).toHaveCount(0);
  });
});

test("what stops both sorts of backup is said once beside the table", async ({ page }) => {
  await openSample(page, "/readiness?search=canvas");
  await page.getByRole("rowheader", { name: "Canvas Apps" }).getByRole("link").click();
  const drawer = page.getByRole("region", { name: "Canvas Apps", exact: true });
  await expect(drawer.getByText("It has no Dataverse database, so nothing is backed up")).toHaveCount(1);
});

test("the year of an environment: a picture, and the same as a table", async ({ page }) => {
  await openSample(page, "/readiness?search=contoso%20sales");
  await page.getByRole("rowheader", { name: "Contoso Sales" }).getByRole("link").click();
  await page.getByRole("link", { name: "Open its page" }).click();
  const year = page.getByRole("region", { name: "The past year", exact: true });
  await expect(year).toContainText(/Of the past year 28 days can surely be brought back/);
  await year.getByText("As a table").click();
  await expect(year.getByRole("row").nth(1)).toContainText(/28 days\s*surely/);
  // Cells: 52 weeks and the days of this one.
  expect(await year.locator(".year g").count()).toBeGreaterThan(364);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  // Else the bar, which stays at the top, covers half a link.
  await page.evaluate(() => scrollTo(0, 0));
  await expectAccessible(page);
});
