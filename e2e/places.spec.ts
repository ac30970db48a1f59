// Which tenant, which rehearsal: what is opened, answered or ended goes to no other one, and takes nothing from it.
import { choose, downloaded, go, importFile, item, keepButton, names, openAt, openSample, planOntoUat, confirmLosses, saved, inPlanMenu } from "./desk";
import { expect, test, type Page } from "./harness";
import { FABRIKAM, id, pacList, restList, SALES, UAT } from "./samples";

const FIRST = { name: "environments.json", text: restList(FABRIKAM) };
const env = (n: number, name: string) => ({ id: id(n), name, sku: "Sandbox" });
/** A list that does not tell its tenant. */
const list = (of: string, from = 1, n = 3) =>
  pacList(Array.from({ length: n }, (_, i) => env(of.charCodeAt(0) * 16 + from + i, `${of}${from + i}`)));
const tenant = (page: Page, name: string | RegExp) => page.getByRole("banner").getByRole("button", { name });
const dialog = (page: Page) => page.getByRole("dialog");

async function rename(page: Page, to: string) {
  await tenant(page, "My tenant").click();
  await page.getByLabel("What do you call this tenant?").fill(to);
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(tenant(page, to)).toBeVisible();
}
async function begin(page: Page, of: string) {
  await importFile(page, { name: `${of}.txt`, text: list(of) });
  await rename(page, `Tenant ${of}`);
}
async function rehearse(page: Page, name: string | RegExp) {
  await tenant(page, name).click();
  await dialog(page).getByRole("button", { name: "Rehearse …" }).click();
  await dialog(page).getByRole("button", { name: "Begin the rehearsal" }).click();
  await expect(page.getByRole("button", { name: "End rehearsal" })).toBeVisible();
}
async function beginAnother(page: Page) {
  await go(page, "/storage");
  await page.getByRole("button", { name: "Begin another tenant" }).click();
  await expect(tenant(page, "My tenant")).toBeVisible();
}
async function open(page: Page, name: string) {
  await go(page, "/storage");
  await page.getByRole("listitem").filter({ hasText: name }).getByRole("button", { name: "Open", exact: true }).first().click();
  await expect(tenant(page, new RegExp(name.replace("Rehearsal of ", "")))).toBeVisible();
}
async function lists(page: Page, of: string[]) {
  await go(page, "/environments");
  await expect(page.getByRole("rowheader")).toHaveCount(of.length);
  expect((await names(page)).sort()).toEqual(of);
}
async function leave(page: Page) {
  await tenant(page, /rehearsal/).click();
  await dialog(page).getByRole("button", { name: "Leave it for your own tenant, and keep it" }).click();
}
const A = ["A1", "A2", "A3"];

test.describe("a rehearsal of one tenant while another one is open", () => {
  test("is of its own tenant: started over, imported into and left", async ({ page }) => {
    await openAt(page);
    await begin(page, "A");
    await rehearse(page, "Tenant A");
    await beginAnother(page);
    await begin(page, "B");
    await saved(page);
    await open(page, "Rehearsal of Tenant A");
    await lists(page, A);
    await page.getByRole("region", { name: "Rehearsal" }).getByRole("button", { name: "More" }).click();
    await dialog(page).getByRole("button", { name: "Start over" }).click();
    await expect(page.getByText("The rehearsal is started over.")).toBeVisible();
    await lists(page, A);
    await go(page, "/import");
    await choose(page, { name: "more.txt", text: list("A", 1, 4) });
    await keepButton(page).click();
    await expect(tenant(page, "Tenant A")).toBeVisible();
    await lists(page, [...A, "A4"]);
    await open(page, "Rehearsal of Tenant A");
    await leave(page);
    await expect(tenant(page, "Tenant A")).toBeVisible();
    await open(page, "Tenant B");
    await lists(page, ["B1", "B2", "B3"]);
  });

  test("comes back by an undo", async ({ page }) => {
    await openAt(page);
    await begin(page, "A");
    await beginAnother(page);
    await begin(page, "B");
    await open(page, "Tenant A");
    await rehearse(page, "Tenant A");
    await page.getByRole("button", { name: "End rehearsal" }).click();
    await open(page, "Tenant B");
    await page.getByRole("button", { name: /^Undo ending the rehearsal/ }).first().click();
    await lists(page, A);
    await leave(page);
    await expect(tenant(page, "Tenant A")).toBeVisible();
  });

  test("comes as a file, and has a place of its own", async ({ page }) => {
    await openAt(page);
    await begin(page, "A");
    await rehearse(page, "Tenant A");
    await go(page, "/storage");
    const { text } = await downloaded(page, () => page.getByRole("button", { name: "Download what is open" }).click());
    await beginAnother(page);
    await begin(page, "B");
    await rehearse(page, "Tenant B");
    await saved(page);
    await go(page, "/import");
    await choose(page, { name: "rehearsal.json", text });
    await item(page, "rehearsal.json").getByRole("button", { name: "Open it" }).click();
    await expect(tenant(page, /Tenant A.*rehearsal/)).toBeVisible();
    await go(page, "/import");
    await choose(page, { name: "a.txt", text: list("A", 1, 4) });
    await keepButton(page).click();
    await expect(tenant(page, "My tenant")).toBeVisible();
    for (const of of ["Tenant B", "Rehearsal of Tenant B"]) {
      await open(page, of);
      await lists(page, ["B1", "B2", "B3"]);
    }
  });
});

