// Adding an inventory: recognised, previewed, kept; imported again; and everything that a wrong file can be.
import { beside, cell, choose, drop, go, importFile, item, keepButton, names, narrow, openAt, openSample, paste, reload, row, saved } from "./desk";
import { expect, test, type Page } from "./harness";
import * as samples from "./samples";
import { DEV, FABRIKAM, FINANCE, SALES, TRAINING, UAT } from "./samples";

const FIRST = { name: "environments.json", text: samples.restList(FABRIKAM) };
const EARLIER = "2026-11-23T02:00:00Z";

/** The numbers of the preview. */
async function expectCounts(page: Page, file: string, added: number, changed: number, unchanged: number, missing: number) {
  const card = item(page, file);
  await expect(card.getByText(`+ ${added} added`)).toBeVisible();
  await expect(card.getByText(`~ ${changed} changed`)).toBeVisible();
  await expect(card.getByText(`= ${unchanged} unchanged`)).toBeVisible();
  await expect(card.getByText(`− ${missing} not in the file`)).toBeVisible();
}

const unknownBar = (page: Page) => page.getByText(/not known and may decide/);

test.describe("an admin REST list", () => {
  test("is previewed before anything is kept, and then listed", async ({ page }) => {
    await openAt(page);
    await choose(page, FIRST);
    const card = item(page, FIRST.name);
    await expect(card.getByText("Recognised as admin REST list, 7 environments.")).toBeVisible();
    await expectCounts(page, FIRST.name, 7, 0, 0, 0);
    // Every unknown fact is named, with its environments.
    await expect(card.getByText(/facts that matter stay unknown/)).toBeVisible();
    await expect(card.locator(".unknown-facts")).toContainText(
      /Dynamics 365 apps \(2\): Fabrikam Sales, Finance Ledger.*Managed \(1\): Training.*Encryption key \(1\): Training/,
    );
    await card.getByText(/^By environment/).click();
    await expect(card.getByText("Training: managed, encryption key")).toBeVisible();
    expect(await page.evaluate(() => localStorage.getItem("restore-desk/workspace"))).toBeNull();

    await go(page, "/environments");
    await expect(page.getByText("No environments yet"), "nothing is kept yet").toBeVisible();
    await page.goBack();
    // The page gives its heading the focus.
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await keepButton(page).press("Enter");
    await expect(page.getByRole("link", { name: "See the environments" })).toBeFocused();
    await page.getByRole("link", { name: "See the environments" }).click();
    await expect(page.getByText(/^7 environments/)).toBeVisible();
    await expect.poll(() => names(page)).toEqual([
      "Ada's Developer",
      "Crew Rota",
      "Fabrikam (default)",
      "Fabrikam Sales",
      "Fabrikam UAT",
      "Finance Ledger",
      "Training",
    ]);
    await expect(await cell(page, "Fabrikam Sales", /^Managed/i)).toHaveText("Yes");
    await expect(row(page, "Fabrikam UAT")).toContainText("7 days");

    await saved(page);
    await reload(page);
    await expect(page.getByRole("rowheader")).toHaveCount(7);
  });

  test("discarded, leaves nothing behind", async ({ page }) => {
    await openAt(page, "/import");
    await choose(page, FIRST);
    await expect(item(page, FIRST.name).getByRole("heading", { name: FIRST.name })).toBeFocused();
    await page.getByRole("button", { name: "Discard", exact: true }).click();
    await expect(item(page, FIRST.name)).toHaveCount(0);
    await go(page, "/environments");
    await expect(page.getByText("No environments yet")).toBeVisible();
  });

  test("kept, can be undone beside what was kept, and closing that leads to the next files", async ({ page }) => {
    await openAt(page);
    await importFile(page, FIRST);
    const files = page.getByRole("button", { name: "Choose files" });
    await page.getByRole("button", { name: "Close", exact: true }).press("Enter");
    await expect(files).toBeFocused();
    // A second list: one step takes back that one alone, the next one all of it.
    await importFile(page, { name: "more.json", text: samples.restList([...FABRIKAM, { ...DEV, id: "0a0a0a0a-0000-4000-8000-000000000001", name: "One more" }]) });
    await page.getByRole("button", { name: "Undo adding the inventory" }).click();
    await expect(page.getByRole("link", { name: "See the environments" })).toHaveCount(0);
    await expect(files).toBeFocused();
    await go(page, "/environments");
    await expect(page.getByText(/^7 environments/)).toBeVisible();
    await saved(page);
    await reload(page);
    await expect(page.getByRole("rowheader")).toHaveCount(7);
  });

  test("imported again changes nothing", async ({ page }) => {
    await openAt(page);
    await importFile(page, FIRST);
    await choose(page, { ...FIRST, name: "again.json" });
    await expectCounts(page, "again.json", 0, 0, 7, 0);
  });

  test("with changes says what changes, fact by fact, and what is missing", async ({ page }) => {
    await openAt(page, "", EARLIER);
    await importFile(page, FIRST);
    await page.clock.setFixedTime(samples.NOW);
    const changed = [{ ...SALES, retentionDays: 14 }, { ...UAT, managed: false, name: "Fabrikam UAT 2" }];
    await choose(page, { name: "later.json", text: samples.restList([...changed, ...FABRIKAM.slice(3)]) });
    await expectCounts(page, "later.json", 0, 2, 4, 1);
    const card = item(page, "later.json");
    const change = (fact: string) => card.getByRole("row").filter({ has: page.getByRole("cell", { name: fact, exact: true }) });
    await expect(change("Retention setting")).toContainText(/Fabrikam Sales.*28.*14/);
    await expect(change("Managed")).toContainText(/Fabrikam UAT.*yes.*no/i);
    await expect(change("Name")).toContainText(/Fabrikam UAT.*Fabrikam UAT 2/);
    await card.getByText("Not in the file (1)").click();
    await expect(card.getByRole("listitem").filter({ hasText: FINANCE.name }).last()).toBeVisible();

    await keepButton(page).click();
    await page.getByRole("link", { name: "See the environments" }).click();
    await expect(row(page, FINANCE.name), "what is missing stays on the list").toContainText("Missing from the last import");
    // The change is in the history, and the lowered setting counts at once (K4).
    await (await beside(page, SALES.name)).getByRole("link", { name: "Open its page" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: /retention.*28.*14/i }).first()).toBeVisible();
  });

  test("dropped on any page is read", async ({ page }) => {
    await openAt(page, "/rules");
    await drop(page, FIRST);
    await expect(page.getByRole("heading", { level: 1, name: "Add an inventory" })).toBeVisible();
    await expectCounts(page, FIRST.name, 7, 0, 0, 0);
  });

  test("opened while the sample is open goes to the user's own tenant, apart from the sample", async ({ page }) => {
    await openSample(page, "/import");
    await choose(page, FIRST);
    await expectCounts(page, FIRST.name, 7, 0, 0, 0);
    await keepButton(page).click();
    await page.getByRole("link", { name: "See the environments" }).click();
    await expect(page.getByRole("rowheader")).toHaveCount(7);
    await expect(page.getByRole("rowheader", { name: "Contoso Sales" })).toHaveCount(0);
    await page.getByRole("button", { name: "My tenant" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Open the sample tenant" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Contoso (sample)" })).toBeVisible();
  });
});

