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
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", String(COUNT + 1));

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
  await page.getByRole("status").getByRole("button", { name: "Undo opening a file" }).click();
  await expect(page.getByText("Undone: opening a file.")).toBeVisible();
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

test("it is opened in place of the sample while the page goes on, and that can be stopped", async ({ page }) => {
  await openAt(page);
  await importFile(page, LARGE);
  await saved(page);
  const open = (name: string) => page.getByRole("listitem").filter({ hasText: name }).getByRole("button", { name: "Open", exact: true });
  const sample = async () => {
    await page.getByRole("banner").getByRole("button", { name: "My tenant" }).click();
    await page.getByRole("button", { name: "Open the sample tenant" }).click();
    await expect(page.getByRole("banner").getByRole("button", { name: "(sample)" })).toBeVisible();
    // What was left is out of memory.
    await reload(page);
    await go(page, "/storage");
  };
  await sample();
  // As quick as nobody is: whoever presses it at all presses it before the record is read.
  await page.evaluate(() => {
    const watch = new MutationObserver(() => {
      const stop = [...document.querySelectorAll<HTMLButtonElement>(".banners button")].find((b) => b.textContent === "Stop");
      if (!stop) return;
      watch.disconnect();
      document.body.dataset.stopped = stop.closest("[role=status]")?.textContent ?? "";
      stop.click();
    });
    watch.observe(document.body, { childList: true, subtree: true });
  });
  await open("A tenant without a name").click();
  await expect(page.locator("body")).toHaveAttribute("data-stopped", /Opening a tenant without a name …/);
  await expect(page.getByText("Opening")).toHaveCount(0);
  await expect(page.getByRole("banner").getByRole("button", { name: "(sample)" })).toBeVisible();
  // While a dialog speaks of what is shown, nothing else takes its place.
  await page.evaluate(() => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector(".banners [role=status] .spinner") || document.querySelector("dialog[open]")) return;
      watch.disconnect();
      document.querySelector<HTMLButtonElement>("header button.chip")?.click();
    });
    watch.observe(document.body, { childList: true, subtree: true });
  });
  await open("A tenant without a name").click();
  const dialog = page.getByRole("dialog", { name: "Tenant" });
  await expect(dialog.getByText("This is the sample tenant")).toBeVisible();
  await expect(dialog.getByText("This is the sample tenant")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("banner").getByRole("button", { name: "My tenant" })).toBeVisible();
  await go(page, "/environments");
  await shows(page, COUNT);
});
