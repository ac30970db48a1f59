// From the user's own file to a tenant: recognised, previewed, kept, answered.
import { expect, expectAccessible, openApp, test } from "./harness";
import { BACKUPS, giveFile, importAndKeep, LATER, saved, THREE } from "./inventories";

const keep = { name: "Keep", exact: true } as const;

test("a file is previewed before anything is kept, and then kept", async ({ page }) => {
  await openApp(page);
  await giveFile(page, "environments.json", THREE);
  await expect(page).toHaveURL(/#\/import$/);
  const card = page.getByRole("region", { name: "environments.json" });
  await expect(card).toContainText("Recognised as admin REST list, 3 environments");
  await expect(card).toContainText("+ 3 added");
  await expect(card).toContainText("customer-managed key (3)");
  await expectAccessible(page);
  expect(await page.evaluate(() => localStorage.getItem("restore-desk/workspace"))).toBeNull();

  await page.getByRole("button", keep).click();
  await expect(page.getByText(/was imported.*3 added/)).toBeVisible();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Environments" })).toContainText("3");
  await saved(page);
  await page.reload();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Environments" })).toContainText("3");
});

test("discarding keeps nothing", async ({ page }) => {
  await openApp(page, "/import");
  await giveFile(page, "environments.json", THREE);
  await page.getByRole("button", { name: "Discard", exact: true }).click();
  await expect(page.getByRole("region", { name: "environments.json" })).toHaveCount(0);
  await expect(page.getByRole("navigation").getByRole("link", { name: "Environments" })).not.toContainText(/\d/);
});

test("one answer for all at once, and it survives the next import", async ({ page }) => {
  await openApp(page);
  await importAndKeep(page, THREE);
  const key = page.getByRole("region", { name: "Customer-managed key" });
  await expect(key).toContainText("All 3 environments");
  await key.getByRole("button", { name: "No", exact: true }).click();
  await expect(key).toHaveCount(0);

  await giveFile(page, "later.json", LATER);
  const card = page.getByRole("region", { name: "later.json" });
  await expect(card).toContainText("+ 1 added");
  await expect(card).toContainText("~ 1 changed");
  await expect(card).toContainText("− 1 not in the file");
  await expect(card.getByRole("row", { name: /Fabrikam Acceptance Managed yes no/ })).toBeVisible();
  await page.getByRole("button", keep).click();
  await expect(page.getByText("Your answers (3)")).toBeVisible();
  await expect(page.getByRole("region", { name: "Customer-managed key" })).toContainText("unknown for 1 of 4");
});

test("an answer for a selection, and taken back", async ({ page }) => {
  await openApp(page);
  await importAndKeep(page, THREE);
  await page.goto("./#/unknown");
  const key = page.getByRole("region", { name: "Customer-managed key" });
  await key.getByText("Answer for some of them").click();
  await key.getByLabel("Fabrikam UAT").check();
  await key.getByLabel("Fabrikam Dev").check();
  await expect(key).toContainText("The 2 ticked");
  await key.getByRole("group").last().getByRole("button", { name: "No", exact: true }).click();
  await expect(key).toContainText("unknown for 1 of 3");
  await expectAccessible(page);
  await page.getByText("Your answers (2)").click();
  await page.getByRole("button", { name: "Take back: Fabrikam UAT, customer-managed key" }).click();
  await expect(key).toContainText("unknown for 2 of 3");
});

test("backups that do not say whose they are ask for their environment", async ({ page }) => {
  await openApp(page);
  await importAndKeep(page, THREE);
  await giveFile(page, "backups.json", BACKUPS);
  await expect(page.getByRole("button", keep)).toBeDisabled();
  await page.getByLabel(/Which environment does this list belong to/).selectOption("Fabrikam UAT");
  await expect(page.getByRole("region", { name: "backups.json" })).toContainText("before the update");
  await expectAccessible(page);
  await page.getByRole("button", keep).click();
  await expect(page.getByText("backups.json was imported")).toBeVisible();
});

for (const [what, text, says] of [
  ["an error answer", '{"error":{"code":"Forbidden","message":"no"}}', /error answer/i],
  ["a count", '{"data":[{"EnvironmentType":"Sandbox","EnvironmentCount":12}]}', /count/i],
  ["broken off JSON", THREE.slice(0, 300), /cut off|ends/i],
  ["an empty list", '{"value":[]}', /0 environments/i],
  ["nothing at all", "", /empty/i],
  ["a picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), /picture|image/i],
] as const) {
  test(`${what} is named, and leaves everything as it was`, async ({ page }) => {
    await openApp(page);
    await importAndKeep(page, THREE);
    await saved(page);
    const before = await page.evaluate(() => localStorage.getItem("restore-desk/workspace"));
    await giveFile(page, "wrong.json", text);
    const card = page.getByRole("region", { name: "wrong.json" });
    await expect(card).toContainText(says);
    await expect(card).toContainText("What was there before stays as it was");
    await expect(page.getByRole("button", keep)).toBeDisabled();
    await expectAccessible(page);
    expect(await page.evaluate(() => localStorage.getItem("restore-desk/workspace"))).toBe(before);
  });
}

test("pasted text is read like a file", async ({ page }) => {
  await openApp(page);
  await page.getByText("Paste text instead").click();
  await page.getByLabel("The text that your tool printed").fill(THREE);
  await page.getByRole("button", { name: "Read the text" }).click();
  await expect(page.getByRole("region", { name: "pasted text" })).toContainText("+ 3 added");
});

test("files can be dropped anywhere, several at once", async ({ page }) => {
  await openApp(page, "/retention");
  const data = await page.evaluateHandle(
    ([three, backups]) => {
      const data = new DataTransfer();
      data.items.add(new File([three], "environments.json"));
      data.items.add(new File([backups], "backups.json"));
      return data;
    },
    [THREE, BACKUPS] as const,
  );
  await page.dispatchEvent("body", "dragover", { dataTransfer: data });
  await expect(page.getByText("Drop the inventory to read it")).toBeVisible();
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
  await expect(page.getByRole("region", { name: "environments.json" })).toContainText("+ 3 added");
  await expect(page.getByRole("region", { name: "backups.json" })).toContainText("Which environment");
});

test("an inventory opened beside the sample goes to the user's own tenant", async ({ page }) => {
  await openApp(page);
  await page.getByRole("button", { name: "Open the sample tenant" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Contoso (sample)");
  await importAndKeep(page, THREE);
  await expect(page.getByRole("navigation").getByRole("link", { name: "Environments" })).toContainText("3");
  await expect(page.getByRole("button", { name: /My tenant/ })).toBeVisible();
  await page.getByRole("button", { name: /My tenant/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Open the sample tenant" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Contoso (sample)");
});
