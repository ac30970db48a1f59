/** The list of a tenant, as its admin API prints it, to rows: no more than the least that any page would do with it. */
export function readList(text) {
  return JSON.parse(text).value.map((env) => ({
    id: env.name,
    name: env.properties.displayName,
    kind: env.properties.environmentSku,
    region: env.location,
    managed: env.properties.governanceConfiguration?.protectionLevel === "Standard" ? "Yes" : "No",
    created: env.properties.createdTime.slice(0, 10),
  }));
}
