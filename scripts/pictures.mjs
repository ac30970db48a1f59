// Every screen of a finished build as a picture: each page, drawer, step of the wizard and open menu of the sample tenant, in each look.
// What the page complains of, and what scrolls sideways, is told, and is an error at the end.
//
//   node scripts/pictures.mjs FOLDER [LOOK…]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { argv, env, exit, getuid } from "node:process";
import { chromium } from "@playwright/test";
import { serve } from "../e2e/server.mjs";

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 844 };

/** How each look is made. */
const LOOKS = {
  "1280-light": { viewport: WIDE, media: { colorScheme: "light" } },
  "1280-dark": { viewport: WIDE, media: { colorScheme: "dark" } },
  "390-light": { viewport: NARROW, media: { colorScheme: "light" } },
  "390-dark": { viewport: NARROW, media: { colorScheme: "dark" } },
  forced: { viewport: WIDE, media: { forcedColors: "active" } },
  print: { viewport: WIDE, paper: { width: 794, height: 1123 }, media: { media: "print" } },
};

/** When it is: the night of the sample. */
const NOW = "2026-11-24T02:00:00Z";

/** An environment of the sample. */
const sales = "/environments/c0470500-0000-4000-8000-000000000001";

/** What a tool printed of one environment. */
const FILE = JSON.stringify({
  value: [{ name: "c0470500-0000-4000-8000-0000000000aa", location: "europe", properties: { displayName: "Fabrikam", environmentSku: "Sandbox", createdTime: "2026-10-01T08:00:00Z" } }],
});

/** Pages that one comes to by their address alone. */
const PAGES = [
  ["start", "/"],
  ["environments", "/environments"],
  ["targets", "/targets"],
  ["targets-by-environment", "/targets?by=environment"],
  ["readiness", "/readiness"],
  ["deadlines", "/deadlines"],
  ["deleted", "/deleted"],
  ["plans-none", "/plans"],
  ["activity", "/activity"],
  ["reference", "/reference"],
  ["reference-rule", "/reference?rule=R16"],
  ["import", "/import"],
  ["unknown", "/unknown"],
  ["storage", "/storage"],
  ["way-back", "/way-back"],
  ["environment", sales],
  ["not-found", "/no-such-page"],
];

const named = (page, role, name) => page.getByRole(role, { name }).first();

/** Screens that are come to by pressing: each begins at an address. */
const SCENES = [
  ["environments-drawer", "/environments", (page) => page.locator(".sheet-body .c-name a").nth(5).press("Enter")],
  ["environments-menu", "/environments", (page) => page.locator('summary[aria-label="More"]').first().click()],
  ["environments-columns", "/environments", (page) => page.locator('summary[aria-label="Columns"]').click()],
  ["environments-narrow", "/environments", (page) => page.locator('summary[aria-label="Kind and region"]').click()],
  ["environments-chosen", "/environments", (page) => page.locator(".sheet-body .c-name a").nth(5).press("Space")],
  ["environment-of-trouble", "/environments", async (page) => {
    const to = await page.locator(".sheet-body .c-name a", { hasText: "CRM" }).first().getAttribute("href");
    await page.evaluate((to) => (location.hash = to), to);
  }],
  ["targets-drawer", "/targets", (page) => page.locator(".mxt [data-stop], .mx [data-stop]").nth(1).press("Enter")],
  ["readiness-drawer", "/readiness", (page) => page.locator(".sheet-body .c-name a").first().press("Enter")],
  ["readiness-counted", "/readiness", (page) => named(page, "button", "How it is counted").click()],
  ["readiness-finding", "/readiness", (page) => page.locator(".finding-toggle").first().click()],
  ["search", "/", async (page) => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("restore contoso sales to yesterday 14");
  }],
  ["keys", "/", (page) => page.keyboard.press("?")],
  ["rule", "/reference?rule=T2", (page) => page.keyboard.press("Escape")],
  ["way-back-answered", "/way-back", async (page) => {
    await named(page, "button", /^Records were deleted/).click();
    await named(page, "button", /^Contoso Sales/).click();
    await page.keyboard.type("yesterday 14");
  }],
];

const goTo = async (page, route) => {
  await page.evaluate((to) => (location.hash = to), route);
  await rest(page);
};

/** The menu of a phone, in which the other pages are. */
const more = (page) => page.getByRole("button", { name: "More", exact: true });

/** Until nothing is being worked out, and the page is drawn. */
async function rest(page) {
  await page.waitForFunction(() => !/Working (it )?out/.test(document.querySelector("main")?.textContent ?? ""));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 150)))));
}

