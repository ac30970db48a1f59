// A workspace so large that opening it, following another tab and replacing it are done in slices.
import { choose, go, importFile, item, openAt, reload, saved } from "./desk";
import { expect, openApp, test, type Page } from "./harness";
import { FABRIKAM, largeTenant, NOW, restList } from "./samples";

const COUNT = 900;
const LARGE = { name: "environments.json", text: restList(largeTenant(COUNT)) };
const shows = (page: Page, count: number) => expect(page.getByText(new RegExp(`^${count} environments`)).first()).toBeVisible();

async function rename(page: Page, to: string) {
  await page.getByRole("banner").getByRole("button", { name: "My tenant" }).click();
  await page.getByLabel("What do you call this tenant?").fill(to);
  await page.getByRole("button", { name: "Rename" }).click();
}

test("it is opened, followed in another tab, replaced by its own file and brought back", async ({ page, context }) => {
  await openAt(page);
  await importFile(page, LARGE);
  await saved(page);
  await go(page, "/environments");
  await shows(page, COUNT);

  await reload(page);
  await shows(page, COUNT);
  await expect(page.getByRole("rowheader")).toHaveCount(100);

  // What another tab does in it, before and after it is written as a whole.
  const other = await context.newPage();
  await other.clock.setFixedTime(NOW);
  await openApp(other, "/environments");
  await shows(other, COUNT);
  await rename(other, "Renamed there");
  await expect(page.getByRole("banner").getByRole("button", { name: "Renamed there" })).toBeVisible();
  await other.evaluate(() => (location.hash = "/import"));
  // Some of both, so that nobody asks whether it is of this tenant.
  await importFile(other, { name: "more.json", text: restList([...largeTenant(COUNT), ...FABRIKAM]) });
  await saved(other);
  await shows(page, COUNT + FABRIKAM.length);
  await other.close();

  await go(page, "/storage");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download what is open" }).click();
  const path = await (await downloading).path();
  await go(page, "/import");
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose files" }).click();
  await (await chooser).setFiles(path);
  await page.getByRole("button", { name: "Replace what is here" }).click();
  await page.getByRole("button", { name: "Replace", exact: true }).click();
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("It is as it was before. What was here since is set aside")).toBeVisible();
  await go(page, "/environments");
  await shows(page, COUNT + FABRIKAM.length);
  await saved(page);
});

test("a file of it that is cut at its end is told so, and replaces nothing", async ({ page }) => {
  await openAt(page);
  await importFile(page, { name: "environments.json", text: restList(FABRIKAM) });
  await saved(page);
  const whole = '{"app":"restore-desk","schema":1,"saved":"2026-11-24T00:00:00Z","workspace":{"tenant":{"name":"A","environments":[';
  await go(page, "/import");
  await choose(page, { name: "cut.json", text: whole });
  await expect(item(page, "cut.json").getByText("EOF while parsing a list at line 1 column 114")).toBeVisible();
  await expect(page.getByRole("button", { name: "Replace what is here" })).toHaveCount(0);
});
