// What the browser remembers: nothing is lost, and what the chip says is true. Each test is a browser on a bad day.
import { readFile } from "node:fs/promises";
import { choose, downloaded, go, importFile, item, openAt, openSample, reload, row, saved } from "./desk";
import { expect, expectAccessible, openApp, test, type Page } from "./harness";
import { FABRIKAM, NOW, restList, TRAINING, UAT } from "./samples";

const FIRST = { name: "environments.json", text: restList(FABRIKAM) };
const OLD = "restore-desk/workspace";
const ROOT = "restore-desk/2/";
const banner = (page: Page) => page.getByRole("banner");
const stored = (page: Page, key: string) => page.evaluate((k) => localStorage.getItem(k), key);
const kept = (page: Page, part = "") =>
  page.evaluate(([root, part]) => Object.keys(localStorage).filter((k) => k.startsWith(root) && k.includes(part)), [ROOT, part] as const);
const tenant = (page: Page, name: string | RegExp) => banner(page).getByRole("button", { name });
const edition = (page: Page) => page.getByRole("combobox", { name: "Edition of the rules" });

async function rename(page: Page, from: string | RegExp, to: string) {
  await tenant(page, from).click();
  await page.getByLabel("What do you call this tenant?").fill(to);
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(tenant(page, to)).toBeVisible();
}

/** Every environment of Fabrikam is in the table. */
async function showsFabrikam(page: Page) {
  await go(page, "/environments");
  await expect(page.getByRole("rowheader")).toHaveCount(FABRIKAM.length);
}

/** No second store in this page. */
const noSecond = (page: Page) =>
  page.addInitScript(() => Object.defineProperty(window, "indexedDB", { get: () => undefined }));

/** localStorage takes nothing of ours while `window.full` is set. */
const canBeFull = (page: Page) =>
  page.addInitScript(() => {
    const real = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if ((window as any).full && this === localStorage && key.startsWith("restore-desk/2/")) {
        throw new DOMException("no room", "QuotaExceededError");
      }
      real.call(this, key, value);
    };
  });
const full = (page: Page, yes: boolean) => page.evaluate((yes) => ((window as any).full = yes), yes);

/** Lets a test switch off what a tab hears of the others. */
const canBeDeaf = (page: Page) =>
  page.addInitScript(() => {
    for (const type of ["storage", "visibilitychange", "pageshow"]) {
      window.addEventListener(type, (e) => (window as any).deaf && e.stopImmediatePropagation(), true);
    }
  });
const deaf = (page: Page, yes: boolean) => page.evaluate((yes) => ((window as any).deaf = yes), yes);

test("what was done is there after a reload", async ({ page }) => {
  await openApp(page);
  await rename(page, "My tenant", "Fabrikam");
  await edition(page).selectOption("2025-06-24");
  await page.getByRole("combobox", { name: "Colours" }).selectOption("dark");
  await saved(page);
  await reload(page);
  await expect(tenant(page, "Fabrikam")).toBeVisible();
  await expect(edition(page)).toHaveValue("2025-06-24");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a change is written before the call returns, however one types", async ({ page }) => {
  await openSample(page, "/restore");
  const before = (await kept(page, "/j/")).length;
  // No timer may run: what is there is there at once.
  const after = await page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>("main input[type=search]")!;
    for (const text of ["S", "Sa", "Sal"]) {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return Object.keys(localStorage).filter((k) => k.includes("/j/")).length;
  });
  expect(after).toBe(before + 3);
  await reload(page);
  await go(page, "/restore");
  await expect(page.getByRole("searchbox").first()).toHaveValue("Sal");
});

test("an import is called kept only when it was read back, and is there after a reload", async ({ page }) => {
  await openAt(page);
  await importFile(page, FIRST);
  expect(await kept(page, "/r/")).not.toEqual([]);
  await reload(page);
  await showsFabrikam(page);
});

test("localStorage is blocked: the second store keeps it", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await openAt(page);
  await importFile(page, FIRST);
  await saved(page);
  await reload(page);
  await showsFabrikam(page);
});