test.describe("what is not kept yet", () => {
  const field = (page: Page) => page.getByLabel("The text that your tool printed");

  test("a typed text survives a walk over other pages, and the browser asks before it goes", async ({ page }) => {
    await openAt(page, "/import");
    await page.getByText("Paste text instead").click();
    await field(page).fill("EnvironmentId,");
    await go(page, "/environments");
    await page.goBack();
    await expect(field(page), "open, with the text in it").toHaveValue("EnvironmentId,");
    const asks = page.waitForEvent("dialog");
    const closing = page.close({ runBeforeUnload: true });
    const dialog = await asks;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    await closing;
    await expect(field(page)).toHaveValue("EnvironmentId,");
  });

  test("the browser asks before a preview is lost, and not after it was kept", async ({ page }) => {
    await openAt(page);
    await choose(page, FIRST);
    await expectCounts(page, FIRST.name, 7, 0, 0, 0);
    let asked = 0;
    page.on("dialog", (dialog) => {
      asked += 1;
      void dialog.accept();
    });
    await page.getByRole("heading", { level: 1 }).click();
    await reload(page);
    expect(asked).toBe(1);
    await go(page, "/import");
    await choose(page, FIRST);
    await keepButton(page).click();
    await saved(page);
    await reload(page);
    expect(asked).toBe(1);
  });
});

