//! Files of any size, of each sort that a reader could take too long over. `benches/read_file.rs` makes the same.

use std::fmt::Write;

/// Makes files of one sort.
pub struct Maker {
    pub name: &'static str,
    before: String,
    row: fn(usize) -> String,
    between: &'static str,
    after: &'static str,
}

impl Maker {
    /// A file of about `size` bytes.
    pub fn text(&self, size: usize) -> String {
        let mut text = self.before.clone();
        let mut n = 0;
        while text.len() + self.after.len() < size {
            if n > 0 {
                text.push_str(self.between);
            }
            text.push_str(&(self.row)(n));
            n += 1;
        }
        text + self.after
    }
}

fn id(n: usize) -> String {
    format!("5fab0001-77aa-4c31-8d10-{n:012x}")
}

fn admin(n: usize, inside: &str) -> String {
    format!(
        r#"{{"name":"{}","location":"europe","properties":{{"displayName":"E {n}","environmentSku":"Sandbox","createdTime":"2025-03-04T09:15:20Z","retentionPeriod":"P7D"{inside}}}}}"#,
        id(n)
    )
}

fn powershell(n: usize) -> String {
    let mut inner = String::new();
    for k in 0..20 {
        write!(inner, "; part; key{k}=some value").unwrap();
    }
    format!(
        r#"{{"EnvironmentName":"{}","DisplayName":"E {n}","EnvironmentType":"Sandbox","Internal":"@{{id=x; location=europe; properties=@{{displayName=a; b{inner}}}}}"}}"#,
        id(n)
    )
}

