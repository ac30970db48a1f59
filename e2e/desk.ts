// What a person does at the desk, for the tests: opening, importing, choosing in the wizard. By role and label throughout.
import { expect, openApp, type Page } from "./harness";
import { NOW } from "./samples";

export type GivenFile = { name: string; text: string | Buffer };

/** Opens the app with the browser's clock at `at`. */
export async function openAt(page: Page, route = "", at = NOW): Promise<void> {
  await page.clock.setFixedTime(at);
  await openApp(page, route);
}

/** Opens the sample tenant, then a route. */
export async function openSample(page: Page, route = "", at = NOW): Promise<void> {
  await openAt(page, "", at);
  await page.getByRole("button", { name: "Open the sample tenant" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Contoso (sample)" })).toBeVisible();
  if (route) await go(page, route);
}

/** Goes to a hash route, as a link does. */
export async function go(page: Page, route: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), route);
  await expect(page).toHaveURL((url) => url.hash.startsWith(`#${route.split("?")[0]}`));
}

/** Loads the page anew once everything is saved, as far as it can be. */
export async function reload(page: Page): Promise<void> {
  await page.reload();
  await expect(page.locator("#boot")).toHaveCount(0);
}

export async function saved(page: Page): Promise<void> {
  await expect(page.getByText("✓ Saved").first()).toBeVisible();
}

/** Gives files to the file chooser of the page that is open. */
export async function choose(page: Page, ...files: GivenFile[]): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose files" }).click();
  await (await chooser).setFiles(
    files.map(({ name, text }) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) })),
  );
}

export async function paste(page: Page, text: string): Promise<void> {
  await page.getByText("Paste text instead").click();
  await page.getByLabel("The text that your tool printed").fill(text);
  await page.getByRole("button", { name: "Read the text" }).click();
}

/** Drops files on the page as a file manager does. */
export async function drop(page: Page, ...files: GivenFile[]): Promise<void> {
  const transfer = await page.evaluateHandle(
    (given) => {
      const data = new DataTransfer();
      for (const { name, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        data.items.add(new File([bytes], name));
      }
      return data;
    },
    files.map(({ name, text }) => ({ name, base64: Buffer.from(text).toString("base64") })),
  );
  const main = page.getByRole("main");
  await main.dispatchEvent("dragover", { dataTransfer: transfer });
  await main.dispatchEvent("drop", { dataTransfer: transfer });
}

/** What is said about one file on the import page. */
export const item = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

export const keepButton = (page: Page) => page.getByRole("button", { name: "Keep", exact: true });

/** Imports a file and keeps it. */
export async function importFile(page: Page, file: GivenFile): Promise<void> {
  await go(page, "/import");
  await choose(page, file);
  await keepButton(page).click();
  await expect(page.getByRole("link", { name: "See the environments" })).toBeVisible();
}

/** The row of an environment in the table of environments. */
export const row = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });

/** What the table of environments says of an environment under the head of a column; one that is not shown is chosen first. */
export async function cell(page: Page, name: string, column: RegExp) {
  const heads = page.getByRole("columnheader");
  await expect(heads.nth(1)).toBeVisible();
  const place = async () => (await heads.allInnerTexts()).findIndex((head) => column.test(head));
  if ((await place()) < 1) {
    await page.locator('summary[aria-label="Columns"]').click();
    await page.getByRole("group", { name: "Columns" }).getByRole("checkbox", { name: column }).check();
    await page.keyboard.press("Escape");
  }
  const at = await place();
  expect(at, `there is a column ${column}`).toBeGreaterThan(0);
  return row(page, name).locator(":scope > *").nth(at);
}

/** Opens an environment beside the table. */
export async function beside(page: Page, name: string) {
  await page.getByRole("rowheader", { name }).getByRole("link").click();
  const drawer = page.getByRole("region", { name, exact: true });
  await expect(drawer.getByRole("heading", { level: 2, name, exact: true })).toBeVisible();
  return drawer;
}

/** Follows a link in the menu of the page of an environment. */
export async function inMenu(page: Page, name: string): Promise<void> {
  await page.locator('.head-acts summary[aria-label="More"]').click();
  await page.getByRole("link", { name }).click();
}