test.describe("an old list", () => {
  // What can be chosen is 7 days: the service was asked so many days before NOW at the latest.
  const asked = (days: number, ...envs: samples.Env[]) => {
    const oldestBackup = new Date(Date.parse(samples.NOW) - (days + 7) * 86_400_000).toISOString();
    return samples.restList(envs.map((env) => ({ ...env, retentionDays: 7, oldestBackup })));
  };

  test("is asked about before it stands in place of a newer one", async ({ page }) => {
    await openAt(page);
    await importFile(page, { name: "new.json", text: asked(0, { ...SALES, managed: true }, UAT) });
    await choose(page, { name: "old.json", text: asked(3, { ...SALES, managed: false }, UAT) });
    const card = item(page, "old.json");
    await expect(card).toContainText("This list looks older than what is known here");
    await expect(card).toContainText("at the latest");
    await expect(keepButton(page)).toBeDisabled();
    await card.getByRole("button", { name: "Let it stand all the same" }).click();
    await expect(card).toContainText("is to stand in place of what is newer");
    await card.getByRole("button", { name: "Undo this answer" }).click();
    await expect(keepButton(page)).toBeDisabled();
    await card.getByRole("button", { name: "Let it stand all the same" }).click();
    await keepButton(page).click();
    await page.getByRole("link", { name: "See the environments" }).click();
    await expect(await cell(page, SALES.name, /^Managed/i)).toHaveText("No");
  });

  test("is called so on every page, until a newer one comes", async ({ page }) => {
    await openAt(page);
    await importFile(page, { name: "old.json", text: asked(20, SALES, UAT) });
    const banner = page.getByRole("status").filter({ hasText: "an answer may no longer hold" });
    await expect(banner, "not where a newer one is added").toHaveCount(0);
    for (const at of ["/", "/environments", "/targets", "/readiness", "/way-back"]) {
      await go(page, at);
      await expect(banner).toContainText("20 days ago");
    }
    expect((await banner.boundingBox())!.height, "one line").toBeLessThanOrEqual(48);
    await page.setViewportSize({ width: 390, height: 844 });
    expect((await banner.boundingBox())!.height, "two lines").toBeLessThanOrEqual(52);
    await page.setViewportSize({ width: 1280, height: 800 });
    await banner.getByRole("link", { name: "Add a newer one" }).click();
    await choose(page, { name: "new.json", text: asked(0, SALES, UAT) });
    await keepButton(page).click();
    await page.getByRole("link", { name: "See the environments" }).click();
    await expect(page.getByRole("rowheader")).toHaveCount(2);
    await expect(banner).toHaveCount(0);
  });

  test("of one part says of how many it says nothing", async ({ page }) => {
    await openAt(page);
    await importFile(page, FIRST);
    await choose(page, { name: "mine.json", text: samples.restList([SALES, UAT]).replaceAll("/scopes/admin/", "/") });
    const card = item(page, "mine.json");
    await expect(card).toContainText("? 5 not in the file");
    await expect(card).toContainText("it says nothing of 5 other environments that are known here");
  });
});