test("both stores are blocked: everything works, and a lasting banner says that it is gone with the tab", async ({ page }) => {
  await noSecond(page);
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await openAt(page);
  const warning = page.getByText("This browser keeps nothing for this page");
  await expect(warning).toBeVisible();
  await importFile(page, FIRST);
  for (const route of ["/environments", "/targets", "/retention", "/restore", "/plans", "/rules", "/storage", "/"]) {
    await go(page, route);
    await expect(warning.first()).toBeVisible();
  }
  await expect(banner(page)).toContainText("Kept in this tab only");
  await expectAccessible(page);
  const { text } = await downloaded(page, () => page.getByRole("button", { name: "Download what is here" }).click());
  expect(text).toContain("Fabrikam Sales");
  await showsFabrikam(page);
});

test("localStorage is full: the second store takes it, and says so", async ({ page }) => {
  await canBeFull(page);
  await openApp(page);
  await rename(page, "My tenant", "Before");
  await full(page, true);
  await rename(page, "Before", "After");
  await saved(page);
  await go(page, "/storage");
  await expect(page.getByText(/the first store \(localStorage\) had no room/).first()).toBeVisible();
  await reload(page);
  await expect(tenant(page, "After")).toBeVisible();
});

test("both stores are full: it says so, keeps the last good state, and goes on when there is room", async ({ page }) => {
  await noSecond(page);
  await canBeFull(page);
  await openApp(page);
  await rename(page, "My tenant", "Before");
  const before = await kept(page);
  await full(page, true);
  await rename(page, "Before", "After");
  await expect(banner(page)).toContainText("! Not saved");
  await expect(page.getByText("in the memory of this tab only: there is no room left")).toBeVisible();
  expect(await kept(page)).toEqual(before);
  await expectAccessible(page);
  const { text } = await downloaded(page, () => page.getByRole("button", { name: "Download what is here" }).click());
  expect(text).toContain("After");
  // Another place is opened, and the own one is still in memory: leaving asks, and it is there when one comes back.
  await go(page, "/");
  await page.getByRole("button", { name: "Open the sample tenant" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Contoso (sample)" })).toBeVisible();
  await go(page, "/storage");
  await expect(page.getByText(/^After: one change/)).toBeVisible();
  expect(await page.evaluate(() => !window.dispatchEvent(new Event("beforeunload", { cancelable: true })))).toBe(true);
  await full(page, false);
  await page.getByRole("button", { name: "Open it" }).click();
  await expect(tenant(page, "After")).toBeVisible();
  await rename(page, "After", "Again");
  await expect(banner(page)).toContainText("✓ Saved");
  await reload(page);
  await expect(tenant(page, "Again")).toBeVisible();
});

test("a change that neither store takes is called so, and asked about when the tab is left", async ({ page }) => {
  // As a browser refuses it: the write is taken, and the transaction is given up for want of room.
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
      const request = put.apply(this, given as [unknown]);
      if ((window as unknown as { noRoom?: boolean }).noRoom) {
        Object.defineProperty(this.transaction, "error", { configurable: true, get: () => new DOMException("no room", "QuotaExceededError") });
        this.transaction.abort();
      }
      return request;
    };
  });
  await canBeFull(page);
  await openAt(page);
  await importFile(page, FIRST);
  await saved(page);
  await page.evaluate(() => ((window as unknown as { noRoom?: boolean }).noRoom = true));
  await full(page, true);
  await rename(page, "My tenant", "Later");
  await expect(banner(page)).toContainText("! Not saved");
  // What was kept before is not called gone.
  await expect(page.getByText("What was changed since is in the memory of this tab only.")).toBeVisible();
  await expect(page.getByText("keeps nothing for this page")).toHaveCount(0);
  const asks = () => page.evaluate(() => !window.dispatchEvent(new Event("beforeunload", { cancelable: true })));
  expect(await asks()).toBe(true);
  // The last try to write it is under way now, and has come to nothing.
  expect(await asks()).toBe(true);
  await page.evaluate(() => ((window as unknown as { noRoom?: boolean }).noRoom = false));
  await full(page, false);
  await expect(banner(page)).toContainText("✓ Saved", { timeout: 45_000 });
  expect(await asks()).toBe(false);
  await reload(page);
  await expect(tenant(page, "Later")).toBeVisible();
});

