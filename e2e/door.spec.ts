// What a new visitor sees before the program arrives: the door in index.html, and how what is done there is done in the program.
import { doorStyle, sourceOf, written } from "../scripts/door-style.mjs";
import { drop } from "./desk";
import { appRuns, expect, expectAccessible, holdBack, type Page, test, theDoor } from "./harness";
import { NOW, restList, SALES, UAT } from "./samples";

const FILE = { name: "environments.json", mimeType: "application/json", buffer: Buffer.from(restList([SALES, UAT])) };
const sample = (page: Page) => page.getByRole("button", { name: "Open the sample tenant" });
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const preview = (page: Page) => page.getByRole("button", { name: "Keep", exact: true });

/** The files of the program that were asked for. */
function programAsked(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => /restore-desk-/.test(request.url()) && asked.push(new URL(request.url()).pathname));
  return asked;
}

test.beforeEach(async ({ page }) => page.clock.setFixedTime(NOW));

test("a new visitor gets the door alone; what leads to the program fetches it ahead", async ({ page }) => {
  const asked = programAsked(page);
  await page.goto("./");
  await expect(theDoor(page)).toBeVisible();
  await expect(page).toHaveTitle("Restore Desk");
  await expectAccessible(page);
  await page.waitForLoadState("networkidle");
  expect(asked).toEqual([]);
  await sample(page).hover();
  await expect.poll(() => asked.length).toBe(2);
  // Fetched is not begun: nothing changes under the pointer.
  await expect(theDoor(page)).toBeVisible();
});

for (const width of [1280, 390]) {
  test(`the door looks and says as the program does, ${width} px`, async ({ page }) => {
    /** Each thing by its words, and where it is. */
    const things = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>("header [data-door], nav a, nav h2, main h1, main h2, main .drop, main .begin, main a, main button, main summary")]
          .filter((thing) => thing.checkVisibility() && !thing.closest(".urgent > :not(h2), .how-to > :not(summary), .side-foot"))
          .map((thing) => {
            const { x, y } = thing.getBoundingClientRect();
            // Beside the search stands then whether all is saved.
            if (thing.matches(".find")) return "search";
            const words = (thing.getAttribute("aria-label") ?? thing.innerText).replace(/\s+/g, " ").trim();
            return `${words} ${thing.getAttribute("href") ?? ""} at ${Math.round(x)}, ${Math.round(y)}`;
          }),
      );
    await page.setViewportSize({ width, height: 800 });
    await page.goto("./");
    await expect(theDoor(page)).toBeVisible();
    const door = await things();
    await appRuns(page);
    await page.evaluate(() => scrollTo(0, 0));
    expect(await things()).toEqual(door);
  });
}

test.describe("its style", () => {
  test("is what the sheet says of it, and the policy allows it", async ({ page }) => {
    await page.goto("about:blank");
    const wanted = await doorStyle(page);
    expect(written() === wanted, "run: node scripts/door-style.mjs").toBe(true);
    await page.goto("./");
    const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
    expect(policy).toContain(`${sourceOf(wanted)};`);
  });

  test("has the colours that somebody chose before the sheet is there", async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem("restore-desk/theme", "dark"));
    const send = await holdBack(page, "**/app-*.css");
    await page.goto("./", { waitUntil: "commit" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page.locator("body")).toHaveCSS("background-color", "rgb(28, 30, 33)");
    // What it shows beyond its frame waits.
    await expect(theDoor(page)).toBeHidden();
    send();
    await expect(theDoor(page)).toBeVisible();
  });

  test.describe("without the sheet", () => {
    test.use({ tolerate: /ERR_FAILED/ });
    for (const [width, colorScheme] of [[1280, "light"], [1000, "dark"], [390, "dark"]] as const) {
      test(`paints the frame before the sheet is there as it is with it, ${width} px`, async ({ page }) => {
        /** Each element: where it is, and how it is painted. */
        const painted = () =>
          page.evaluate(() =>
            [...document.querySelectorAll("#boot *")].filter((at) => at.checkVisibility()).map((at) => {
              const { x, y, width, height } = at.getBoundingClientRect();
              const { color, backgroundColor, borderColor, font, visibility } = getComputedStyle(at);
              return [at.tagName, at.textContent?.trim().slice(0, 30), x, y, width, height, color, backgroundColor, borderColor, font, visibility].join(" ");
            }),
          );
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        await page.route("**/boot-*.js", (route) => route.abort());
        await page.route("**/app-*.css", (route) => route.abort());
        await page.goto("./");
        const early = await painted();
        expect(early.length).toBeGreaterThan(20);
        await page.unroute("**/app-*.css");
        await page.reload();
        expect(early).toEqual(await painted());
      });
    }

    test("the page is bare and whole, where nothing opens what its style hides", async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 800 });
      await page.route("**/app-*.css", (route) => route.abort());
      await page.goto("./");
      await expect(page.locator("nav.side").getByRole("link", { name: "Readiness" })).toBeVisible();
    });
  });
});