test.describe("other tools", () => {
  test("a pac table is pasted; unknown facts are answered for all, and the answer survives the next import", async ({ page }) => {
    await openAt(page, "", EARLIER);
    await paste(page, samples.pacList([SALES, UAT, FINANCE]));
    const card = item(page, "pasted text");
    await expect(card.getByText("Recognised as pac admin list, 3 environments.")).toBeVisible();
    await expect(card.locator(".unknown-facts")).toContainText(/Region \(3\).*Managed \(3\).*key \(3\)/);
    await keepButton(page).click();

    const keys = page.getByRole("region", { name: "Encryption key" });
    await expect(keys).toContainText("unknown for 3 of 3");
    await keys.getByRole("group", { name: "Do they have a customer-managed encryption key?" }).getByRole("button", { name: "No", exact: true }).click();
    await expect(keys, "the card stays where it was").toContainText("answered for 3 environments: no");
    await page.getByRole("region", { name: "Managed" }).getByRole("button", { name: "Yes", exact: true }).first().click();

    await page.clock.setFixedTime(samples.NOW);
    await importFile(page, { name: "next.txt", text: samples.pacList([SALES, UAT, FINANCE, DEV]) });
    await page.getByRole("link", { name: "See the environments" }).click();
    for (const env of [SALES, UAT, FINANCE]) {
      await expect(await cell(page, env.name, /key/i)).not.toContainText("?");
      await expect(await cell(page, env.name, /^Managed/i)).toHaveText("Yes");
    }
    await expect(await cell(page, DEV.name, /key/i)).toHaveText("not known");
    await go(page, `/environments/${UAT.id}`);
    await expect(page.getByText(/your answer, since Mon 23 Nov 2026/).first()).toBeVisible();
  });

  test("a selection is answered for, and an answer is taken back", async ({ page }) => {
    await openAt(page);
    await importFile(page, { name: "list.txt", text: samples.pacList([SALES, UAT, FINANCE]) });
    await go(page, "/unknown");
    const key = page.getByRole("region", { name: "Encryption key" });
    await key.getByText("Answer for some of them").click();
    await key.getByLabel(UAT.name).check();
    await key.getByLabel(FINANCE.name).check();
    await expect(key).toContainText("The 2 ticked");
    await key.getByRole("group", { name: /customer-managed encryption key/ }).last().getByRole("button", { name: "No", exact: true }).click();
    await expect(key).toContainText("unknown for 1 of 3");
    await page.getByText("Your answers (2)").click();
    await page.getByRole("button", { name: `Take back: ${UAT.name}, encryption key` }).click();
    await expect(key).toContainText("unknown for 2 of 3");
  });

  test("PowerShell's JSON that was cut off is read with a warning that names -Depth 10", async ({ page }) => {
    await openAt(page);
    await choose(page, { name: "ps.json", text: samples.powershellCut([SALES, UAT]) });
    const card = item(page, "ps.json");
    await expect(card.getByText("Recognised as Get-AdminPowerAppEnvironment, 2 environments.")).toBeVisible();
    await expect(card.getByRole("listitem").filter({ hasText: "-Depth 10" })).toBeVisible();
    await expectCounts(page, "ps.json", 2, 0, 0, 0);
  });

  test("a file in UTF-16 is read", async ({ page }) => {
    await openAt(page);
    await choose(page, { name: "utf16.json", text: samples.utf16le(samples.restList([{ ...SALES, name: "Größe & Maß" }])) });
    await keepButton(page).click();
    await page.getByRole("link", { name: "See the environments" }).click();
    await expect(page.getByRole("link", { name: "Größe & Maß" })).toBeVisible();
  });

  test("a list of manual backups asks for its environment", async ({ page }) => {
    await openAt(page);
    await importFile(page, FIRST);
    await choose(page, { name: "backups.json", text: samples.backupList([{ label: "before 9.2", hours: 30 }]) });
    const card = item(page, "backups.json");
    await expect(keepButton(page)).toBeDisabled();
    await card.getByLabel(/Which environment does this list belong to/).selectOption({ label: UAT.name });
    await keepButton(page).click();
    await go(page, `/environments/${UAT.id}`);
    await expect(page.getByRole("row").filter({ hasText: "before 9.2" })).toContainText("Ready");
  });

  test("several files at once are taken one after another", async ({ page }) => {
    await openAt(page);
    await choose(page, FIRST, { name: "photo.png", text: samples.PNG }, { name: "uat.json", text: samples.restList([UAT]) });
    await expectCounts(page, FIRST.name, 7, 0, 0, 0);
    await expect(item(page, "photo.png").getByText(/picture/)).toBeVisible();
    await expect(item(page, "uat.json").getByText("= 1 unchanged")).toBeVisible();
    await item(page, "photo.png").getByRole("button", { name: "Discard photo.png" }).click();
    await expect(item(page, "photo.png")).toHaveCount(0);
  });
});