test("an import that no store takes is not called kept", async ({ page }) => {
  await noSecond(page);
  await canBeFull(page);
  await openAt(page);
  await full(page, true);
  await go(page, "/import");
  await choose(page, FIRST);
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(page.getByText("Read, but not kept yet: there is no room left.")).toBeVisible();
  await expectAccessible(page);
  await full(page, false);
  // It is tried again by itself.
  await expect(page.getByText("Read, but not kept yet")).toHaveCount(0, { timeout: 15_000 });
  await expect(banner(page)).toContainText("✓ Saved");
  await reload(page);
  await showsFabrikam(page);
});

for (const [what, ways] of [
  ["throws", "throw"],
  ["answers nothing", "null"],
] as const) {
  test(`a store that ${what} at the beginning loses nothing`, async ({ page }) => {
    await openAt(page);
    await importFile(page, FIRST);
    await rename(page, "My tenant", "Fabrikam");
    await saved(page);
    await page.addInitScript((ways) => {
      const real = Storage.prototype.getItem;
      let left = 6;
      Storage.prototype.getItem = function (key) {
        if (this === localStorage && key.startsWith("restore-desk/2/") && left-- > 0) {
          if (ways === "throw") throw new DOMException("the disk sleeps", "UnknownError");
          return null;
        }
        return real.call(this, key);
      };
    }, ways);
    await reload(page);
    await edition(page).selectOption("2025-06-24");
    await expect(tenant(page, "Fabrikam")).toBeVisible({ timeout: 15_000 });
    await expect(edition(page)).toHaveValue("2025-06-24");
    await saved(page);
    await reload(page);
    await expect(tenant(page, "Fabrikam")).toBeVisible({ timeout: 15_000 });
    await showsFabrikam(page);
  });
}

test("a write that cuts the text is not called saved", async ({ page }) => {
  await noSecond(page);
  await page.addInitScript(() => {
    const real = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      const cut = (window as any).cuts && this === localStorage && key.startsWith("restore-desk/2/");
      real.call(this, key, cut ? value.slice(0, value.length / 2) : value);
    };
  });
  await openApp(page);
  await rename(page, "My tenant", "Before");
  await page.evaluate(() => ((window as any).cuts = true));
  await rename(page, "Before", "After");
  await expect(banner(page)).toContainText("! Not saved");
  await expect(page.getByText("the browser took it, and did not give it back")).toBeVisible();
  await page.evaluate(() => ((window as any).cuts = false));
  await expect(banner(page)).toContainText("✓ Saved", { timeout: 15_000 });
  await reload(page);
  await expect(tenant(page, "After")).toBeVisible();
});

test("a removal that fails is said", async ({ page }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await saved(page);
  await page.evaluate(() => {
    Storage.prototype.removeItem = () => {};
  });
  await go(page, "/storage");
  await page.getByRole("button", { name: "Start over …" }).click();
  await page.getByRole("button", { name: "Delete everything" }).click();
  await expect(page.getByText(/the browser did not remove .* of it/)).toBeVisible();
  await reload(page);
  await go(page, "/environments");
  await expect(page.getByRole("rowheader")).toHaveCount(0);
});

