// What public/boot.js does when the program stops: what is kept is handed out without it, and nothing of it is written any more.
import { readFile } from "node:fs/promises";
import { choose, downloaded, go, item, openSample, saved } from "./desk";
import { appRuns, expect, expectAccessible, openApp, type Page, test } from "./harness";

type Rescue = {
  app: string;
  rescue: number;
  made: string;
  keys: Record<string, string>;
  second: Record<string, string>;
  unsaved: Record<string, string>;
  unread: Record<string, string>;
};

const broke = (page: Page) => page.getByRole("heading", { level: 1, name: "Something broke in Restore Desk" });

/** The rescue file, as the page gives it. */
async function rescueFile(page: Page): Promise<Rescue> {
  const link = page.getByRole("link", { name: "Download all that is kept here" });
  const { name, text } = await downloaded(page, () => link.click());
  expect(name).toMatch(/^restore-desk-rescue-\d{4}-\d\d-\d\d\.json$/);
  return JSON.parse(text);
}

/** Keeps the program's exports, so that a test can make it trap. To be called before the page is opened. */
const reachProgram = (page: Page) =>
  page.addInitScript(() => {
    const start = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...given) => {
      const made = await start(...given);
      Object.assign(window, { program: made.instance.exports });
      return made;
    };
  });

/** A real trap of the real program, in which no panic hook runs: a piece of memory is given back that lies outside of it. */
const trap = (page: Page) =>
  page.evaluate(() => {
    const { program } = window as unknown as { program: Record<string, (...given: number[]) => void> };
    // No timer: the tests' clock takes those over.
    queueMicrotask(() => program[Object.keys(program).find((name) => /free/.test(name))!](0xffff_fff0, 0x1000, 1));
  });

/** Puts a text into the second copy, as the app does. */
const intoSecond = (page: Page, texts: Record<string, string>) =>
  page.evaluate(
    (texts) =>
      new Promise<void>((done, failed) => {
        const asked = indexedDB.open("restore-desk");
        asked.onupgradeneeded = () => asked.result.createObjectStore("keep");
        asked.onerror = failed;
        asked.onsuccess = () => {
          const work = asked.result.transaction("keep", "readwrite");
          for (const [key, text] of Object.entries(texts)) work.objectStore("keep").put(text, key);
          work.oncomplete = () => {
            asked.result.close();
            done();
          };
        };
      }),
    texts,
  );