test.describe("a wrong file", () => {
  const wrong: { what: string; name: string; text: string | Buffer; says: RegExp; run?: RegExp }[] = [
    {
      what: "an error answer",
      name: "error.json",
      text: JSON.stringify({ error: { code: "InvalidAuthenticationToken", message: "Access token has expired." } }),
      says: /error answer, not a list of environments.*InvalidAuthenticationToken/s,
      run: /sign in again/i,
    },
    {
      what: "a count",
      name: "count.json",
      text: JSON.stringify({ data: [{ EnvironmentType: "Sandbox", EnvironmentCount: 12 }] }),
      says: /a count.*not a list of environments/,
      run: /pac admin list --json/,
    },
    {
      what: "truncated JSON",
      name: "cut.json",
      text: FIRST.text.slice(0, 300),
      says: /cut off|incomplete|ends|truncated/i,
      run: /export|run|again/i,
    },
    { what: "a picture", name: "photo.png", text: samples.PNG, says: /picture/i, run: /pac admin list --json/ },
    { what: "an empty file", name: "empty.json", text: "", says: /empty/i, run: /run|export|again/i },
    { what: "an empty list", name: "none.json", text: '{"value":[]}', says: /the list is empty and does not say of what/i, run: /sign in/i },
    { what: "a list of apps", name: "apps.json", text: '[{"AppName":"a","DisplayName":"Rota"}]', says: /list of apps/, run: /pac admin list --json/ },
    { what: "a sign-in page", name: "login.html", text: "<!doctype html><title>Sign in to your account</title>", says: /asks to sign in/, run: /sign in again/i },
  ];
  for (const { what, name, text, says, run } of wrong) {
    test(`${what} is named, with what to run instead, and what was there stays`, async ({ page }) => {
      await openAt(page);
      await importFile(page, FIRST);
      await choose(page, { name, text });
      const card = item(page, name);
      await expect(card).toContainText(says);
      if (run) await expect(card).toContainText(run);
      await expect(card).toContainText(/what was there before stays as it was|what is known already stays as it is/);
      await expect(keepButton(page)).toBeDisabled();
      await go(page, "/environments");
      await expect(page.getByRole("rowheader")).toHaveCount(7);
      await saved(page);
      await reload(page);
      await expect(page.getByRole("rowheader")).toHaveCount(7);
    });
  }

  test("duplicate ids and unknown kinds are named; the good rows are kept", async ({ page }) => {
    await openAt(page);
    const odd = { ...TRAINING, id: samples.id(40), name: "Engine Room", sku: "Platform" };
    const twin = { ...SALES, name: "Fabrikam Sales (old)" };
    await choose(page, { name: "odd.json", text: samples.restList([SALES, UAT, twin, odd]) });
    const card = item(page, "odd.json");
    await expect(card).toContainText(/row 3.*same id but differ; the first counts/s);
    await card.getByText(/Notes: /).click();
    await expect(card).toContainText(/Engine Room.*environmentSku.*does not name this kind.*Platform/s);
    await expectCounts(page, "odd.json", 3, 0, 0, 0);
    await keepButton(page).click();
    await page.getByRole("link", { name: "See the environments" }).click();
    await expect(page.getByRole("rowheader")).toHaveCount(3);
    await expect(await cell(page, "Engine Room", /^Kind/i)).toHaveText(/^Platform/);
    await expect(row(page, SALES.name)).toContainText("Europe");
  });
});

test("a tenant of 2,000 environments imports, and its table stays usable", async ({ page }) => {
  await openAt(page);
  await importFile(page, { name: "large.json", text: samples.restList(samples.largeTenant(2000)) });
  await page.getByRole("link", { name: "See the environments" }).click();
  await expect(page.getByText(/^2,000 environments/)).toBeVisible();
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "2001");
  await page.getByRole("searchbox").fill("plant 1999");
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  await page.getByRole("searchbox").fill("");
  await narrow(page, "Kind", "Teams");
  await expect(page.getByText("333 rows shown")).toBeVisible();
  await go(page, "/targets");
  await expect(page.getByText(/^Of 4,000,000 pairs /)).toBeVisible();
  await expect(unknownBar(page)).toHaveCount(0);
});

test("on a phone Keep stands above the bar below, and can be pressed", async ({ page }) => {
  await openAt(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await go(page, "/import");
  await choose(page, { name: "environments.json", text: samples.restList([SALES, UAT]) });
  await expect(keepButton(page)).toBeInViewport({ ratio: 1 });
  const hit = await keepButton(page).evaluate((e) => {
    const at = e.getBoundingClientRect();
    return e.contains(document.elementFromPoint((at.left + at.right) / 2, (at.top + at.bottom) / 2));
  });
  expect(hit, "nothing lies over it").toBe(true);
});
