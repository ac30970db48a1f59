//! Plans that an earlier version of the app wrote: their texts are kept as they were written then. Each plan is read in both forms,
//! wherever it stands: in a workspace, an edit or a link.

use super::parts::Plan;
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Value, json};

impl<'de> Deserialize<'de> for Plan {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        // Through text, as all that is read: a second way would be a second copy of its readers in the program.
        let text = {
            let mut plan = Value::deserialize(from)?;
            keep_texts(&mut plan);
            plan.to_string()
        };
        Plan::deserialize(&mut crate::json::Reader::new(&text)).map_err(D::Error::custom)
    }
}

impl Serialize for Plan {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Plan::serialize(self, to)
    }
}

/// Puts what the first form had as text where texts are kept. What it does not know stays; a plan of today stays as it is.
pub fn keep_texts(plan: &mut Value) {
    let Some(plan) = plan.as_object_mut() else { return };
    let Some(title) = plan.remove("title") else { return };
    plan.insert("about".to_string(), json!({ "Told": title }));
    for step in objects(plan.get_mut("steps")) {
        let texts = ["title", "who", "admin_center", "verify", "consequence", "caution"];
        let mut told = Map::new();
        for key in texts {
            if let Some(text) = step.remove(key) {
                told.insert(key.to_string(), text);
            }
        }
        step.insert("task".to_string(), json!({ "Told": told }));
        let created = step.get_mut("action").and_then(|action| action.get_mut("CreateEnvironment"));
        if let Some(created) = created.and_then(Value::as_object_mut) {
            let says = created.remove("says").unwrap_or_default();
            let region = created.remove("region").unwrap_or_default();
            created.insert("like".to_string(), json!({ "Told": { "says": says, "region": region } }));
        }
    }
    for list in ["afterwards", "deadlines", "assumptions", "cautions"] {
        for line in objects(plan.get_mut(list)) {
            if let Some(says) = line.remove("says") {
                line.insert("cause".to_string(), json!({ "Told": [{ "Plain": says }] }));
            }
        }
    }
}

fn objects(list: Option<&mut Value>) -> impl Iterator<Item = &mut Map<String, Value>> {
    list.and_then(Value::as_array_mut).into_iter().flatten().filter_map(Value::as_object_mut)
}
