// Inventories as the tools of an administrator print them, made up here: the shapes are real, the tenant is not.
// Every instant is near NOW, which the tests set as the browser's clock.

/** The clock of every test that shows dates: 03:00 in Berlin. */
export const NOW = "2026-11-24T02:00:00Z";

const TENANT = "5fab0000-77aa-4c31-8d10-00000000c0de";

/** What a made-up environment is like; what is left out, the tools leave out too. */
export type Env = {
  id: string;
  name: string;
  sku: string;
  region?: string;
  managed?: boolean;
  /** `null`: `linkedEnvironmentMetadata` is null and there is no database. */
  database?: boolean;
  retentionDays?: number;
  created?: string;
  oldestBackup?: string;
  /** The linked key's id; `null`: no policy is linked; left out: the file does not say. */
  key?: string | null;
  runtime?: string;
  teams?: boolean;
};

export const id = (n: number) => `5fab${n.toString(16).padStart(4, "0")}-77aa-4c31-8d10-${n.toString(16).padStart(12, "0")}`;

export const SALES: Env = {
  id: id(1),
  name: "Fabrikam Sales",
  sku: "Production",
  region: "europe",
  managed: true,
  retentionDays: 28,
  key: null,
};
export const UAT: Env = { id: id(2), name: "Fabrikam UAT", sku: "Sandbox", region: "europe", managed: true, key: null };
export const FINANCE: Env = {
  id: id(3),
  name: "Finance Ledger",
  sku: "Production",
  region: "unitedstates",
  managed: false,
  retentionDays: 7,
  key: null,
};
/** Its key and whether it is managed are not in the file. */
export const TRAINING: Env = { id: id(4), name: "Training", sku: "Sandbox", region: "unitedstates" };
export const DEV: Env = { id: id(5), name: "Ada's Developer", sku: "Developer", region: "europe", managed: false, key: null };
export const TEAM: Env = { id: id(6), name: "Crew Rota", sku: "Teams", region: "europe", managed: false, key: null, teams: true };
export const DEFAULT: Env = {
  id: `Default-${TENANT}`,
  name: "Fabrikam (default)",
  sku: "Default",
  region: "europe",
  managed: false,
  key: null,
};

export const FABRIKAM: Env[] = [SALES, UAT, FINANCE, TRAINING, DEV, TEAM, DEFAULT];

/** One environment of the admin REST list. */
export function restEnvironment(env: Env): Record<string, unknown> {
  const days = env.retentionDays ?? 7;
  const host = env.name.toLowerCase().replace(/[^a-z]/g, "");
  const properties: Record<string, unknown> = {
    tenantId: TENANT,
    azureRegion: env.region === "unitedstates" ? "eastus" : "westeurope",
    displayName: env.name,
    createdTime: env.created ?? "2025-06-12T08:14:09.4423169Z",
    createdBy: { id: "5fab9999-77aa-4c31-8d10-000000000001", displayName: "Ada Quist", type: "User" },
    lastModifiedTime: "2026-11-20T09:30:11.0032145Z",
    provisioningState: "Succeeded",
    creationType: "User",
    environmentSku: env.sku,
    isDefault: env.sku === "Default",
    clientUris: { admin: `https://admin.powerplatform.microsoft.com/environments/environment/${env.id}/hub` },
    databaseType: "CommonDataService",
    retentionPeriod: `P${days}D`,
    retentionDetails: {
      retentionPeriod: `P${days}D`,
      backupsAvailableFromDateTime:
        env.oldestBackup ?? new Date(Date.parse(NOW) - days * 86_400_000).toISOString().replace("000Z", "0000000Z"),
    },
    states: { management: { id: "Ready" }, runtime: { id: env.runtime ?? "Enabled" } },
    protectionStatus: { keyManagedBy: "Microsoft" },
    cluster: { category: "Prod", number: "112", geoShortName: "EU", environment: "Prod" },
    connectedGroups: env.teams ? [{ id: "5fab9999-77aa-4c31-8d10-00000000000a", connectedResources: [] }] : [],
    linkedEnvironmentMetadata:
      env.database === false
        ? null
        : {
            resourceId: `6${env.id.slice(1)}`,
            friendlyName: env.name,
            domainName: host,
            version: "9.2.26111.00158",
            instanceUrl: `https://${host}.crm4.dynamics.com/`,
            baseLanguage: 1033,
            instanceState: "Ready",
            createdTime: "2025-06-12T08:31:55.5Z",
            backgroundOperationsState: "Enabled",
          },
    capacity: [
      { capacityType: "Database", actualConsumption: 3120.42, ratedConsumption: 3120.42, capacityUnit: "MB" },
      { capacityType: "File", actualConsumption: 812.07, ratedConsumption: 812.07, capacityUnit: "MB" },
      { capacityType: "Log", actualConsumption: 55.9, ratedConsumption: 55.9, capacityUnit: "MB" },
    ],
  };
  if (env.database === false) delete properties.databaseType;
  if (env.managed !== undefined) {
    properties.governanceConfiguration = { protectionLevel: env.managed ? "Standard" : "Basic" };
  }
  if (env.key !== undefined) {
    properties.enterprisePolicies = env.key
      ? { customerManagedKeys: { id: env.key, location: env.region, linkStatus: "Linked" }, vNets: { linkStatus: "NotLinked" } }
      : { customerManagedKeys: { linkStatus: "NotLinked" }, vNets: { linkStatus: "NotLinked" } };
  }
  return {
    id: `/providers/Microsoft.BusinessAppPlatform/scopes/admin/environments/${env.id}`,
    type: "Microsoft.BusinessAppPlatform/scopes/environments",
    location: env.region,
    name: env.id,
    properties,
  };
}

