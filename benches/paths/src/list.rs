//! A tenant's list as the admin REST API prints it: 2.9 kB for each environment, with everything that it prints.

use std::fmt::Write;

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

pub fn list(environments: usize) -> String {
    let mut out = String::from("{\"value\":[");
    for n in 0..environments {
        if n > 0 {
            out.push(',');
        }
        row(&mut out, n);
    }
    out.push_str("]}");
    out
}