test.describe("a program that stopped without a panic", () => {
  test.use({ tolerate: /uncaught: |RuntimeError|InvalidStateError/ });

  test("is replaced by what is kept, writes nothing any more, and hands out what opens again", async ({ page }) => {
    await reachProgram(page);
    await openSample(page, "/environments");
    await saved(page);
    // Half a character, as no text of Rust can be, and a key of another page of this address.
    await page.evaluate(() => {
      localStorage.setItem("restore-desk/2/aside/half", "a\ud83d|\udca9 \u2028 “x”");
      localStorage.setItem("someone-else", "not ours");
    });
    await intoSecond(page, {
      "restore-desk/2/t-abc/r/1.x": "only in the second copy",
      "restore-desk/2/aside/half": "another text",
      other: "not ours",
    });
    const before = await page.evaluate(() => ({ ...localStorage }));
    await trap(page);
    await expect(broke(page)).toBeVisible();
    await expect(broke(page)).toBeFocused();
    await expect(page).toHaveTitle("Restore Desk stopped");
    await expectAccessible(page);
    // It keeps its style.
    await expect(page.getByRole("link", { name: "Download all that is kept here" })).toHaveCSS("background-color", "rgb(15, 108, 189)");

    const file = await rescueFile(page);
    expect(file).toMatchObject({ app: "restore-desk", rescue: 1, unsaved: {}, unread: {} });
    expect(Date.parse(file.made)).not.toBeNaN();
    const ours = Object.fromEntries(Object.entries(before).filter(([key]) => key.startsWith("restore-desk/")));
    expect(file.keys).toEqual({ ...ours, "restore-desk/2/t-abc/r/1.x": "only in the second copy" });
    expect(file.keys["restore-desk/2/aside/half"]).toBe("a\ud83d|\udca9 \u2028 “x”");
    expect(file.second).toEqual({ "restore-desk/2/aside/half": "another text" });

    const after = await page.evaluate(() => {
      window.dispatchEvent(new HashChangeEvent("hashchange"));
      window.dispatchEvent(new Event("pagehide"));
      try {
        localStorage.setItem("restore-desk/workspace", "half changed");
      } catch {}
      return { ...localStorage };
    });
    expect(after).toEqual(before);

    await page.getByRole("link", { name: "Load the page again" }).click();
    await appRuns(page);
    await expect(page.getByRole("heading", { level: 1, name: "Contoso (sample)" })).toBeVisible();

    // The file opens again: what can be read of it is offered, each workspace by itself.
    const left = JSON.parse(await readFile("tests/data/stored/workspace-1.json", "utf8"));
    left.workspace.tenant.name = "Not yet stored";
    const unsaved = { workspace: JSON.stringify(left) };
    await go(page, "/import");
    await choose(page, { name: "rescue.json", text: JSON.stringify({ ...file, unsaved }) });
    await expect(item(page, "rescue.json: what was not saved")).toContainText("Not yet stored");
    await expect(item(page, "rescue.json: the sample")).toContainText("Contoso");
    await choose(page, { name: "nothing.json", text: JSON.stringify({ ...file, keys: {} }) });
    await expect(item(page, "nothing.json")).toContainText("no workspace that can be opened");
  });

  test("what was in no store is handed out first, and is asked for at leaving", async ({ page }) => {
    await reachProgram(page);
    await openApp(page);
    await page.evaluate(() => {
      const { restoreDesk } = window as unknown as { restoreDesk: { hold(name: string, text?: string): void } };
      restoreDesk.hold("sample", "stored since");
      restoreDesk.hold("sample");
      restoreDesk.hold("unsaved", `{"mine": 1}`);
    });
    await trap(page);
    await expect(broke(page)).toBeVisible();
    let asked = 0;
    page.on("dialog", (dialog) => {
      asked += 1;
      void dialog.dismiss();
    });
    await page.getByText("For a report").click();
    await page.getByRole("link", { name: "Load the page again" }).click();
    await expect.poll(() => asked).toBe(1);
    await expect(broke(page)).toBeVisible();

    const { name, text } = await downloaded(page, () => page.getByRole("link", { name: "Download what was not saved" }).click());
    expect([name, text]).toEqual(["restore-desk-unsaved.json", `{"mine": 1}`]);
    expect((await rescueFile(page)).unsaved).toEqual({ unsaved: `{"mine": 1}` });
    await page.getByRole("link", { name: "Load the page again" }).click();
    await appRuns(page);
    expect(asked).toBe(1);
  });

  test("what cannot be read is named, and no second copy is made where there was none", async ({ page }) => {
    await reachProgram(page);
    await page.addInitScript(() => {
      const get = Storage.prototype.getItem;
      Storage.prototype.getItem = function (key) {
        if (key === "restore-desk/2/aside/torn") throw new DOMException("the disk is gone", "UnknownError");
        return get.call(this, key);
      };
    });
    await openApp(page);
    await page.evaluate(() => {
      localStorage.setItem("restore-desk/2/aside/torn", "x");
      localStorage.setItem("restore-desk/2/aside/whole", "y");
    });
    await trap(page);
    await expect(page.getByText(/aside\/torn: .*the disk is gone/)).toBeVisible();
    const file = await rescueFile(page);
    expect(file.keys["restore-desk/2/aside/whole"]).toBe("y");
    expect(Object.keys(file.unread)).toEqual(["restore-desk/2/aside/torn"]);
  });

  test("an overflowed stack of the program ends it too", async ({ page }) => {
    await openApp(page);
    await page.evaluate(() => {
      const { href } = document.querySelector<HTMLLinkElement>('link[href$="_bg.wasm"]')!;
      const error = new RangeError("Maximum call stack size exceeded");
      error.stack = `RangeError: Maximum call stack size exceeded\n    at ${href}:wasm-function[7]:0x123`;
      setTimeout(() => {
        throw error;
      });
    });
    await expect(broke(page)).toBeVisible();
  });
});

test.describe("a trap that only the window hears of", () => {
  test.use({ tolerate: /uncaught: |RuntimeError/ });

  for (const how of ["error", "rejection"] as const) {
    test(`ends the program, and the file holds what localStorage does (${how})`, async ({ page }) => {
      await openSample(page, "/environments");
      await saved(page);
      const before = await page.evaluate((how) => {
        localStorage.setItem("restore-desk/2/aside/half", "\udca9 first half missing");
        const { href } = document.querySelector<HTMLLinkElement>('link[href$="_bg.wasm"]')!;
        const error = new WebAssembly.RuntimeError("unreachable");
        error.stack = `RuntimeError: unreachable\n    at ${href}:wasm-function[7]:0x123`;
        const kept = Object.entries(localStorage).filter(([key]) => key.startsWith("restore-desk/"));
        if (how === "error") window.dispatchEvent(new ErrorEvent("error", { error, message: String(error), filename: href }));
        else void Promise.reject(error);
        return Object.fromEntries(kept);
      }, how);
      await expect(broke(page)).toBeVisible();
      const file = await rescueFile(page);
      expect(file.keys).toMatchObject(before);
      expect(Object.keys(before).length).toBeGreaterThan(1);
    });
  }
});