export const restList = (envs: Env[]): string => JSON.stringify({ value: envs.map(restEnvironment) }, null, 2);

/** `Get-AdminPowerAppEnvironment | ConvertTo-Json`, with nested values cut to strings as a small depth leaves them. */
export function powershellCut(envs: Env[]): string {
  const text = (value: unknown): string => {
    if (value === null || value === undefined) return "";
    if (typeof value !== "object") return String(value);
    const inner = Object.entries(value).map(([k, v]) => `${k}=${typeof v === "object" ? "" : text(v)}`);
    return Array.isArray(value) ? "" : `@{${inner.join("; ")}}`;
  };
  const rows = envs.map((env) => {
    const rest = restEnvironment(env);
    const properties = rest.properties as Record<string, unknown>;
    const cut = Object.fromEntries(
      Object.entries(properties).map(([k, v]) => [k, typeof v === "object" ? text(v) : v]),
    );
    return {
      EnvironmentName: env.id,
      DisplayName: env.name,
      Description: null,
      IsDefault: env.sku === "Default",
      Location: env.region,
      CreatedTime: properties.createdTime,
      EnvironmentType: env.sku,
      CommonDataServiceDatabaseProvisioningState: "Succeeded",
      CommonDataServiceDatabaseType: "Common Data Service for Apps",
      Internal: { ...rest, properties: cut },
    };
  });
  return JSON.stringify(rows, null, 2);
}

/** `pac admin list`: columns padded with spaces, after what the tool says first. */
export function pacList(envs: Env[]): string {
  const head = ["Environment", "Environment Id", "Environment Url", "Type", "Organization Id"];
  const rows = envs.map((env) => [
    env.name,
    env.id,
    `https://${env.name.toLowerCase().replace(/[^a-z]/g, "")}.crm4.dynamics.com/`,
    env.sku,
    `6${env.id.slice(1)}`,
  ]);
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((r) => r[i]!.length)) + 1);
  const line = (cells: string[]) => cells.map((c, i) => c.padEnd(widths[i]!)).join("").trimEnd();
  return [
    "Connected as ada@fabrikam.example",
    "",
    "Listing all environments from your tenant.",
    "",
    line(head),
    ...rows.map(line),
    "",
  ].join("\r\n");
}

/** The manual backups of one environment, as the cmdlet gives them; `hours` before NOW. */
export const backupList = (backups: { label: string; hours: number }[]): string =>
  JSON.stringify({
    value: backups.map(({ label, hours }, i) => ({
      id: `7fab0000-77aa-4c31-8d10-${(i + 1).toString(16).padStart(12, "0")}`,
      label,
      backupPointDateTime: new Date(Date.parse(NOW) - hours * 3_600_000).toISOString(),
      createdBy: { displayName: "Ada Quist" },
    })),
  });

/** As Windows PowerShell's `>` writes it. */
export function utf16le(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
}

/** The first bytes of a picture. */
export const PNG = Buffer.from(
  "89504e470d0a1a0a0000000d494844520000000100000001080600000 01f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082".replace(
    " ",
    "",
  ),
  "hex",
);

/** A tenant as large as few are: `count` environments of all kinds. */
export function largeTenant(count: number): Env[] {
  const skus = ["Production", "Sandbox", "Sandbox", "Developer", "Teams", "Trial"];
  return Array.from({ length: count }, (_, i) => ({
    id: id(0x100 + i),
    name: `Plant ${String(i + 1).padStart(4, "0")}`,
    sku: skus[i % skus.length]!,
    region: i % 5 === 0 ? "unitedstates" : "europe",
    managed: i % 3 === 0,
    key: null,
  }));
}
