//! Importing an admin REST list of 10,000 environments (about 29 MB), beside parsing the same bytes into `serde_json::Value`,
//! and merging it into an empty tenant and again into the result.
//!
//! Run it with `cargo bench --no-default-features --bench import`.

use chrono::{DateTime, TimeDelta, Utc};
use criterion::{Criterion, Throughput, black_box, criterion_group, criterion_main};
use restore_desk::domain::merge::{merge, preview};
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::import::read;
use std::fmt::Write;
use std::time::Duration;

const ENVIRONMENTS: usize = 10_000;

/// One environment as the admin REST API prints it, with everything that it prints.
fn row(out: &mut String, n: usize) {
    let id = format!("7c0a{:04x}-51d3-4b6e-9a10-{n:012x}", n % 0xffff);
    let sku = ["Production", "Sandbox", "Developer", "Trial", "Teams"][n % 5];
    let geo = ["europe", "unitedstates", "asia"][n % 3];
    let level = ["Standard", "Basic"][n % 2];
    write!(
        out,
        r#"{{"id":"/providers/Microsoft.BusinessAppPlatform/scopes/admin/environments/{id}","type":"Microsoft.BusinessAppPlatform/scopes/environments","location":"{geo}","name":"{id}","properties":{{"tenantId":"7c0affff-51d3-4b6e-9a10-00000000c0de","azureRegion":"region{n}","displayName":"Environment \u2116 {n}","description":"Made for the bench, number {n}","createdTime":"2025-03-04T09:15:20.1234567Z","createdBy":{{"id":"SYSTEM","displayName":"SYSTEM","type":"NotSpecified"}},"lastModifiedTime":"2025-11-02T10:00:00.7654321Z","provisioningState":"Succeeded","creationType":"User","environmentSku":"{sku}","isDefault":false,"capacity":[{{"capacityType":"Database","actualConsumption":{n}.5,"ratedConsumption":1024.0,"capacityUnit":"MB","updatedOn":"2025-11-01T16:19:10Z"}},{{"capacityType":"File","actualConsumption":119.5,"ratedConsumption":119.5,"capacityUnit":"MB","updatedOn":"2025-11-01T16:19:10Z"}},{{"capacityType":"Log","actualConsumption":0.0,"ratedConsumption":0.0,"capacityUnit":"MB","updatedOn":"2025-11-01T16:19:10Z"}}],"addons":[],"clientUris":{{"admin":"https://admin.example/environments/{id}/hub","maker":"https://make.example/environments/{id}/home"}},"runtimeEndpoints":{{"microsoft.BusinessAppPlatform":"https://{geo}.api.bap.example","microsoft.CommonDataModel":"https://{geo}.api.cds.example","microsoft.PowerApps":"https://{geo}.api.powerapps.example","microsoft.PowerAppsAdvisor":"https://{geo}.api.advisor.example","microsoft.ApiManagement":"https://management.{geo}.example","microsoft.Flow":"https://{geo}.api.flow.example"}},"databaseType":"CommonDataService","linkedEnvironmentMetadata":{{"resourceId":"{id}","friendlyName":"Environment {n}","uniqueName":"unq{n}","domainName":"org{n}","version":"9.2.23092.00206","instanceUrl":"https://org{n}.crm4.dynamics.example/","instanceApiUrl":"https://org{n}.api.crm4.dynamics.example","baseLanguage":1033,"instanceState":"Ready","createdTime":"2025-03-04T09:31:00.5Z","backgroundOperationsState":"Enabled","scaleGroup":"EUR{n}","platformSku":"Standard"}},"trialScenarioType":"None","retentionPeriod":"P7D","states":{{"management":{{"id":"Ready"}},"runtime":{{"runtimeReasonCode":"NotSpecified","requestedBy":{{"displayName":"SYSTEM","type":"NotSpecified"}},"id":"Enabled"}}}},"updateCadence":{{"id":"Frequent"}},"retentionDetails":{{"retentionPeriod":"P7D","backupsAvailableFromDateTime":"2025-11-17T06:30:00.1234567Z"}},"protectionStatus":{{"keyManagedBy":"Microsoft"}},"cluster":{{"category":"Prod","number":"107","uriSuffix":"eu-il107","geoShortName":"EU","environment":"Prod"}},"connectedGroups":[],"lifecycleOperationsEnforcement":{{"allowedOperations":[{{"type":{{"id":"Backup"}}}},{{"type":{{"id":"Edit"}}}},{{"type":{{"id":"Restore"}}}},{{"type":{{"id":"Copy"}}}}],"disallowedOperations":[{{"type":{{"id":"Provision"}},"reason":{{"message":"Provision cannot be done for this sort of environment at the moment.","type":"CdsLink"}}}},{{"type":{{"id":"Unlock"}},"reason":{{"message":"Unlock cannot be done for this sort of environment at the moment.","type":"CdsLink"}}}}]}},"governanceConfiguration":{{"protectionLevel":"{level}","settings":{{"extendedSettings":{{"excludeEnvironmentFromAnalysis":"true","maxLimitUserSharing":"10"}}}}}}}}}}"#
    )
    .unwrap();
}

fn list() -> String {
    let mut out = String::from("{\"value\":[");
    for n in 0..ENVIRONMENTS {
        if n > 0 {
            out.push(',');
        }
        row(&mut out, n);
    }
    out.push_str("]}");
    out
}

fn bench(c: &mut Criterion) {
    let now = DateTime::<Utc>::from_timestamp(1_764_000_000, 0).unwrap();
    let text = list();
    let inventory = read("bench.json", text.as_bytes(), now, |_| 0).inventory.unwrap();
    assert_eq!(inventory.environments.len(), ENVIRONMENTS);
    let tenant = merge(&Tenant::default(), &inventory, now);
    let later = now + TimeDelta::days(1);

    let mut group = c.benchmark_group("import 10,000 environments");
    group.sample_size(10).measurement_time(Duration::from_secs(8)).throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("read into an inventory", |b| {
        b.iter(|| black_box(read("bench.json", text.as_bytes(), now, |_| 0)))
    });
    group.bench_function("baseline: serde_json::Value", |b| {
        b.iter(|| black_box(serde_json::from_slice::<serde_json::Value>(text.as_bytes()).unwrap()))
    });
    group.bench_function("merge into an empty tenant", |b| {
        b.iter(|| black_box(merge(&Tenant::default(), &inventory, now)))
    });
    group.bench_function("preview of the same again", |b| b.iter(|| black_box(preview(&tenant, &inventory, later))));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