for (const [what, text, says] of [
  ["damaged text", '{"app":"restore-desk","schema":1,"saved":"2026-', "what an earlier version left cannot be read"],
  ["foreign text", "hello \ud83d half", "what an earlier version left cannot be read"],
  ["a newer format", '{"app":"restore-desk","schema":9,"saved":"2026-01-01T00:00:00Z","workspace":{}}', "newer version"],
] as const) {
  test(`${what} of an earlier version is never overwritten, and can be downloaded`, async ({ page }) => {
    await page.addInitScript(([key, text]) => sessionStorage.seeded || ((sessionStorage.seeded = "1"), localStorage.setItem(key, text)), [
      OLD,
      text,
    ] as const);
    await openApp(page);
    await expect(page.getByRole("main").getByText(says)).toBeVisible();
    await expectAccessible(page);
    await rename(page, "My tenant", "Fresh");
    await saved(page);
    await reload(page);
    expect(await stored(page, OLD)).toBe(text);
    await expect(tenant(page, "Fresh")).toBeVisible();
    await go(page, "/storage");
    await expectAccessible(page);
    const file = await downloaded(page, () => page.getByRole("listitem").getByRole("button", { name: "Download" }).click());
    // Half a character is in no file of text: it is written as a rescue file, in which it is escaped.
    const exact = file.name.startsWith("rescue-") ? JSON.parse(file.text).keys[OLD] : file.text;
    expect(exact).toBe(text);
  });
}

test("a torn text is put right from the second copy, and the torn one is set aside", async ({ page }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await rename(page, "My tenant", "Fabrikam");
  await saved(page);
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage).filter((k) => /\/(r|j)\//.test(k))) {
      localStorage.setItem(key, localStorage[key].slice(0, 40));
    }
  });
  await reload(page);
  await expect(tenant(page, "Fabrikam")).toBeVisible();
  await showsFabrikam(page);
  await go(page, "/storage");
  await expect(page.getByText(/^Set aside: a text of 40 characters/).first()).toBeVisible();
  await expect(page.getByText("Not everything that this browser keeps")).toHaveCount(0);
});

test("what an earlier version left is opened, and goes on", async ({ page }) => {
  const left = JSON.parse(await readFile("tests/data/stored/workspace-1.json", "utf8"));
  left.workspace.tenant.name = "From before";
  const text = JSON.stringify(left);
  await page.addInitScript(([key, text]) => sessionStorage.seeded || ((sessionStorage.seeded = "1"), localStorage.setItem(key, text)), [
    OLD,
    text,
  ] as const);
  await openApp(page);
  await expect(tenant(page, "From before")).toBeVisible();
  await rename(page, "From before", "From now");
  await saved(page);
  await reload(page);
  await expect(tenant(page, "From now")).toBeVisible();
});

test("an unchanged tab follows at once, and two edits that do not contradict are both kept", async ({ page, context }) => {
  await openApp(page);
  const other = await context.newPage();
  await openApp(other);
  await rename(other, "My tenant", "Theirs");
  await expect(tenant(page, "Theirs")).toBeVisible();
  await edition(page).selectOption("2025-06-24");
  await expect(edition(other)).toHaveValue("2025-06-24");
  await rename(page, "Theirs", "Mine");
  await expect(tenant(other, "Mine")).toBeVisible();
  await reload(other);
  await expect(tenant(other, "Mine")).toBeVisible();
});

test("two edits that contradict are shown side by side", async ({ page, context }) => {
  // The tabs do not hear each other, as when one is frozen.
  await canBeDeaf(page);
  await openApp(page);
  const other = await context.newPage();
  await openApp(other);
  await deaf(page, true);
  await rename(other, "My tenant", "Theirs");
  await rename(page, "My tenant", "Mine");
  await deaf(page, false);
  await page.evaluate(() => window.dispatchEvent(new Event("pageshow")));
  // One of the two stands, in both tabs the same; the other one waits.
  await expect(page.getByText("A change waits for you")).toBeVisible();
  await expect(other.getByText("A change waits for you")).toBeVisible();
  const name = await page.getByRole("banner").getByRole("button", { name: /Mine|Theirs/ }).innerText();
  await expect(tenant(other, name.includes("Mine") ? "Mine" : "Theirs")).toBeVisible();
  await expectAccessible(page);
  const now = (where: Page) => where.locator("dt", { hasText: "As it is now" }).locator("xpath=following-sibling::dd[1]");
  await expect(now(page)).toHaveText(`The tenant is called ${name.includes("Mine") ? "Mine" : "Theirs"}.`);
  // What it stands beside goes on.
  await rename(page, name.includes("Mine") ? "Mine" : "Theirs", "Later");
  await expect(now(page)).toHaveText("The tenant is called Later.");
  await expect(now(other)).toHaveText("The tenant is called Later.");
  await page.getByRole("button", { name: "Use the change that waits" }).click();
  await expect(tenant(page, name.includes("Mine") ? "Theirs" : "Mine")).toBeVisible();
  await expect(tenant(other, name.includes("Mine") ? "Theirs" : "Mine")).toBeVisible();
  await expect(page.getByText("A change waits for you")).toHaveCount(0);
  await expect(other.getByText("A change waits for you")).toHaveCount(0);
});

