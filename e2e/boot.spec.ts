// What public/boot.js says when the program does not arrive.
import { expect, expectAccessible, test } from "./harness";

test.describe("when the download fails", () => {
  test.use({ tolerate: /Failed to load resource|did not start|integrity/ });

  for (const [what, pattern] of [
    ["the program", "**/*.wasm"],
    ["its glue", "**/restore-desk-*.js"],
  ] as const) {
    test(`a sentence and a button to reload appear (${what} is missing)`, async ({ page }) => {
      let broken = true;
      await page.route(pattern, (route) => (broken ? route.fulfill({ status: 503 }) : route.continue()));
      await page.goto("./");
      await expect(page.getByRole("status")).toContainText("could not be downloaded");
      await expectAccessible(page);

      broken = false;
      await page.getByRole("button", { name: /reload/i }).click();
      await expect(page.locator("#boot")).toHaveCount(0);
    });
  }

  test("a damaged program is not run", async ({ page }) => {
    await page.route("**/*.wasm", (route) =>
      route.fulfill({ status: 200, contentType: "application/wasm", body: "not the program" }),
    );
    await page.goto("./");
    await expect(page.getByRole("status")).toContainText("could not be downloaded");
    await expect(page.getByRole("button", { name: /reload/i })).toBeVisible();
  });
});

test.describe("without WebAssembly", () => {
  test("a sentence says what is needed", async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
    await page.goto("./");
    await expect(page.getByRole("status")).toContainText("needs WebAssembly");
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page has a name and a sentence", async ({ page }) => {
    await page.goto("./");
    await expect(page).toHaveTitle(/Restore Desk/);
    // Playwright reads no text inside <noscript>, but it sees the boxes.
    await expect(page.locator("noscript > p")).toBeVisible();
  });
});