pub fn all() -> Vec<Maker> {
    let json = |name, row| Maker { name, before: "{\"value\":[".into(), row, between: ",\n", after: "]}" };
    let plain = |name, before: &str, row| Maker { name, before: before.into(), row, between: "\n", after: "\n" };
    let own = |name, before: &str, row, after| Maker { name, before: before.into(), row, between: ",", after };
    vec![
        json("admin REST", |n| admin(n, "")),
        json("nested", |n| {
            let deep = "[".repeat(55) + &"]".repeat(55);
            admin(n, &format!(r#","enterprisePolicies":{{"vNets":{deep}}}"#))
        }),
        json("wide", |n| admin(n, &format!(r#","connectedGroups":[{}]"#, vec!["1"; 4_900].join(",")))),
        json("many-keyed", |n| {
            let keys: Vec<String> = (0..900).map(|k| format!(r#""key{k}":{k}"#)).collect();
            admin(n, &format!(",{}", keys.join(",")))
        }),
        json("many-keyed counts", |n| {
            let keys: Vec<String> = (0..900).map(|k| format!(r#""key{k}count":{k}"#)).collect();
            format!(r#"{{"row":{n},{}}}"#, keys.join(","))
        }),
        json("cut off", powershell),
        json("one cut text", |n| {
            let mut inner = String::new();
            for k in 0..900 {
                write!(inner, "k{k}=v; w; ").unwrap();
            }
            format!(r#"{{"EnvironmentName":"{}","EnvironmentType":"Sandbox","Internal":"@{{{inner}}}"}}"#, id(n))
        }),
        json("many-lined", |n| admin(n, "").replace(',', ",\n\n")),
        json("Power Platform API", |n| {
            format!(
                r#"{{"id":"{}","displayName":"E {n}","type":"Sandbox","geo":"europe","state":"Enabled","createdDateTime":"2025-03-04T09:15:20Z"}}"#,
                id(n)
            )
        }),
        json("pac JSON", |n| {
            format!(r#"{{"EnvironmentId":"{}","DisplayName":"E {n}","Type":"Sandbox","EnvironmentUrl":null}}"#, id(n))
        }),
        json("backups", |n| {
            format!(
                r#"{{"id":"{}","label":"L {n}","backupPointDateTime":"2025-11-04T09:15:20Z","environmentId":"{}"}}"#,
                id(n),
                id(n % 7)
            )
        }),
        json("backups of many", |n| {
            format!(
                r#"{{"id":"{}","label":"L {n}","backupPointDateTime":"2025-11-04T09:15:20Z","environmentId":"{}"}}"#,
                id(n),
                id(n)
            )
        }),
        json("applications", |n| {
            format!(
                r#"{{"uniqueName":"msdyn_{n}","localizedName":"Dynamics 365 Sales","publisherName":"M","state":"Installed"}}"#
            )
        }),
        json("capacity", |n| {
            format!(r#"{{"capacityType":"Sort{n}","totalCapacity":1.5,"consumption":{{"actual":1.0}}}}"#)
        }),
        json("findings", |n| {
            format!(
                r#"{{"EnvironmentId":"{}","Type":"Sandbox","IsManaged":"perhaps {n}","CreatedAt":"never {n}"}}"#,
                id(n)
            )
        }),
        json("the same id", |n| format!(r#"{{"EnvironmentId":"{}","Type":"Sandbox","Name":"{n}"}}"#, id(0))),
        json("unknown rows", |n| format!(r#"{{"Environmnt":"{n}","a":1,"b":[{{}},{{}}]}}"#)),
        json("escapes", |n| {
            format!(
                r#"{{"EnvironmentId":"{}","Type":"Sandbox","Name":"\u00e4\n{}"}}"#,
                id(n),
                "\\ud83d\\udea2".repeat(20)
            )
        }),
        plain("lines of JSON", "", |n| admin(n, "")),
        plain("noise like JSON", "", |n| format!("[\"{n}\" is no JSON")),
        plain("pac table", "Environment Environment Id                       Environment Url Type", |n| {
            format!("E {n:<9} {} https://a/       Sandbox", id(n))
        }),
        plain("table without a header", "Umgebung  Kennung", |n| {
            format!("E {n} {} https://a/ Sandbox {}", id(n), id(n))
        }),
        plain("misfits", "Environment Environment Id                       Environment Url Type", |n| {
            format!("misfit {n}")
        }),
        plain(
            "backups of pac",
            "Index Id                                   Label Expiry                 Point Date",
            |n| format!("{n:<5} {} a     18/11/2025 07:12:30    11/11/2025 07:12:30", id(n)),
        ),
        plain("key and value", "", |n| {
            format!("EnvironmentName : {}\nDisplayName : E {n}\n  goes on\nEnvironmentType : Sandbox\n", id(n))
        }),
        plain("CSV", "EnvironmentId,Name,Environment Type,IsManaged", |n| {
            format!("{},\"E \"\"{n}\"\"\",Sandbox,true", id(n))
        }),
        plain("CSV, wide", &format!("EnvironmentId,{}", vec!["Some Column"; 900].join(",")), |n| {
            format!("{},{}", id(n), ",".repeat(899))
        }),
        plain("empty lines", "x", |_| String::new()),
        plain("one letter a line", "x", |_| "x".into()),
        plain("words", "Dear Sir", |n| format!("or Madam {n}, this is : no list ; of anything")),
        plain("web page", "<html>", |n| format!("<p>{n}</p>")),
        own(
            "own workspace",
            r#"{"app":"restore-desk","schema":1,"saved":"2026-11-24T06:05:00Z","workspace":{"tenant":{"name":"A","environments":["#,
            |n| {
                format!(
                    r#"{{"id":"{}","name":"E {n}","kind":{{"o":{{"v":"Sandbox","o":{{"i":1}},"t":"2026-01-01T00:00:00Z"}}}},"region":{{"o":{{"v":"europe","o":{{"i":1}},"t":"2026-01-01T00:00:00Z"}}}},"dataverse":{{"o":{{"v":true,"o":{{"i":1}},"t":"2026-01-01T00:00:00Z"}}}},"managed":{{"o":{{"v":true,"o":{{"i":1}},"t":"2026-01-01T00:00:00Z"}}}},"created":{{"o":{{"v":"2025-01-01T00:00:00Z","o":{{"i":1}},"t":"2026-01-01T00:00:00Z"}}}},"backups":[],"history":[]}}"#,
                    id(n)
                )
            },
            "]}}}",
        ),
        own(
            "own plan",
            r#"{"app":"restore-desk","kind":"plan","version":1,"tenant":"A","play":false,"plan":{"title":"T","cautions":["#,
            |n| {
                format!(
                    r#"{{"id":"c-{n}","says":"a caution that is long enough to be one of the app, with some words","rules":["R3"]}}"#
                )
            },
            "]}}",
        ),
    ]
}