const [folder, ...wanted] = argv.slice(2);
const looks = wanted.length > 0 ? wanted : Object.keys(LOOKS);
const unknown = looks.filter((look) => !LOOKS[look]);
if (!folder || unknown.length > 0) {
  console.error(`node scripts/pictures.mjs FOLDER [${Object.keys(LOOKS).join(" | ")}]`);
  exit(2);
}
const server = await serve({ dir: env.RESTORE_DESK_DIST ?? "dist" });
const browser = await chromium.launch({
  executablePath: env.RESTORE_DESK_CHROMIUM,
  args: getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const wrong = [];
let made = 0;
for (const look of looks) {
  const { viewport, paper, media } = LOOKS[look];
  const into = join(folder, look);
  mkdirSync(into, { recursive: true });
  const context = await browser.newContext({
    viewport,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    serviceWorkers: "block",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => wrong.push(`${look}: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && wrong.push(`${look}: ${message.text()}`));
  await page.clock.setFixedTime(NOW);
  const picture = async (name) => {
    await rest(page);
    await page.emulateMedia(media);
    if (paper) await page.setViewportSize(paper);
    await rest(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) wrong.push(`${look} ${name}: scrolls sideways by ${wide} px`);
    // A screenful as it is met; on paper all of it.
    await page.screenshot({ path: join(into, `${name}.png`), fullPage: !!paper });
    if (paper) {
      await page.emulateMedia({ media: "screen" });
      await page.setViewportSize(viewport);
    }
    made += 1;
  };
  /** A screen that cannot be come to is told, and the others are still made. */
  const scene = async (name, route, act) => {
    try {
      await goTo(page, route);
      await act(page);
      await picture(name);
    } catch (error) {
      wrong.push(`${look} ${name}: ${String(error.message).split("\n")[0]}`);
    }
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    // Whatever still stands over the page goes: what is kept is kept.
    if (await page.locator("dialog[open]").count()) {
      await page.reload();
      await page.locator("#boot").waitFor({ state: "detached" });
    }
  };
  const nothing = async () => {};

  await page.goto(server.url);
  await page.locator("html").waitFor();
  await picture("door");
  await named(page, "button", "Open the sample tenant").click();
  await named(page, "heading", "Contoso (sample)").waitFor();
  for (const [name, route] of PAGES) await scene(name, route, nothing);
  for (const [name, route, act] of SCENES) await scene(name, route, act);

  // The wizard, step by step, to the plan.
  const onward = (page) => named(page, "button", /^Continue to/).click();
  await scene("wizard-1-source", "/restore", (page) => named(page, "radio", /^Contoso Sales/).check());
  await scene("wizard-2-point", "/restore", async (page) => {
    await onward(page);
    await page.getByLabel("Go back to", { exact: true }).fill("2026-11-15 13:05 utc");
  });
  await scene("wizard-3-target", "/restore", async (page) => {
    await onward(page);
    await named(page, "radio", /^Sales UAT/).check();
  });
  await scene("wizard-4-options", "/restore", onward);
  await scene("wizard-5-review", "/restore", onward);
  await scene("wizard-errors", "/restore", (page) => named(page, "button", "Make the plan").click());
  await scene("plan-losses", "/restore", async (page) => {
    const losses = page.getByRole("region", { name: "Losses and risks" }).getByRole("checkbox");
    for (const box of await losses.all()) await box.check();
    await page.getByLabel("Type Sales UAT to confirm").fill("Sales UAT");
    await named(page, "button", "Make the plan").click();
    await page.waitForURL(/#\/plans\/\d+$/);
    await rest(page);
    await page.locator(".rail").first().waitFor({ state: "attached" });
  });
  const plan = new URL(page.url()).hash.slice(1);
  await scene("plan-step", plan, (page) => page.getByRole("main").getByRole("button", { name: "Start", exact: true }).click());
  await scene("plan-taken-along", plan, async (page) => {
    await page.locator('.plan-head summary[aria-label="More for this plan"]').click();
    await named(page, "button", /^Take it along/).click();
  });
  await scene("plans", "/plans", nothing);
  if (viewport.width < 640) await scene("more", "/", (page) => more(page).last().click());

  // What stands over a page, a file that is looked at, and a rehearsal with its line.
  await scene("tenant", "/", (page) => page.locator("header summary, header button").filter({ hasText: "Contoso" }).first().click());
  await scene("act", sales, async (page) => {
    // Where it is narrow it is in the menu.
    const menu = page.locator('.head-acts summary[aria-label="More"]');
    if (await menu.isVisible()) await menu.click();
    await named(page, "button", /^(All that can be done|Record something)…$/).click();
  });
  await scene("import-looked-at", "/import", async (page) => {
    await page.getByText("Paste text instead").click();
    await page.getByLabel("The text that your tool printed").fill(FILE);
    await named(page, "button", "Read the text").click();
  });
  if (viewport.width < 640) await scene("environment-acts", sales, (page) => page.locator('.head-acts summary[aria-label="More"]').click());
  await scene("rehearsal-before", "/", (page) => page.locator("nav button", { hasText: "Rehearsal" }).first().evaluate((button) => button.click()));
  await scene("rehearsal", sales, async (page) => {
    await page.locator("nav button", { hasText: "Rehearsal" }).first().evaluate((button) => button.click());
    await named(page, "button", "Begin the rehearsal").click();
  });
  await scene("rehearsal-loss", sales, async (page) => {
    const on = () => named(page, "button", "On by a week").click();
    await page.locator(".rehearsal-acts .btn", { hasText: /More|happened|lost/ }).click();
    await on();
    await on();
    await page.locator("dialog[open]").getByRole("button", { name: "Close", exact: true }).click();
  });

  await context.close();
  console.log(`${look}: ${made} pictures`);
}
await browser.close();
await server.close();
wrong.forEach((line) => console.error(line));
console.log(`${made} pictures in ${folder}, ${wrong.length} complaints`);
exit(wrong.length > 0 ? 1 : 0);