test("a rehearsal that was set aside comes back, and the one that is there is set aside", async ({ page }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await rename(page, "Tenant A");
  await rehearse(page, "Tenant A");
  await go(page, `/restore?source=${SALES.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Fabrikam Sales");
  await saved(page);
  await go(page, "/storage");
  const { text } = await downloaded(page, () => page.getByRole("button", { name: "Download what is open" }).click());
  await go(page, "/import");
  await choose(page, { name: "r.json", text });
  await item(page, "r.json").getByRole("button", { name: "Open it" }).click();
  await expect(page.getByText("The workspace of the file is open.")).toBeVisible();
  await go(page, `/restore?source=${UAT.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Fabrikam UAT");
  await saved(page);
  await go(page, "/storage");
  const aside = page.getByRole("listitem").filter({ hasText: "Set aside: " });
  await expect(aside).toHaveCount(1);
  await aside.getByRole("button", { name: "Open it again" }).click();
  await expect(page.getByText(/^It is open\./)).toBeVisible();
  await go(page, "/storage");
  await expect(aside).toHaveCount(2);
  await page.getByRole("button", { name: /^Undo bringing back/ }).first().click();
  await go(page, "/restore");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Fabrikam UAT");
});

test("a rehearsal that another tab ended is left", async ({ page, context }) => {
  await openAt(page);
  await begin(page, "A");
  await rehearse(page, "Tenant A");
  await saved(page);
  const third = await context.newPage();
  await openAt(third);
  await rehearse(third, "Tenant A");
  await saved(third);
  const other = await context.newPage();
  await openAt(other);
  await rehearse(other, "Tenant A");
  await saved(other);
  await other.getByRole("button", { name: "End rehearsal" }).click();
  await expect(other.getByText(/^The rehearsal is over/)).toBeVisible();
  await page.getByRole("button", { name: "Let it go …" }).click();
  await page.getByRole("button", { name: "Let it go", exact: true }).click();
  await expect(tenant(page, "Tenant A")).toBeVisible();
  await lists(page, A);
  await third.reload();
  await expect(tenant(third, "Tenant A")).toBeVisible();
  await lists(third, A);
});

test("what was answered about a file counts for the tenant for which it was", async ({ page }) => {
  await openAt(page);
  await begin(page, "A");
  await beginAnother(page);
  await begin(page, "B");
  await open(page, "Tenant A");
  await go(page, "/import");
  await choose(page, { name: "x.txt", text: list("A", 4) });
  await page.getByRole("button", { name: "Yes, it is of this tenant" }).click();
  await expect(keepButton(page)).toBeEnabled();
  await open(page, "Tenant B");
  await go(page, "/import");
  await expect(page.getByRole("button", { name: "Yes, it is of this tenant" })).toBeVisible();
  await expect(keepButton(page)).toBeDisabled();
});

test("what was kept is not told of once all is deleted", async ({ page }) => {
  await openAt(page);
  await importFile(page, FIRST);
  await saved(page);
  await go(page, "/storage");
  await page.getByRole("button", { name: "Start over …" }).click();
  await page.getByRole("button", { name: "Delete everything" }).click();
  await go(page, "/import");
  await expect(page.getByRole("heading", { level: 1, name: "Add an inventory" })).toBeVisible();
  await expect(page.getByRole("link", { name: "See the environments" })).toHaveCount(0);
});

/** Puts an entry of a newer version into the place that is shown, as another tab would. */
async function writtenByNewer(page: Page) {
  const crc = (text: string) => {
    let c = ~0;
    for (const byte of Buffer.from(text)) {
      c ^= byte;
      for (let k = 0; k < 8; k++) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0);
    }
    return (~c >>> 0).toString(16).padStart(8, "0");
  };
  const place = (await page.evaluate(() => sessionStorage.getItem("restore-desk/place")))!.replaceAll('"', "");
  const inner = JSON.stringify({ app: "restore-desk", entry: 9, place, t: "zzz", n: 1, stamp: Date.now(), act: {} }).slice(0, -1);
  await page.evaluate(
    ([key, text]) => {
      localStorage.setItem(key, text);
      window.dispatchEvent(new Event("pageshow"));
    },
    [`restore-desk/2/${place}/j/zzz/1`, `${inner},"seal":"${crc(inner)}"}`] as const,
  );
}

test("what a newer version wrote is changed by nothing, and nothing is said to be done", async ({ page }) => {
  await openSample(page);
  await planOntoUat(page);
  await saved(page);
  const plan = new URL(page.url()).hash.slice(1);
  await go(page, "/storage");
  const { text } = await downloaded(page, () => page.getByRole("button", { name: "Download what is open" }).click());
  await writtenByNewer(page);
  const why = page.getByText(/^A newer version of Restore Desk wrote this workspace/).first();
  // A file.
  await go(page, "/import");
  await choose(page, { name: "mine.json", text });
  await item(page, "mine.json").getByRole("button", { name: "Open it" }).click();
  await expect(item(page, "mine.json").getByRole("alert")).toContainText(/Nothing was changed: (a newer version|what is here)/);
  // A tick, a deletion, a restore that is begun, the sample made anew.
  await go(page, plan);
  await confirmLosses(page);
  const loss = page.getByRole("region", { name: "Losses and risks" }).getByRole("checkbox").first();
  await loss.click();
  await expect(why).toBeVisible();
  await expect(loss, "it is as it was").toBeChecked();
  await inPlanMenu(page, "Delete the plan");
  await expect(page).toHaveURL(new RegExp(`#${plan}$`));
  await expect(page.getByText(/^Deleted:/)).toHaveCount(0);
  await tenant(page, /Contoso/).click();
  await dialog(page).getByRole("button", { name: "Start the sample over" }).click();
  await expect(page.getByText(/^It was not done: a newer version/)).toBeVisible();
});
