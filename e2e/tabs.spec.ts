// What two tabs and a history do to what is kept: replacements at once, a deletion that is overtaken, a second store that lies, a page that
// was put away and came back, a tab that was hidden for long.
import { choose, downloaded, go, importFile, item, openAt, reload, saved } from "./desk";
import { appRuns, expect, openApp, test, type Page } from "./harness";
import { FABRIKAM, NOW, restList, TRAINING } from "./samples";

const FIRST = { name: "environments.json", text: restList(FABRIKAM) };
const tenant = (page: Page, name: string | RegExp) => page.getByRole("banner").getByRole("button", { name });

async function rename(page: Page, from: string | RegExp, to: string) {
  await tenant(page, from).click();
  await page.getByLabel("What do you call this tenant?").fill(to);
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(tenant(page, to)).toBeVisible();
}

/** Lets a test switch off what a tab hears of the others. */
const canBeDeaf = (page: Page) =>
  page.addInitScript(() => {
    for (const type of ["storage", "visibilitychange", "pageshow"]) {
      window.addEventListener(type, (e) => (window as any).deaf && e.stopImmediatePropagation(), true);
    }
  });
const deaf = (page: Page, yes: boolean) => page.evaluate((yes) => ((window as any).deaf = yes), yes);
const hear = async (page: Page) => {
  await deaf(page, false);
  await page.evaluate(() => window.dispatchEvent(new Event("pageshow")));
};