test.describe("what is pressed at the door", () => {
  const FOUND: [string, (page: Page) => Promise<void>, (page: Page) => Promise<void>][] = [
    ["opens the sample", (page) => sample(page).click(), (page) => expect(page.getByText("Contoso (sample)").first()).toBeVisible()],
    ["begins the tour", (page) => page.getByRole("button", { name: /tour of two minutes/ }).click(), (page) => expect(page.getByText(/Tour, 1 of/)).toBeVisible()],
    ["opens the search", (page) => page.getByRole("button", { name: /^Search/ }).click(), (page) => expect(page.getByRole("combobox", { name: /^Search/ })).toBeFocused()],
    ["opens the search by its key", (page) => page.keyboard.press("/"), (page) => expect(page.getByRole("combobox", { name: /^Search/ })).toBeFocused()],
    ["opens the search by Ctrl K", (page) => page.keyboard.press("Control+k"), (page) => expect(page.getByRole("combobox", { name: /^Search/ })).toBeFocused()],
    ["opens the keys", (page) => page.keyboard.press("?"), (page) => expect(page.getByRole("dialog")).toBeVisible()],
    ["opens the tenants", (page) => page.getByRole("button", { name: "My tenant" }).click(), (page) => expect(page.getByRole("dialog")).toBeVisible()],
    ["goes to the form for the one without a file", (page) => page.getByRole("button", { name: "Answer them" }).click(), (page) => expect(page.getByLabel("Kind", { exact: true })).toBeFocused()],
    ["says how to get an inventory", (page) => page.getByText("How to get an inventory").click(), (page) => expect(page.getByText("Get-AdminPowerAppEnvironment").first()).toBeVisible()],
    ["goes to another page", (page) => page.getByRole("link", { name: "Rules & retention" }).click(), (page) => expect(heading(page, "Rules & retention")).toBeFocused()],
  ];
  for (const [what, act, then] of FOUND) {
    test(what, async ({ page }) => {
      await page.goto("./");
      await expect(theDoor(page)).toBeVisible();
      await act(page);
      await then(page);
      await expect(page.locator("#boot")).toHaveCount(0);
    });
  }

  test("by the keyboard alone", async ({ page }) => {
    await page.goto("./");
    await expect(theDoor(page)).toBeVisible();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.locator("main h1")).toBeFocused();
    await expect(theDoor(page)).toBeVisible();
    await sample(page).focus();
    await page.keyboard.press("Enter");
    await expect(page.locator("main h1")).toBeFocused();
  });

  test("opens the other pages on a narrow screen", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("./");
    await expect(theDoor(page)).toBeVisible();
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByRole("button", { name: "More" }).click();
    await expect(page.getByRole("link", { name: "Deadlines" })).toBeVisible();
  });
});