/** Opens the menu of the plan that is open, and presses something in it. */
export async function inPlanMenu(page: Page, name: string): Promise<void> {
  await planMenu(page).click();
  await page.locator(".plan-head .pop").getByRole("button", { name, exact: true }).click();
}

export const planMenu = (page: Page) => page.locator('.plan-head summary[aria-label="More for this plan"]');

/** Narrows the table of environments down to a kind or a region. */
export async function narrow(page: Page, what: "Kind" | "Region", to: string | { label: string }) {
  await page.locator('summary[aria-label="Kind and region"]').click();
  await page.getByRole("combobox", { name: what, exact: true }).selectOption(to);
  await page.keyboard.press("Escape");
}

/** The names in the table of environments, from top to bottom. */
export async function names(page: Page): Promise<string[]> {
  return page.getByRole("rowheader").getByRole("link").allTextContents();
}

/** The steps of the wizard. */
export const step = (page: Page, title: string | RegExp) => page.getByRole("heading", { level: 2, name: title });

export async function goOn(page: Page, title: string | RegExp): Promise<void> {
  await page.getByRole("button", { name: /^Continue to/ }).click();
  await expect(step(page, title)).toBeVisible();
}

/** One of the things to choose from in the wizard: the outermost item that names it. */
export const choice = (page: Page, name: string) => page.locator("ul.choices").getByRole("listitem").filter({ hasText: name }).first();

/** From the sample's wizard to the page of the plan that restores Contoso Sales onto Sales UAT. */
export async function planOntoUat(page: Page): Promise<void> {
  await go(page, "/restore");
  await page.getByRole("radio", { name: /^Contoso Sales/ }).check();
  await goOn(page, "Step 2 of 5: Point in time");
  await page.getByLabel("Go back to", { exact: true }).fill("2026-11-15 13:05 utc");
  await goOn(page, "Step 3 of 5: Target");
  await page.getByRole("radio", { name: /^Sales UAT/ }).check();
  await goOn(page, "Step 4 of 5: Options");
  await goOn(page, "Step 5 of 5: Review");
  await knowLosses(page);
  await page.getByLabel("Type Sales UAT to confirm").fill("Sales UAT");
  await page.getByRole("button", { name: "Make the plan" }).click();
  await expect(page).toHaveURL(/#\/plans\/\d+$/);
}

/** What a click downloads: the file's name and its text. */
export async function downloaded(page: Page, click: () => Promise<void>): Promise<{ name: string; text: string }> {
  const downloading = page.waitForEvent("download");
  await click();
  const download = await downloading;
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString("utf8") };
}

/** The rail of a plan. */
export const rail = (page: Page) => page.getByRole("navigation", { name: "Steps" });

/** The steps of the plan that is open; one is shown, the others wait in the rail. */
const steps = (page: Page) => page.locator("ol.plan-steps > li");

/** The titles of all steps, as they stand at their boxes. */
export async function stepTitles(page: Page): Promise<string[]> {
  await expect(rail(page)).toBeAttached();
  return steps(page).locator(".place-h label").evaluateAll((all) => all.map((l) => l.textContent?.trim() ?? ""));
}

/** Opens a step by its title or its place, from 0. */
export async function openStep(page: Page, of: RegExp | number) {
  const titles = await stepTitles(page);
  const at = typeof of === "number" ? of : titles.findIndex((t) => of.test(t));
  expect(at, titles.join("\n")).toBeGreaterThanOrEqual(0);
  // The losses stand before the first step.
  await rail(page).getByRole("button").nth(at + 1).click();
  await expect(steps(page).nth(at)).toBeVisible();
  return steps(page).nth(at);
}

/** The box of a step, which is opened first. */
export async function stepBox(page: Page, of: RegExp | number) {
  return (await openStep(page, of)).getByRole("checkbox").first();
}

/** Confirms every loss that is shown, in the wizard or in the runbook. */
export async function knowLosses(page: Page): Promise<void> {
  const losses = page.getByRole("region", { name: "Losses and risks" }).getByRole("checkbox");
  await expect(losses.first()).toBeVisible();
  for (const box of await losses.all()) await box.check();
}

/** Confirms every loss, without which no step is begun. */
export async function confirmLosses(page: Page): Promise<void> {
  await rail(page).getByRole("button").first().click();
  await knowLosses(page);
}