test("two windows, and a backup that falls due in both: one records it, and neither complains", async ({ page, context }) => {
  await openAt(page);
  await importFile(page, { name: "environments.json", text: restList([UAT]) });
  await go(page, `/environments/${UAT.id}`);
  await page.getByRole("button", { name: /^Record something…$/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Record that a manual backup was created" }).click();
  await page.getByRole("dialog").getByLabel("Label", { exact: true }).fill("before");
  await page.getByRole("dialog").getByRole("radio", { name: "Just now" }).check();
  await page.getByRole("dialog").getByRole("button", { name: "Record it" }).click();
  await expect(row(page, "before")).toContainText("Being processed");
  const other = await context.newPage();
  await openAt(other, `/environments/${UAT.id}`);
  await expect(row(other, "before")).toContainText("Being processed");
  const later = new Date(Date.parse(NOW) + 3_600_000).toISOString();
  for (const tab of [page, other]) await tab.clock.setFixedTime(later);
  for (const tab of [page, other]) await tab.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  for (const tab of [page, other]) {
    await expect(row(tab, "before")).not.toContainText("Being processed");
    await saved(tab);
    await expect(tab.getByText("A change waits for you")).toHaveCount(0);
  }
  const passed = await page.evaluate(() =>
    Object.keys(localStorage).filter((k) => k.includes("/j/") && localStorage[k].includes("PassTime")),
  );
  expect(passed.length).toBeLessThanOrEqual(1);
});

test("which place is shown belongs to the tab", async ({ page, context }) => {
  await openSample(page);
  const other = await context.newPage();
  await openApp(other);
  await expect(tenant(other, "My tenant")).toBeVisible();
  await reload(page);
  await expect(page.getByRole("heading", { level: 1, name: "Contoso (sample)" })).toBeVisible();
});

test("storage that is cleared away is kept again from the open tab", async ({ page, context }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await saved(page);
  const other = await context.newPage();
  await openApp(other, "/rules");
  await other.evaluate(async () => {
    localStorage.clear();
  });
  await expect(page.getByText("was cleared away, and not by deleting it here")).toBeVisible();
  await expectAccessible(page);
  await saved(page);
  await reload(page);
  await showsFabrikam(page);
});

test("what another tab deletes is still here, and a person decides", async ({ page, context }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await saved(page);
  const other = await context.newPage();
  await openApp(other, "/storage");
  await other.getByRole("button", { name: "Start over …" }).click();
  await other.getByRole("button", { name: "Delete everything" }).click();
  await expect(page.getByText("This workspace was deleted in another tab").first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Keep what is here" }).click();
  await saved(page);
  await reload(page);
  await showsFabrikam(page);
});

test("start over can be undone", async ({ page }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await go(page, "/storage");
  await page.getByRole("button", { name: "Start over …" }).click();
  await expect(page.getByRole("button", { name: "Leave it as it is" })).toBeFocused();
  await page.getByRole("button", { name: "Delete everything" }).click();
  await expect.poll(() => kept(page, "/r/")).toEqual([]);
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await showsFabrikam(page);
  await saved(page);
  await reload(page);
  await expect(page.getByRole("rowheader")).toHaveCount(FABRIKAM.length);
});

test("an own export opens again; what it replaces is set aside and can be brought back", async ({ page }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await rename(page, "My tenant", "Fabrikam");
  await go(page, "/storage");
  const { name, text } = await downloaded(page, () => page.getByRole("button", { name: "Download what is open" }).click());
  expect(name).toBe("restore-desk-fabrikam-2026-11-24.json");
  await page.getByRole("button", { name: "Start over …" }).click();
  await page.getByRole("button", { name: "Delete everything" }).click();
  await importFile(page, { name: "other.json", text: restList([TRAINING]) });

  await choose(page, { name: "mine.json", text });
  await item(page, "mine.json").getByRole("button", { name: "Replace what is here" }).click();
  await expect(page.getByRole("button", { name: "Leave it as it is" })).toBeFocused();
  await page.getByRole("button", { name: "Replace", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Fabrikam");
  await showsFabrikam(page);
  await go(page, "/storage");
  await page.getByRole("button", { name: "Open it again" }).click();
  await go(page, "/environments");
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  await go(page, "/storage");
  await page.getByRole("button", { name: "Open", exact: true }).first().click();
  await showsFabrikam(page);
});

test("two tenants lie beside each other", async ({ page }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await rename(page, "My tenant", "Fabrikam");
  await tenant(page, "Fabrikam").click();
  await page.getByRole("button", { name: "Begin another tenant" }).click();
  await importFile(page, { name: "other.json", text: restList([TRAINING]) });
  await rename(page, "My tenant", "Adventure");
  await saved(page);
  await reload(page);
  await expect(tenant(page, "Adventure")).toBeVisible();
  await tenant(page, "Adventure").click();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("listitem").filter({ hasText: "Fabrikam" }).getByRole("button", { name: "Open" }).click();
  await showsFabrikam(page);
});

test("the page of what is stored is empty before anything is", async ({ page }) => {
  await openApp(page, "/storage");
  await expect(page.getByText("Nothing is kept in this browser yet.")).toBeVisible();
  await expect(page.getByText("Nothing is set aside.")).toBeVisible();
  await expectAccessible(page);
});

test("two tabs keep the files of two tenants at once: each is kept, the later one as a tenant of its own", async ({ page, context }) => {
  const of = (tenant: string, name: string) =>
    restList([{ ...UAT, name }]).replaceAll("5fab0000-77aa-4c31-8d10-00000000c0de", tenant);
  await openAt(page);
  const other = await context.newPage();
  await canBeDeaf(other);
  await openAt(other);
  for (const [tab, tenant, name] of [
    [page, "aaaaaaaa-0000-4000-8000-000000000001", "Alpha"],
    [other, "bbbbbbbb-0000-4000-8000-000000000002", "Beta"],
  ] as const) {
    await go(tab, "/import");
    await choose(tab, { name: "environments.json", text: of(tenant, name) });
    await expect(tab.getByRole("button", { name: "Keep", exact: true })).toBeEnabled();
  }
  // The other tab does not hear of the first one before it keeps its own.
  await deaf(other, true);
  for (const tab of [page, other]) await tab.getByRole("button", { name: "Keep", exact: true }).click();
  for (const [tab, name] of [
    [page, "Alpha"],
    [other, "Beta"],
  ] as const) {
    await expect(tab.getByRole("link", { name: "See the environments" })).toBeVisible();
    await go(tab, "/environments");
    await expect(tab.getByRole("rowheader", { name })).toBeVisible();
    await saved(tab);
    await reload(tab);
    await expect(tab.getByRole("rowheader", { name })).toBeVisible();
  }
});

test("work in the sample stays, however old the sample is", async ({ page }) => {
  await openSample(page, "/restore");
  await page.getByRole("searchbox").first().fill("Sal");
  await go(page, "/environments/c0470500-0000-4000-8000-000000000002");
  await page.getByRole("button", { name: /^(All that can be done|Record something)…$/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: /manual backup/ }).first().click();
  await page.getByRole("dialog").getByLabel("Label", { exact: true }).fill("MYBACKUP");
  await page.getByRole("dialog").getByRole("button", { name: /^(Do it|Create|Record)/ }).last().click();
  await expect(row(page, "MYBACKUP")).toBeVisible();
  await saved(page);
  await page.clock.setFixedTime(new Date(Date.parse(NOW) + 26 * 3_600_000).toISOString());
  await reload(page);
  await expect(row(page, "MYBACKUP")).toBeVisible();
});
