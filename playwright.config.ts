import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { getuid } from "node:process";
import { defineConfig, devices } from "@playwright/test";

// A browser of the system, where there is one (scripts/lib.sh says which);
// otherwise the one that `npx playwright install chromium` brought.
const system = process.env.RESTORE_DESK_CHROMIUM;
const executablePath = system && existsSync(system) ? system : undefined;

// Chromium cannot build its sandbox as root, which is what CI runs as.
const asRoot = getuid?.() === 0 ? ["--no-sandbox"] : [];

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/artifacts",
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  // A test that passes only at the second try is a test that fails.
  retries: 0,
  workers: Math.max(1, Math.min(4, cpus().length)),
  // Generous, since a two-core machine that also compiles is no reason to fail.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/report.json" }]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // What a test changes on the way to the page would be answered by the worker: e2e/offline.spec.ts allows it.
    serviceWorkers: "block",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      args: [
        ...asRoot,
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
