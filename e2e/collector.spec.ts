// The collector: its scripts are looked at, copied and downloaded, and its file leaves no question.
import { readFileSync } from "node:fs";
import { downloaded, go, importFile, item, keepButton, names, openAt, choose } from "./desk";
import { expect, expectAccessible, test, type Page } from "./harness";

const SCRIPTS = [
  { title: "Windows PowerShell", name: "restore-desk-collect.ps1" },
  { title: "Shell (bash)", name: "restore-desk-collect.sh" },
];
const source = (name: string) => readFileSync(`public/collector/${name}.txt`, "utf8");
/** What the script writes against a service that names every fact; see tests/native/collector_run.rs. */
const COLLECTION = { name: "collection.json", text: readFileSync("tests/data/collection.json", "utf8") };
const SALES = "5e0c0001-3b7a-4c21-9d10-0f00c0110001";

async function openHowTo(page: Page): Promise<void> {
  await openAt(page, "/import");
  await page.getByText("How to get an inventory").click();
}

const part = (page: Page, title: string) => page.getByRole("region", { name: `Collector for ${title}` });

test.describe("the scripts", () => {
  for (const { title, name } of SCRIPTS) {
    test(`${name} is shown, copied and downloaded`, async ({ page, context }) => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await openHowTo(page);
      expect(asked.filter((url) => url.includes("collector/")), "nobody gets it who does not look").toEqual([]);

      const script = part(page, title);
      await script.getByText(`Look at ${name}`).click();
      const text = script.getByRole("region", { name: `The text of ${name}` });
      await expect(text).toContainText("Asks Power Platform what Restore Desk needs to know");
      await script.getByRole("button", { name: `Copy the script: ${name}` }).click();
      await expect(page.getByText("Copied")).toBeVisible();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied.replaceAll("\r\n", "\n")).toBe(source(name));

      const file = await downloaded(page, () => script.getByRole("link", { name: `Download ${name}` }).click());
      expect(file.name).toBe(name);
      expect(file.text).toBe(source(name));
    });
  }

  test("how to unblock a downloaded script stands beside it", async ({ page }) => {
    await openHowTo(page);
    await expect(part(page, "Windows PowerShell")).toContainText("Unblock-File .\\restore-desk-collect.ps1");
    await expect(part(page, "Windows PowerShell")).toContainText("Set-ExecutionPolicy -Scope Process");
    await expect(part(page, "Windows PowerShell")).toContainText("not in PowerShell 7");
  });

  test("by keyboard, on a narrow screen, accessible", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openAt(page, "/import");
    await page.getByText("How to get an inventory").focus();
    await page.keyboard.press("Enter");
    for (const { title, name } of SCRIPTS) {
      const look = part(page, title).getByText(`Look at ${name}`);
      await look.focus();
      await page.keyboard.press("Enter");
      await expect(part(page, title).getByRole("region", { name: `The text of ${name}` })).toBeVisible();
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, "nothing makes the page wider than the screen").toBeLessThanOrEqual(0);
    await expectAccessible(page);
  });

  test.describe("without the file", () => {
    test.use({ tolerate: /503|Failed to load resource/ });
    test("it says so, and tries again", async ({ page }) => {
      await page.route("**/collector/*", (route) => route.fulfill({ status: 503, body: "" }));
      await openHowTo(page);
      const { title, name } = SCRIPTS[1];
      await part(page, title).getByText(`Look at ${name}`).click();
      await expect(part(page, title).getByRole("alert")).toContainText("the server of this page answered 503");
      await page.unroute("**/collector/*");
      await part(page, title).getByRole("button", { name: "Try again" }).click();
      await expect(part(page, title).getByRole("region", { name: `The text of ${name}` })).toBeVisible();
    });
  });
});

test.describe("the file", () => {
  test("dropped, it leaves no question on any screen", async ({ page }) => {
    await openAt(page, "/import");
    await choose(page, COLLECTION);
    const card = item(page, COLLECTION.name);
    await expect(card.getByText("Recognised as Restore Desk collection, 8 environments.")).toBeVisible();
    await expect(card.getByText("+ 8 added")).toBeVisible();
    await expect(card.locator(".unknown-facts")).toHaveCount(0);
    await keepButton(page).click();
    await expect(page.getByText("✓ Everything that matters is known.")).toBeVisible();

    const screens = [
      "/",
      "/environments",
      `/environments/${SALES}`,
      "/unknown",
      "/deadlines",
      "/deleted",
      "/targets",
      `/targets?source=${SALES}`,
      "/readiness",
      "/way-back",
      `/restore?source=${SALES}`,
    ];
    for (const edition of ["2024-04-02", "2025-06-24", "2026-09-26"]) {
      await go(page, "/retention");
      await page.getByRole("combobox", { name: "Edition of the rules" }).selectOption(edition);
      for (const screen of screens) {
        await go(page, screen);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expect(page.locator(".ask-fact"), `${screen} under ${edition}`).toHaveCount(0);
        // Onto what may stay open with every fact told, where the page contradicts itself.
        await expect(page.locator("[role=gridcell]:not(.c-onto)").filter({ hasText: /not known|\?$/ }), `${screen} under ${edition}`).toHaveCount(0);
        await expect(page.getByRole("gridcell").getByRole("img", { name: /(?<!more )not known/ }), `${screen} under ${edition}`).toHaveCount(0);
        await expect(page.getByRole("button", { name: /^Facts not known/ }), `${screen} under ${edition}`).toHaveCount(0);
        await expect(page.getByText(/not known and may decide/), `${screen} under ${edition}`).toHaveCount(0);
      }
    }
    await go(page, "/environments");
    await expect.poll(async () => (await names(page)).filter((name) => name !== "Northwind Pilot")).toEqual([
      "Flows only",
      "Northwind (default)",
      "Northwind Build",
      "Northwind Portal",
      "Northwind Sales",
      "Northwind Sales UAT",
      "Warehouse crew",
    ]);
    await go(page, "/deleted");
    await expect(page.getByRole("heading", { name: "Northwind Pilot" }).or(page.getByText("Northwind Pilot")).first()).toBeVisible();
  });

  test("what could not be asked is named with the service's sentence, and stays a question", async ({ page }) => {
    const lines = COLLECTION.text.split("\n").map((line) => {
      const of = /^\{"ask":"applications","of":"([^"]*)"/.exec(line)?.[1];
      if (of === undefined) return line;
      return `{"ask":"applications","of":"${of}","service":"powerplatform","asked":"2026-11-23T06:01:00Z","status":"failed","error":"HTTP 403: you may not read this"},`;
    });
    await openAt(page, "/import");
    await choose(page, { name: "partly.json", text: lines.join("\n") });
    const card = item(page, "partly.json");
    await expect(card.getByText("HTTP 403: you may not read this").first()).toBeVisible();
    await expect(card.getByText(/application packages of Northwind Sales/).first()).toBeVisible();
    await keepButton(page).click();
    await expect(page.getByRole("region", { name: "Dynamics 365 apps" })).toContainText("unknown for 2 of 7");
  });

  test("imported again changes nothing", async ({ page }) => {
    await openAt(page);
    await importFile(page, COLLECTION);
    await go(page, "/import");
    await choose(page, { ...COLLECTION, name: "again.json" });
    await expect(item(page, "again.json").getByText("~ 0 changed")).toBeVisible();
    await expect(item(page, "again.json").getByText("= 8 unchanged")).toBeVisible();
  });
});