test("an own export and an import at once: one stands whole, the other is not lost, and it is said", async ({ page, context }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await rename(page, "My tenant", "Fabrikam");
  await go(page, "/storage");
  const { text } = await downloaded(page, () => page.getByRole("button", { name: "Download what is open" }).click());
  await page.getByRole("button", { name: "Start over …" }).click();
  await page.getByRole("button", { name: "Delete everything" }).click();
  await go(page, "/rules");
  await saved(page);
  const other = await context.newPage();
  await canBeDeaf(other);
  await openAt(other);
  await go(other, "/import");
  await choose(other, { name: "environments.json", text: restList([TRAINING]) });
  await expect(other.getByRole("button", { name: "Keep", exact: true })).toBeEnabled();
  await deaf(other, true);
  await go(page, "/import");
  await choose(page, { name: "mine.json", text });
  await item(page, "mine.json").getByRole("button", { name: "Open it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Fabrikam");
  await saved(page);
  await other.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(other.getByText("is kept as a tenant of its own").first()).toBeVisible();
  // Nothing green stands over the other workspace: it says where the file went.
  const main = other.getByRole("main");
  await expect(main.getByText(/There: /).first()).toBeVisible();
  await expect(main.getByRole("button", { name: "Open it" })).toBeVisible();
  await expect(main.getByRole("link", { name: "See the environments" })).toHaveCount(0);
  await expect(main.getByText("Another tab put another workspace")).toHaveCount(1);
  await hear(other);
  for (const tab of [page, other]) {
    await expect(tenant(tab, "Fabrikam")).toBeVisible();
    await saved(tab);
    await go(tab, "/environments");
    await expect(tab.getByRole("rowheader")).toHaveCount(FABRIKAM.length);
  }
  // The other one, whole.
  await go(page, "/storage");
  await page.getByRole("button", { name: "Open", exact: true }).first().click();
  await go(page, "/environments");
  await expect(page.getByRole("rowheader")).toHaveCount(1);
});

test("localStorage is full: an open tab follows what the second store alone took, and writes nothing older", async ({ page, context }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await rename(page, "My tenant", "Alpha");
  await saved(page);
  const other = await context.newPage();
  await openAt(other);
  await expect(tenant(other, "Alpha")).toBeVisible();
  // Another page of the address takes all the room there is.
  await page.evaluate(() => {
    for (let n = 0, size = 1_000_000; size > 0; n++) {
      try {
        localStorage.setItem(`another/${n}`, "x".repeat(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
  });
  await importFile(page, { name: "more.json", text: restList([...FABRIKAM, TRAINING]) });
  await rename(page, "Alpha", "Beta");
  await saved(page);
  await expect(tenant(other, "Beta")).toBeVisible();
  await expect(other.getByText("was cleared away")).toHaveCount(0);
  const third = await context.newPage();
  await openAt(third);
  for (const tab of [page, other, third]) {
    await reload(tab);
    await expect(tenant(tab, "Beta")).toBeVisible();
    await expect(tab.getByText("was cleared away")).toHaveCount(0);
    await saved(tab);
  }
});

for (const [what, lie] of [
  ["stores nothing", "nothing"],
  ["cuts the text", "cut"],
] as const) {
  test(`a second store that confirms and ${what} is not believed`, async ({ page }) => {
    await page.addInitScript((lie) => {
      const real = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: any, key: any) {
        return lie === "nothing" ? (this.get(key) as any) : real.call(this, String(value).slice(0, 5), key);
      } as any;
    }, lie);
    await openAt(page);
    await rename(page, "My tenant", "Fabrikam");
    await expect(page.getByText("✓ Saved, one copy")).toBeVisible();
    await go(page, "/storage");
    await expect(page.getByText("confirms what it is given, and does not give it back").first()).toBeVisible();
    await reload(page);
    await expect(tenant(page, "Fabrikam")).toBeVisible();
  });
}

test("a page that went away in the history and comes back is as it was, and follows", async ({ page, context }) => {
  await openAt(page);
  await rename(page, "My tenant", "Before");
  await saved(page);
  await page.goto("about:blank");
  const other = await context.newPage();
  await openAt(other);
  await rename(other, "Before", "Meanwhile");
  await saved(other);
  await page.goBack();
  await appRuns(page);
  await expect(tenant(page, "Meanwhile")).toBeVisible();
  // Restored or loaded anew, it goes on being kept.
  await rename(page, "Meanwhile", "After");
  await expect(tenant(other, "After")).toBeVisible();
  await saved(page);
  await reload(page);
  await expect(tenant(page, "After")).toBeVisible();
});

test("a page that is restored without being loaded takes in what it missed", async ({ page, context }) => {
  await canBeDeaf(page);
  await openAt(page);
  await deaf(page, true);
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  const other = await context.newPage();
  await openAt(other);
  await rename(other, "My tenant", "Meanwhile");
  await expect(tenant(page, "My tenant")).toBeVisible();
  await deaf(page, false);
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await expect(tenant(page, "Meanwhile")).toBeVisible();
  await rename(page, "Meanwhile", "After");
  await expect(tenant(other, "After")).toBeVisible();
});

test("a tab that was hidden for hours takes in what the other did, and both go on", async ({ page, context }) => {
  await page.clock.install({ time: new Date(NOW) });
  await openApp(page);
  await importFile(page, FIRST);
  const hidden = (yes: boolean) =>
    page.evaluate((yes) => {
      Object.defineProperty(document, "visibilityState", { get: () => (yes ? "hidden" : "visible"), configurable: true });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, yes);
  await page.clock.runFor(5_000);
  await hidden(true);
  const other = await context.newPage();
  await openAt(other);
  for (let n = 1; n <= 30; n++) await rename(other, n === 1 ? "My tenant" : `Name ${n - 1}`, `Name ${n}`);
  await saved(other);
  await page.clock.fastForward(5 * 3_600_000);
  await hidden(false);
  await expect(tenant(page, "Name 30")).toBeVisible();
  await expect(page.getByText("A change waits for you")).toHaveCount(0);
  await rename(page, "Name 30", "Mine");
  await expect(tenant(other, "Mine")).toBeVisible();
});

test("what a sample held in memory only stays unsaved when it is made anew twice", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", { get: () => undefined });
    const real = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if ((window as any).full && this === localStorage && key.startsWith("restore-desk/2/")) {
        throw new DOMException("no room", "QuotaExceededError");
      }
      real.call(this, key, value);
    };
  });
  await openAt(page);
  await page.getByRole("button", { name: "Open the sample tenant" }).click();
  await expect(page.getByText("✓ Saved, one copy")).toBeVisible();
  await page.evaluate(() => ((window as any).full = true));
  await go(page, "/restore");
  await page.getByRole("searchbox").first().fill("Sal");
  await expect(page.getByText("! Not saved").first()).toBeVisible();
  await go(page, "/storage");
  for (let n = 0; n < 2; n++) await page.getByRole("button", { name: "Start the sample over" }).click();
  const list = page.getByRole("main").getByRole("listitem");
  await expect(list.filter({ hasText: "(replaced)" })).toHaveText([/: one change \(replaced\)/]);
  await expect(page.getByText("undo that to have it back")).toHaveCount(1);
});

const startOver = async (page: Page) => {
  await go(page, "/storage");
  await page.getByRole("button", { name: "Start over …" }).click();
  await page.getByRole("button", { name: "Delete everything" }).click();
};

test("start over and undo in one tab: the other says what is true, and follows", async ({ page, context }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await rename(page, "My tenant", "Fabrikam");
  await saved(page);
  const other = await context.newPage();
  await openAt(other, "/environments");
  await startOver(page);
  const deleted = other.getByText("This workspace was deleted in another tab").first();
  await expect(deleted).toBeVisible();
  await page.getByRole("status").getByRole("button", { name: "Undo deleting everything here" }).press("Enter");
  await expect(tenant(page, "Fabrikam")).toBeVisible();
  await expect(deleted).toHaveCount(0);
  await expect(other.getByText("another tab took that back")).toBeVisible();
  await expect(other.getByRole("rowheader")).toHaveCount(FABRIKAM.length);
  await rename(other, "Fabrikam", "Both");
  await expect(tenant(page, "Both")).toBeVisible();
  for (const tab of [page, other]) await saved(tab);
});

test("two tabs start over at once: nothing is no only copy", async ({ page, context }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await saved(page);
  const other = await context.newPage();
  await canBeDeaf(other);
  await openAt(other);
  await deaf(other, true);
  for (const tab of [page, other]) await startOver(tab);
  await hear(other);
  for (const tab of [page, other]) {
    await expect(tab.getByText("Everything in this workspace is deleted.")).toBeVisible();
    await expect(tab.getByText("deleted in another tab")).toHaveCount(0);
    await expect(tab.getByText("In the memory of this tab only")).toHaveCount(0);
  }
});

test("undo goes back step by step, by keyboard, and redo forward until something new is done", async ({ page }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await rename(page, "My tenant", "Zero");
  await go(page, "/storage");
  const files: string[] = [];
  for (const name of ["One", "Two"]) {
    await rename(page, /Zero|One/, name);
    const { text } = await downloaded(page, () => page.getByRole("button", { name: "Download what is open" }).click());
    files.push(text);
  }
  await rename(page, "Two", "Zero");
  for (const [n, text] of files.entries()) {
    await go(page, "/import");
    await choose(page, { name: `${n}.json`, text });
    await item(page, `${n}.json`).getByRole("button", { name: "Replace what is here" }).click();
    await page.getByRole("button", { name: "Replace", exact: true }).click();
    await expect(tenant(page, n ? "Two" : "One")).toBeVisible();
  }
  await go(page, "/storage");
  const main = page.getByRole("main");
  const undo = main.getByRole("button", { name: "Undo opening a file" });
  const redo = main.getByRole("button", { name: "Redo opening a file" });
  await expect(main.getByText("You can go back 3 steps.")).toBeVisible();
  const aside = main.getByRole("button", { name: "Delete …" });
  const copies = await aside.count();
  await undo.press("Enter");
  await expect(tenant(page, "One")).toBeVisible();
  await undo.press("Enter");
  await expect(tenant(page, "Zero")).toBeVisible();
  await expect(undo).toHaveCount(0);
  await redo.press("Enter");
  await redo.press("Enter");
  await expect(tenant(page, "Two")).toBeVisible();
  await expect(redo).toHaveCount(0);
  await undo.press("Enter");
  await expect(redo).toBeVisible();
  expect(await aside.count()).toBe(copies);
  await rename(page, "One", "New");
  await expect(redo).toHaveCount(0);
  await page.screenshot({ path: test.info().outputPath("undo.png"), fullPage: true });
  await saved(page);
  await reload(page);
  await expect(tenant(page, "New")).toBeVisible();
});

test("a key that was removed by hand does not come back without a word", async ({ page, context }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await rename(page, "My tenant", "Fabrikam");
  await saved(page);
  const other = await context.newPage();
  // Where the app does not run: it would bring the text back itself, and say so there.
  await other.route("**/empty.html", (route) => route.fulfill({ contentType: "text/html", body: "<p>empty</p>" }));
  await other.goto("./empty.html");
  const key = await other.evaluate(() => {
    // That of the name: what the import did may stand in a record by now, and its key is not missed then.
    const keys = Object.keys(localStorage).filter((key) => key.includes("/j/"));
    const ours = keys.find((key) => localStorage.getItem(key)!.includes("Fabrikam"))!;
    localStorage.removeItem(ours);
    return ours;
  });
  await expect(page.getByText("The first store (localStorage) lacked one text of what is kept")).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("lacked.png") });
  expect(await page.evaluate((key) => localStorage.getItem(key), key)).not.toBeNull();
  await expect(tenant(page, "Fabrikam")).toBeVisible();
});

