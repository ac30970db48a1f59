import { expect, expectAccessible, openApp, test } from "./harness";

test("the program starts from a sub-folder under a strict content security policy", async ({ page }) => {
  const policies: (string | undefined)[] = [];
  page.on("response", (response) => policies.push(response.headers()["content-security-policy"]));
  await openApp(page);
  await expect(page).toHaveTitle(/Restore Desk/);
  expect(policies.length).toBeGreaterThan(0);
  expect(policies.every((policy) => policy?.includes("default-src 'none'"))).toBe(true);
  await expectAccessible(page);
});

test("the first load is at most five requests, the program asked for once", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().startsWith("http")) asked.push(request.url());
  });
  await openApp(page);
  await page.waitForLoadState("networkidle");
  expect(asked.filter((url) => url.endsWith(".wasm"))).toHaveLength(1);
  expect(asked.length, asked.join("\n")).toBeLessThanOrEqual(5);
});

test("the program names no folder of the machine that built it", async ({ page }) => {
  const program = page.waitForResponse(/\.wasm$/);
  await openApp(page);
  const text = (await (await program).body()).toString("latin1");
  expect(text.match(/\.cargo\/registry\/[^ ]{0,60}/g)).toBeNull();
});