test.describe("an inventory that is given at the door", () => {
  test("is chosen and read", async ({ page }) => {
    await page.goto("./");
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose files" }).click();
    await (await chooser).setFiles(FILE);
    await expect(preview(page)).toBeEnabled();
    await expect(page.getByRole("region", { name: "environments.json" })).toBeVisible();
  });

  test("is dropped anywhere and read", async ({ page }) => {
    await page.goto("./");
    await expect(theDoor(page)).toBeVisible();
    await drop(page, { name: "environments.json", text: restList([SALES, UAT]) });
    await expect(preview(page)).toBeEnabled();
  });

  test("is pasted and read", async ({ page }) => {
    await page.goto("./");
    await page.getByText("Paste text instead").click();
    await page.getByLabel("The text that your tool printed").fill(restList([SALES]));
    await page.getByRole("button", { name: "Read the text" }).click();
    await expect(preview(page)).toBeEnabled();
  });

  test("stays in its field when something else is pressed", async ({ page }) => {
    await page.goto("./");
    await page.getByText("Paste text instead").click();
    await page.getByLabel("The text that your tool printed").fill("half of it");
    await page.getByRole("button", { name: "My tenant" }).click();
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await expect(page.getByLabel("The text that your tool printed")).toHaveValue("half of it");
  });
});

test.describe("the program does not come", () => {
  test.use({ tolerate: /Failed to|did not start|integrity/ });

  test("the door says so and stays, with what was typed", async ({ page }) => {
    let broken = true;
    await page.route("**/*.wasm", (route) => (broken ? route.fulfill({ status: 503 }) : route.continue()));
    await page.goto("./");
    await page.getByText("Paste text instead").click();
    await page.getByLabel("The text that your tool printed").fill("all of it");
    await page.getByRole("button", { name: "Read the text" }).click();
    await expect(page.getByRole("status")).toContainText("could not be downloaded");
    await expect(page.getByLabel("The text that your tool printed")).toHaveValue("all of it");
    await expectAccessible(page);
    broken = false;
    await page.getByRole("button", { name: "Reload the page" }).click();
    await appRuns(page);
  });
});

test.describe("a file that was changed on the way", () => {
  test.use({ tolerate: /integrity|did not start|Failed to/ });

  // The browser is told of the glue's hash late.
  test("is not run", async ({ page }) => {
    const changed = { status: 200, contentType: "text/javascript", body: "window.changed = true; export default () => {};" };
    await page.route("**/restore-desk-*.js", (route) => route.fulfill(changed));
    await page.goto("./");
    await sample(page).click();
    await expect(page.getByRole("status")).toContainText("could not be downloaded");
    expect(await page.evaluate(() => "changed" in window)).toBe(false);
  });
});

test.describe("no door for who comes back", () => {
  const kept: [string, (page: Page) => Promise<void>][] = [
    ["with something that is kept", (page) => page.addInitScript(() => localStorage.setItem("restore-desk/single-keys", "off"))],
    ["with storage that is blocked", (page) => page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("blocked", "SecurityError"); } });
    })],
  ];
  for (const [what, before] of kept) {
    test(what, async ({ page }) => {
      await before(page);
      await page.goto("./");
      await expect(page.locator("#boot")).toHaveCount(0);
      await expect(heading(page, /How far back|See how far back/)).toBeVisible();
    });
  }

  test("with a second copy only", async ({ page }) => {
    await page.goto("./404.html");
    await page.evaluate(() => new Promise<void>((done) => {
      const asked = indexedDB.open("restore-desk", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("keep").put("{}", "restore-desk/x");
      asked.onsuccess = () => { asked.result.close(); done(); };
    }));
    await page.goto("./");
    await expect(page.locator("#boot")).toHaveCount(0);
  });

  test("but with chosen colours, which the door has too", async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem("restore-desk/theme", "dark"));
    await page.goto("./");
    await expect(theDoor(page)).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });
});
