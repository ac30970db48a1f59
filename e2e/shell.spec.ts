// The frame: addresses, back button, focus, titles.
import { go, openSample, saved } from "./desk";
import { expect, expectAccessible, holdBack, openApp, test } from "./harness";

const PAGES = [
  ["/", "Start"],
  ["/import", "Add an inventory"],
  ["/unknown", "Unknown facts"],
  ["/environments", "Environments"],
  ["/targets", "Targets"],
  ["/reference", "Rules & retention"],
  ["/retention", "Rules & retention"],
  ["/restore", "Restore"],
  ["/plans", "Plans"],
  ["/rules", "Rules & retention"],
  ["/nowhere", "No such page"],
] as const;

test("every page has its title and one heading", async ({ page }) => {
  await openApp(page);
  for (const [route, title] of PAGES) {
    await page.goto(`./#${route}`);
    await expect(page).toHaveTitle(`${title} – Restore Desk`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  }
});

test("links, back and forward: the address, the title and the focus go along", async ({ page }) => {
  await openApp(page);
  const nav = page.getByRole("navigation");
  await nav.getByRole("link", { name: "Targets" }).click();
  await expect(page).toHaveURL(/#\/targets$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await nav.getByRole("link", { name: "Rules & retention" }).click();
  await expect(page).toHaveTitle("Rules & retention – Restore Desk");
  await page.goBack();
  await expect(page).toHaveTitle("Targets – Restore Desk");
  await expect(nav.getByRole("link", { name: "Targets" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.goForward();
  await expect(page).toHaveTitle("Rules & retention – Restore Desk");
});

test("what was typed is not written over an address that leads elsewhere already", async ({ page }) => {
  await openSample(page, "/environments");
  await page.evaluate(() => {
    const held: TimerHandler[] = ((window as any).held = []);
    const real = window.setTimeout;
    window.setTimeout = ((work: TimerHandler, wait?: number) => (wait === 200 ? held.push(work) : real(work, wait))) as typeof window.setTimeout;
  });
  await page.getByRole("searchbox").fill("Sales");
  await expect.poll(() => page.evaluate(() => (window as any).held.length)).toBeGreaterThan(0);
  await page.evaluate(() => {
    location.hash = "#/targets";
    for (const work of (window as any).held) work();
  });
  await expect(page).toHaveTitle("Targets – Restore Desk");
  await expect(page).toHaveURL(/#\/targets$/);
});

test("the root says what is on the page, and forgets what is gone", async ({ page }) => {
  await openSample(page);
  const root = page.locator("html");
  for (const [route, says] of [["/restore", "wizard wizard-buttons"], ["/targets", "targets"], ["/restore", "wizard wizard-buttons"], ["/plans", ""]] as const) {
    await go(page, route);
    await expect(root).toHaveAttribute("data-shows", says);
  }
  await go(page, "/environments");
  await page.getByRole("rowheader").first().getByRole("link").click();
  await expect(root).toHaveAttribute("data-shows", "drawer");
  await page.keyboard.press("Escape");
  await expect(root).toHaveAttribute("data-shows", "");
});

test("the skip link leads to the content and leaves the address alone", async ({ page }) => {
  await openApp(page, "/retention");
  await page.keyboard.press("Tab");
  await expect(page.getByText("Skip to the content")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page).toHaveURL(/#\/retention$/);
});

test("an unknown address says so and leads on", async ({ page }) => {
  await openApp(page, "/rules/T99");
  await expect(page.getByRole("main")).toContainText("#/rules/T99");
  await page.getByRole("link", { name: "Go to the start" }).click();
  await expect(page).toHaveTitle("Start – Restore Desk");
});

test("the edition of change notes says what it rests on, wherever the page", async ({ page }) => {
  await openApp(page, "/targets");
  await page.getByLabel("Edition of the rules").selectOption({ index: 2 });
  await expect(page.getByRole("main")).toContainText("the whole page was not read");
  await page.getByRole("navigation").getByRole("link", { name: "Plans" }).click();
  await expect(page.getByRole("main")).toContainText("the whole page was not read");
});

test("the frame is painted before the program arrives", async ({ page }) => {
  const arrive = await holdBack(page, "**/*.wasm");
  await page.goto("./#/environments", { waitUntil: "commit" });
  await expect(page.locator("#boot .bar")).toBeVisible();
  await expect(page.locator("#boot .boot-lines")).toBeVisible();
  arrive();
  await expect(page.locator("#boot")).toHaveCount(0);
});

test("the version, what it is not, its licence, changes and notices are one click away", async ({ page }) => {
  await openApp(page);
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keys and help" });
  await expect(help).toContainText(/Restore Desk \d+\.\d+\.\d+.*Not a Microsoft product/);
  for (const name of ["Licence", "Changes", "Notices of third parties"]) {
    const file = await help.getByRole("link", { name }).getAttribute("href");
    const got = await page.request.get(new URL(file!, page.url()).href);
    expect(got.ok(), name).toBe(true);
  }
});

test("below 1100 px the navigation is its symbols, which keep their names, and what is said stands below the page", async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 800 });
  await openSample(page, "/storage");
  const side = page.getByRole("navigation", { name: "Pages", exact: true });
  expect((await side.boundingBox())!.width).toBe(56);
  await expect(page.getByRole("button", { name: "Start the sample over" })).toBeVisible();
  await page.getByRole("button", { name: "Start the sample over" }).click();
  const told = page.locator(".toasts");
  await expect(told.getByRole("button", { name: "Undo starting the sample over" })).toBeVisible();
  expect((await told.boundingBox())!.width).toBe(1000);
  await side.getByRole("link", { name: "Environments" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Environments" })).toBeVisible();
  const foot = (await page.locator(".sheet-foot").boundingBox())!;
  expect(foot.y + foot.height, "nothing lies under what is said").toBeLessThanOrEqual((await told.boundingBox())!.y + 1);
  await expectAccessible(page);
});

test("where what was pressed is gone, the focus goes to what stood before it, and the page does not move", async ({ page }) => {
  await openSample(page, "/storage");
  await page.getByRole("button", { name: "Start the sample over" }).click();
  await expect(page.locator(".toast")).toHaveCount(1);
  await saved(page);
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  const at = await page.evaluate(() => window.scrollY);
  await page.getByRole("button", { name: "Close this message" }).click();
  await expect(page.locator(".toast")).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  expect(await page.evaluate(() => window.scrollY)).toBe(at);
});

test("on a phone the sheet of pages is shut by Escape, and by whatever leads to a page", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openApp(page);
  const more = page.getByRole("button", { name: "More", exact: true });
  const sheet = page.getByRole("navigation", { name: "Pages", exact: true });
  await more.click();
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await more.click();
  await sheet.getByRole("link", { name: "What is stored" }).click();
  await expect(sheet).toBeHidden();
  await expect(page.getByRole("heading", { level: 1, name: "What is stored where" })).toBeVisible();
});

test("the search knows pages by what people call them, and what a filter shows", async ({ page }) => {
  await openSample(page);
  const field = page.getByRole("combobox", { name: /^Search/ });
  const found = page.getByRole("dialog", { name: "Search" }).getByRole("option");
  await page.keyboard.press("/");
  await field.fill("what could not be recovered this month");
  await expect(found.first()).toHaveText(/Readiness/);
  await field.fill("cannot be brought back");
  await found.filter({ hasText: "Environments that cannot be brought back" }).click();
  await expect(page).toHaveURL(/#\/environments\?only=not$/);
  // The id of a rule is first, though it reads as a time.
  await page.keyboard.press("/");
  await field.fill("T4");
  await expect(found.first()).toHaveText(/rule T4$/);
  await field.fill("print");
  await expect(found.first()).toHaveText(/page$/);
  await field.fill("licence");
  await expect(found.first()).toHaveText("Licence");
  await field.fill("light");
  await field.press("Enter");
  await expect(page.locator(":root")).toHaveAttribute("data-theme", "light");
  await page.keyboard.press("/");
  await field.fill("rehearse");
  await field.press("Enter");
  await expect(page.getByRole("dialog").getByRole("button", { name: "Begin the rehearsal" })).toBeVisible();
});

test("the search that is opened again before the browser has told that it was closed stays open", async ({ page }) => {
  await openSample(page);
  const field = page.getByRole("combobox", { name: /^Search/ });
  await page.keyboard.press("/");
  await field.fill("light");
  await expect(page.getByRole("dialog", { name: "Search" }).getByRole("option").first()).toBeVisible();
  await page.evaluate(async () => {
    const press = (at: Element, key: string) => at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    let closed = false;
    document.querySelector("dialog.palette")!.addEventListener("close", () => (closed = true));
    press(document.activeElement!, "Enter");
    await Promise.resolve();
    press(document.body, "/");
    while (!closed) await new Promise((done) => setTimeout(done));
  });
  await field.fill("rehearse");
  await expect(field).toBeVisible();
});

test("a search that is opened at once after a page was left gives the focus back to the new page", async ({ page }) => {
  await openSample(page);
  const field = page.getByRole("combobox", { name: /^Search/ });
  await page.keyboard.press("/");
  await field.fill("deadl");
  await field.press("Enter");
  await page.keyboard.press("/");
  await expect(field).toBeVisible();
  await field.press("Escape");
  await expect(field).toBeHidden();
  await expect.poll(() => page.evaluate(() => document.activeElement!.tagName)).not.toBe("BODY");
});

test("the search says of a time what it cannot read, asks which day is meant, and finds what was deleted", async ({ page }) => {
  await openSample(page);
  await page.keyboard.press("/");
  const field = page.getByRole("combobox", { name: /^Search/ });
  const palette = page.getByRole("dialog", { name: "Search" });
  const foot = palette.getByRole("status");
  const found = palette.getByRole("option");
  await field.fill("restore Contoso Sales to yesterday 27");
  await expect(foot).toContainText("“27” is not a time of day");
  await expect(found.first()).toHaveText(/Restore Contoso Sales …/);
  // A day that can be two is asked first, then its time of day; the field keeps the focus.
  await field.fill("restore Contoso Sales 02/03");
  await expect(foot).toContainText("“02/03” can be read two ways");
  await expect(found.nth(0)).toHaveText(/3 Feb 2026, at what time/);
  await expect(found.nth(1)).toHaveText(/2 Mar 2026, at what time/);
  await expect(found.nth(2)).toHaveText(/Restore Contoso Sales …/);
  await field.press("ArrowDown");
  await field.press("Enter");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("restore contoso sales 2026-03-02 ");
  await expect(foot).toContainText("The time of day is missing");
  await field.pressSequentially("14");
  await expect(found.first()).toHaveText(/Restore Contoso Sales to Mon 2 Mar 2026 14:00/);
  await field.fill("recover old portal");
  await expect(found.first()).toHaveText(/Recover Old portal …/i);
  await field.press("Enter");
  await expect(page.getByRole("dialog", { name: "Old Portal" }).getByRole("heading", { name: "Recover it" })).toBeVisible();
});