test.describe("errors that end nothing", () => {
  test.use({ tolerate: /uncaught: |Uncaught/ });

  test("never hide the app", async ({ page }) => {
    await openApp(page);
    await page.evaluate(() => {
      const ours = document.querySelector<HTMLLinkElement>('link[href$="_bg.wasm"]')!.href;
      const thrown = (error: unknown, stack: string) => {
        if (error instanceof Error) error.stack = `${error}\n    at ${stack}`;
        setTimeout(() => {
          throw error;
        });
        void Promise.reject(error);
      };
      // An extension's own program; its recursion; an error of ours that is no trap; what is no error at all.
      thrown(new WebAssembly.RuntimeError("unreachable"), "chrome-extension://abc/their.wasm:wasm-function[1]:0x1");
      thrown(new WebAssembly.RuntimeError("unreachable"), "moz-extension://abc/x.js, [wasm code]");
      thrown(new RangeError("Maximum call stack size exceeded"), "chrome-extension://abc/content.js:1:1");
      thrown(new TypeError("undefined is not a function"), `${ours}:wasm-function[1]:0x1`);
      thrown(null, "");
      thrown("text", "");
      thrown({ message: 5 }, "");
      window.dispatchEvent(new ErrorEvent("error", { message: "Script error." }));
    });
    await page.waitForTimeout(300);
    await expect(broke(page)).toHaveCount(0);
    await expect(page.getByRole("navigation").first()).toBeVisible();
  });
});

test.describe("a program that panics", () => {
  test.use({ tolerate: /Restore Desk stopped|uncaught: |did not start/ });

  test("shows the same page, with what it said", async ({ page }) => {
    // The first thing that it asks for is not there: it panics while it starts, and its hook runs.
    await page.addInitScript(() => {
      localStorage.setItem("restore-desk/2/aside/whole", "y");
      const body = Object.getOwnPropertyDescriptor(Document.prototype, "body")!;
      let asked = 0;
      Object.defineProperty(Document.prototype, "body", {
        get() {
          const fromProgram = /wasm/.test(new Error().stack ?? "");
          return fromProgram && asked++ === 0 ? null : body.get!.call(this);
        },
      });
    });
    await page.goto("./");
    await expect(broke(page)).toBeVisible();
    await page.getByText("For a report").click();
    await expect(page.locator("pre")).toContainText("panicked at");
    expect((await rescueFile(page)).keys["restore-desk/2/aside/whole"]).toBe("y");
  });
});

test.describe("a program that does not arrive", () => {
  test.use({ tolerate: /Failed to load|did not start|integrity/ });

  test("leaves what is kept to download", async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem("restore-desk/workspace", "mine"));
    await page.route("**/*.wasm", (route) => route.fulfill({ status: 404 }));
    await page.goto("./");
    await expect(page.getByRole("status")).toContainText("could not be downloaded");
    expect((await rescueFile(page)).keys).toEqual({ "restore-desk/workspace": "mine" });
    await expectAccessible(page);
    // No second copy was made by looking for one.
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  });

  test("holds up no other tab that mends the second copy", async ({ page }) => {
    // A database without its store, as a torn set-up leaves it: the app makes a newer version of it.
    await page.route("**/*.wasm", (route) => route.fulfill({ status: 404 }));
    const open = (version: number) =>
      page.evaluate(
        (version) =>
          new Promise<string>((done) => {
            const asked = indexedDB.open("restore-desk", version);
            asked.onblocked = () => done("blocked");
            asked.onerror = () => done("refused");
            asked.onsuccess = () => {
              asked.result.close();
              done("open");
            };
          }),
        version,
      );
    await page.goto("./404.html");
    expect(await open(1)).toBe("open");
    await page.goto("./#/import");
    await expect(page.getByText("Nothing of yours is kept in this browser at this address.")).toBeVisible();
    expect(await open(2)).toBe("open");
  });

  test("says so where nothing is kept", async ({ page }) => {
    await page.route("**/*.wasm", (route) => route.fulfill({ status: 404 }));
    await page.goto("./#/import");
    await expect(page.getByText("Nothing of yours is kept in this browser at this address.")).toBeVisible();
  });
});
