// Inventories in the shape of the real tools, written for the tests.
import type { Page } from "@playwright/test";

type Options = {
  id: string;
  name: string;
  kind?: string;
  region?: string;
  managed?: boolean;
  dataverse?: boolean;
  retention?: string;
};

/** One environment as the admin REST list has it. */
export function environment({ id, name, kind = "Sandbox", region = "europe", managed, dataverse = true, retention = "P7D" }: Options) {
  return {
    id: `/providers/Microsoft.BusinessAppPlatform/scopes/admin/environments/${id}`,
    name: id,
    location: region,
    type: "Microsoft.BusinessAppPlatform/scopes/environments",
    properties: {
      displayName: name,
      environmentSku: kind,
      azureRegion: "westeurope",
      createdTime: "2024-01-10T08:00:00.0000000Z",
      isDefault: false,
      retentionPeriod: retention,
      states: { management: { id: "Ready" }, runtime: { id: "Enabled" } },
      ...(managed === undefined ? {} : { governanceConfiguration: { protectionLevel: managed ? "Standard" : "Basic" } }),
      ...(dataverse
        ? {
            linkedEnvironmentMetadata: {
              resourceId: id,
              friendlyName: name,
              uniqueName: `unq${id.slice(-4)}`,
              domainName: `org${id.slice(-4)}`,
              version: "9.2.24021.00169",
              instanceUrl: `https://org${id.slice(-4)}.crm4.dynamics.com/`,
            },
          }
        : {}),
    },
  };
}

const id = (n: number) => `aaaaaaaa-0000-4000-8000-00000000000${n}`;

export const SALES = id(1);
export const UAT = id(2);
export const DEV = id(3);

/** Three environments; nobody knows their keys, and whether Sales has Dynamics 365 apps. */
export const THREE = JSON.stringify({
  value: [
    environment({ id: SALES, name: "Fabrikam Sales", kind: "Production", managed: true, retention: "P28D" }),
    environment({ id: UAT, name: "Fabrikam UAT", managed: true }),
    environment({ id: DEV, name: "Fabrikam Dev", kind: "Developer", managed: false }),
  ],
});

/** The same later: UAT was renamed and is not managed any more, Dev is gone, Training is new. */
export const LATER = JSON.stringify({
  value: [
    environment({ id: SALES, name: "Fabrikam Sales", kind: "Production", managed: true, retention: "P28D" }),
    environment({ id: UAT, name: "Fabrikam Acceptance", managed: false }),
    environment({ id: id(4), name: "Fabrikam Training", managed: true }),
  ],
});

/** A list of manual backups that does not say whose they are. */
export const BACKUPS = JSON.stringify({
  value: [
    { id: "b-1", label: "before the update", backupPointDateTime: "2026-11-20T10:00:00Z", createdBy: { displayName: "A" } },
  ],
});

/** Chooses a text as if it were a file. */
export async function giveFile(page: Page, name: string, text: string | Buffer): Promise<void> {
  const buffer = typeof text === "string" ? Buffer.from(text) : text;
  await page.locator('input[type="file"]').setInputFiles({ name, mimeType: "application/json", buffer });
}

/** Imports a text and keeps it. */
export async function importAndKeep(page: Page, text: string, name = "environments.json"): Promise<void> {
  await page.goto("./#/import");
  await giveFile(page, name, text);
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await page.getByText("was imported").first().waitFor();
}

/** Waits until the last change is in the browser's storage. */
export async function saved(page: Page): Promise<void> {
  await page.locator(".save", { hasText: "✓ Saved" }).waitFor();
}
