// One whole journey at 3 a.m., twice: by the keyboard alone, and by the accessibility tree alone. From the door over the sample to the way
// back with a typed time, to the runbook with its losses confirmed and its first steps ticked.
import { openAt } from "./desk";
import { expect, test, type Page } from "./harness";

type Role = Parameters<Page["getByRole"]>[0];

/** Presses Tab until what has this role and name has the focus, as somebody does who sees where it is. */
async function tabTo(page: Page, role: Role, name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name }).first();
  await expect(wanted, `${role} ${name} is there`).toBeVisible();
  for (let pressed = 0; pressed < 80; pressed++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement !== null), "the focus is somewhere").toBe(true);
  }
  throw new Error(`Tab does not come to ${role} ${name}`);
}

async function enter(page: Page, role: Role, name: string | RegExp): Promise<void> {
  await tabTo(page, role, name);
  await page.keyboard.press("Enter");
}

test("by the keyboard alone: from the door to the first steps of a runbook", async ({ page }) => {
  await openAt(page);
  await enter(page, "button", "Open the sample tenant");
  await expect(page.getByRole("heading", { level: 1, name: "Contoso (sample)" })).toBeVisible();
  await enter(page, "link", "Find the way back");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await enter(page, "button", /^A solution import or update/);
  await enter(page, "button", /^Contoso Sales/);
  // The focus is in the field: the time is typed at once, and read back while it is.
  await expect(page.getByLabel("When did it happen?").and(page.locator("input"))).toBeFocused();
  await page.keyboard.type("yesterday 14");
  await expect(page.getByRole("main")).toContainText("Mon 23 Nov 2026 14:00 (13:00 UTC)");
  // What is overwritten is named first.
  await tabTo(page, "textbox", "Type Contoso Sales to confirm");
  await page.keyboard.type("Contoso Sales");
  await enter(page, "button", "Make the plan");
  await expect(page).toHaveURL(/#\/plans\/\d+$/);

  await expect(page.getByRole("heading", { level: 2, name: "Before you start" })).toBeVisible();
  const losses = page.getByRole("region", { name: "Losses and risks" }).getByRole("checkbox");
  const all = await losses.count();
  expect(all).toBeGreaterThan(0);
  for (let loss = 0; loss < all; loss++) {
    for (let pressed = 0; pressed < 80; pressed++) {
      if (await losses.nth(loss).evaluate((box) => box === document.activeElement)) break;
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Space");
    await expect(losses.nth(loss)).toBeChecked();
    await expect(losses.nth(loss)).toBeFocused();
  }
  await enter(page, "button", /^Start$/);
  for (const step of [1, 2]) {
    await expect(page.getByRole("heading", { level: 2, name: new RegExp(`^${step}\\. `) })).toBeFocused();
    await enter(page, "button", "Done, next step");
  }
  await expect(page.getByRole("heading", { level: 2, name: /^3\. / })).toBeFocused();
  await expect(page.getByText(/^2 of \d+ done$/)).toBeVisible();
});

/** What a screen reader is told of the page: each element by its role and its name, one a line. */
async function tree(page: Page): Promise<{ role: string; name: string; line: string }[]> {
  const text = await page.locator("body").ariaSnapshot();
  return text.split("\n").flatMap((line) => {
    const found = /^\s*- '?([a-z]+)(?: "((?:[^"\\]|\\.)*)")?/.exec(line);
    return found ? [{ role: found[1]!, name: (found[2] ?? "").replace(/\\(.)/g, "$1"), line: line.trim() }] : [];
  });
}

/** The one element of a role and a name that the tree tells of, waited for. */
async function told(page: Page, role: Role, name: RegExp) {
  const find = async () => (await tree(page)).find((node) => node.role === role && name.test(node.name));
  await expect.poll(async () => (await find())?.name ?? "", { message: `the tree tells of ${role} ${name}` }).toMatch(name);
  const { name: whole } = (await find())!;
  return page.getByRole(role, { name: whole, exact: true }).first();
}

test("by the accessibility tree alone: roles and names lead from the door to the first steps", async ({ page }) => {
  await openAt(page);
  await (await told(page, "button", /^Open the sample tenant$/)).click();
  await told(page, "heading", /^Contoso \(sample\)$/);
  // Landmarks, and one heading of the first level.
  const start = await tree(page);
  for (const landmark of ["banner", "navigation", "main"]) expect(start.map((node) => node.role)).toContain(landmark);
  expect(start.filter((node) => node.role === "heading" && node.line.includes("[level=1]"))).toHaveLength(1);
  // Nothing that can be used is without a name.
  const nameless = (nodes: typeof start) =>
    nodes.filter((n) => ["button", "link", "checkbox", "radio", "textbox", "searchbox", "combobox"].includes(n.role) && !n.name);
  expect(nameless(start)).toEqual([]);

  await (await told(page, "link", /^Find the way back$/)).click();
  await (await told(page, "button", /^A solution import or update/)).click();
  await (await told(page, "button", /^Contoso Sales/)).click();
  const when = page.getByRole("textbox", { name: /./ }).and(page.locator(":focus"));
  await when.fill("yesterday 14");
  // What was understood is told where it is described by.
  await expect(when).toHaveAccessibleDescription(/Mon 23 Nov 2026 14:00 \(13:00 UTC\)/);
  expect(nameless(await tree(page))).toEqual([]);
  await (await told(page, "textbox", /^Type Contoso Sales to confirm$/)).fill("Contoso Sales");
  await (await told(page, "button", /^Make the plan$/)).click();

  await told(page, "heading", /^Before you start$/);
  await told(page, "region", /^Losses and risks$/);
  const boxes = (await tree(page)).filter((node) => node.role === "checkbox" && !node.line.includes("[checked]"));
  expect(boxes.length).toBeGreaterThan(0);
  expect(nameless(await tree(page))).toEqual([]);
  const losses = page.getByRole("region", { name: "Losses and risks" }).getByRole("checkbox");
  for (const box of await losses.all()) {
    await expect(box).toHaveAccessibleName(/\w/);
    await box.check();
  }
  await (await told(page, "button", /^Start$/)).click();
  for (const step of [1, 2]) {
    await told(page, "heading", new RegExp(`^${step}\\. `));
    await (await told(page, "button", /^Done, next step$/)).click();
  }
  await told(page, "heading", /^3\. /);
  expect((await tree(page)).some((node) => /2 of \d+ done/.test(node.line)), "how far it is").toBe(true);
});
