//! What the second copy holds, beside the first store.

use super::{COMPARED, Mirror, Source};
use crate::workspace::second::NoSecond;
use crate::workspace::second::queue::{Job, QueuedJob, Take};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;

impl Mirror {
    /// Puts what it lacks into it.
    pub(super) async fn compare(self) {
        let source = self.0.source.borrow().as_ref().and_then(Weak::upgrade);
        // Other work goes on meanwhile; what is confirmed before the keys are here is among them.
        match self.keys().await {
            Ok(keys) => self.0.queue.borrow_mut().learned(keys),
            Err(_) => return self.lose(),
        }
        let differing = match &source {
            Some(source) => self.differing(source).await.unwrap_or_default(),
            None => Vec::new(),
        };
        for key in source.iter().flat_map(|s| s.keys()) {
            let queue = self.0.queue.borrow();
            let there = (queue.knows(&key) && !differing.contains(&key)) || queue.waits_for(&key);
            drop(queue);
            if let Some(text) = source.as_ref().filter(|_| !there).and_then(|s| s.text(&key)) {
                self.0.queue.borrow_mut().set_first(&key, text);
            }
        }
        self.0.compared.set(true);
        self.work(Take::Again);
        self.tell();
    }

    /// Of each job, whether the second copy holds what was asked for. The texts are compared where they are, by the browser.
    pub(super) async fn held(&self, jobs: &[QueuedJob<JsValue>]) -> Result<Vec<bool>, NoSecond> {
        let keys: Vec<String> = jobs.iter().map(|entry| entry.key.clone()).collect();
        let there = self.texts(&keys).await?;
        let source = self.0.source.borrow().as_ref().and_then(Weak::upgrade);
        // Another tab may have tidied it away from both stores meanwhile.
        let gone = |key: &str| source.as_ref().is_some_and(|source| source.text(key).is_none());
        let held = jobs.iter().zip(there).map(|(entry, there)| match &entry.job {
            Job::Set(text) => there == *text || (there.is_undefined() && gone(&entry.key)),
            Job::Remove => there.is_undefined() || !gone(&entry.key),
        });
        Ok(held.collect())
    }

    /// The keys under which the second copy holds another text than the first store, where that has the right one. A key alone proves
    /// nothing.
    async fn differing(&self, source: &Rc<dyn Source>) -> Result<Vec<String>, NoSecond> {
        let known: Vec<String> = {
            let queue = self.0.queue.borrow();
            source.keys().into_iter().filter(|key| queue.knows(key) && !queue.waits_for(key)).collect()
        };
        let mut differing = Vec::new();
        // A few at a time: each may be a million characters long.
        for keys in known.chunks(COMPARED) {
            for (key, there) in keys.iter().zip(self.texts(keys).await?) {
                if source.text(key).is_some_and(|here| here != there) && source.is_whole(key) {
                    differing.push(key.clone());
                }
            }
        }
        Ok(differing)
    }
}