test("what both stores lost is said where what is left tells it", async ({ page }) => {
  await openAt(page);
  for (const [from, to] of [["My tenant", "One"], ["One", "Two"], ["Two", "Three"]]) await rename(page, from, to);
  await saved(page);
  await page.goto("about:blank");
  await page.route("**/empty.html", (route) => route.fulfill({ contentType: "text/html", body: "<p>empty</p>" }));
  await page.goto("./empty.html");
  await page.evaluate(async () => {
    localStorage.clear();
    const database = await new Promise<IDBDatabase>((resolve) => {
      const open = indexedDB.open("restore-desk");
      open.onsuccess = () => resolve(open.result);
    });
    const store = database.transaction("keep", "readwrite").objectStore("keep");
    const keys = await new Promise<IDBValidKey[]>((resolve) => {
      const all = store.getAllKeys();
      all.onsuccess = () => resolve(all.result);
    });
    // The oldest go.
    for (const key of keys) if (/\/j\/.*\/[12]$/.test(String(key))) store.delete(key);
    await new Promise((resolve) => (store.transaction.oncomplete = resolve));
    database.close();
  });
  await openAt(page);
  await expect(tenant(page, "Three")).toBeVisible();
  await expect(page.getByText("Something is missing: changes 1 to 2 of a tab")).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("missing.png") });
  await expect(page.locator("header .chip.save")).toContainText("✓ Saved, something is missing");
  await go(page, "/storage");
  await expect(page.getByText("Something that was kept before is in no store any more. What is left of it: Saved in this browser")).toBeVisible();
  await expect(page.getByText("Something that was kept of this workspace is in no store any more.")).toBeVisible();
  // Whoever knows it is not told again.
  await page.getByRole("button", { name: "I know, go on with what is left" }).click();
  await expect(page.getByText("is in no store any more")).toHaveCount(0);
  await expect(page.locator("header .chip.save")).toHaveText("✓ Saved");
  await reload(page);
  await expect(page.locator("header .chip.save")).toHaveText("✓ Saved");
  await expect(page.getByText("is in no store any more")).toHaveCount(0);
});
