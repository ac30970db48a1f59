//! The second copy of what is kept: IndexedDB, which confirms when a text is on the disk (`durability: "strict"`), and has more
//! room than localStorage. Everything is done later; what waits, in which order, is `workspace::second::queue`.
//!
//! It survives that there is none, that it is blocked, has no room, never answers, or goes away while the page is open. It is
//! opened again then, and what it lacks is put into it.

mod compare;

use super::indexed::{self, Transaction, Unsent};
use super::{clock, js};
use crate::workspace::second::queue::{Counts, Queue, QueuedJob, Take};
use crate::workspace::second::{NoSecond, SecondStanding};
use js_sys::{Array, Function};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// After so many milliseconds without an answer it counts as absent; an answer that comes later is welcome.
const PATIENCE: i32 = 4000;

/// What failed is tried again after so many milliseconds.
const AGAIN: i32 = 20_000;

/// Where it is absent it is asked for again after so many milliseconds, then after twice as many, at most after [`LONGEST`].
const REOPEN: i32 = 1000;
const LONGEST: i32 = 60_000;

/// The keys and texts that the mirror should have, besides what waits: asked for whenever it was opened.
pub(super) trait Source {
    fn keys(&self) -> Vec<String>;
    /// As the browser holds it; `None`: it is gone, or cannot be read.
    fn text(&self, key: &str) -> Option<JsValue>;
    /// Whether what it holds under a key is what should stand there.
    fn is_whole(&self, key: &str) -> bool;
}

/// So many texts are compared at a time.
const COMPARED: usize = 8;

type Listener = Rc<dyn Fn(&SecondStanding)>;

enum Phase {
    Opening,
    Open(JsValue),
    Absent(NoSecond),
}

/// The second copy.
#[derive(Clone)]
pub struct Mirror(Rc<MirrorState>);

struct MirrorState {
    phase: RefCell<Phase>,
    queue: RefCell<Queue<JsValue>>,
    source: RefCell<Option<Weak<dyn Source>>>,
    /// What was there before is in it too.
    compared: Cell<bool>,
    /// A transaction has not answered for [`PATIENCE`].
    silent: Cell<bool>,
    listener: RefCell<Option<Listener>>,
    /// The last standing that the listener was told.
    told: RefCell<Option<SecondStanding>>,
    /// Ends the present connection, so that it is opened again.
    lost: RefCell<Option<Function>>,
    /// Kept when it is open for the first time, or absent.
    ready: js_sys::Promise,
    is_ready: Function,
    /// What failed is tried again soon.
    retries: Cell<bool>,
    /// So often was it lost since something was confirmed.
    losses: Cell<u32>,
}

impl Mirror {
    /// Begins to open it.
    pub(super) fn open(source: Weak<dyn Source>) -> Self {
        let (ready, is_ready) = js::promise();
        let mirror = Mirror(Rc::new(MirrorState {
            phase: RefCell::new(Phase::Opening),
            queue: RefCell::default(),
            source: RefCell::new(Some(source)),
            compared: Cell::new(false),
            silent: Cell::new(false),
            listener: RefCell::default(),
            told: RefCell::default(),
            lost: RefCell::default(),
            ready,
            is_ready,
            retries: Cell::new(false),
            losses: Cell::new(0),
        }));
        spawn_local(mirror.clone().keep_open());
        mirror
    }

    /// `told` is called whenever the standing changed; one listener, the last one. It hears the present standing at once.
    pub fn listen(&self, told: impl Fn(&SecondStanding) + 'static) {
        *self.0.listener.borrow_mut() = Some(Rc::new(told));
        self.0.told.borrow_mut().take();
        self.tell();
    }

    pub fn standing(&self) -> SecondStanding {
        let queue = self.0.queue.borrow();
        let Counts { pending, failed, .. } = queue.counts();
        match &*self.0.phase.borrow() {
            Phase::Absent(why) => SecondStanding::Absent(why.clone()),
            Phase::Opening => SecondStanding::Opening(pending),
            Phase::Open(_) => match queue.why() {
                Some(why) => SecondStanding::Failed { count: failed, why: why.clone() },
                None if self.0.silent.get() => SecondStanding::Failed { count: pending, why: silence() },
                None if !self.0.compared.get() => SecondStanding::Opening(pending),
                None if pending > 0 => SecondStanding::Pending(pending),
                None => SecondStanding::Confirmed,
            },
        }
    }

    pub fn counts(&self) -> Counts {
        self.0.queue.borrow().counts()
    }

    /// Whether a text can be given to it: it is open, or may be soon, and did not say that it is full.
    pub(super) fn may_take(&self) -> bool {
        !matches!(*self.0.phase.borrow(), Phase::Absent(_)) && self.0.queue.borrow().why().is_none()
    }

    /// Whether a text under `key` was confirmed or found in it.
    pub(super) fn knows(&self, key: &str) -> bool {
        self.0.queue.borrow().knows(key)
    }

    pub(super) fn set(&self, key: &str, text: JsValue) {
        // Without a mirror it is found again by its key, as soon as there is one.
        if !matches!(*self.0.phase.borrow(), Phase::Absent(_)) {
            self.0.queue.borrow_mut().set(key, text);
        }
        self.work(Take::Next);
    }

    pub(super) fn remove(&self, key: &str) {
        self.0.queue.borrow_mut().remove(key);
        self.work(Take::Next);
    }

    /// Sends what waits at once, also while other texts are under way: the page may end here.
    pub fn flush(&self) {
        self.work(Take::Writes);
    }

    /// Tries again what failed, and opens it again where it is absent.
    pub fn retry(&self) {
        let absent = matches!(*self.0.phase.borrow(), Phase::Absent(_));
        if absent {
            self.lose();
        } else {
            self.work(Take::Again);
        }
    }

    /// Waits until it is open, or known to be absent.
    ///
    /// # Errors
    /// Why it is absent.
    pub async fn ready(&self) -> Result<(), NoSecond> {
        let _ = JsFuture::from(self.0.ready.clone()).await;
        match &*self.0.phase.borrow() {
            Phase::Absent(why) => Err(why.clone()),
            Phase::Opening => Err(NoSecond::Other("it is being opened again".into())),
            Phase::Open(_) => Ok(()),
        }
    }

    /// Every key that is in it.
    ///
    /// # Errors
    /// It is absent, or does not answer.
    pub async fn keys(&self) -> Result<Vec<String>, NoSecond> {
        let keys = self.read(|store| js::call(store, "getAllKeys", &[]).map(|request| vec![request])).await?;
        let keys = keys.first().map(Array::from).unwrap_or_default();
        Ok(keys.iter().filter_map(|key| key.as_string()).collect())
    }

    /// The texts under some keys, as the browser holds them; `undefined`: nothing is there.
    ///
    /// # Errors
    /// It is absent, or does not answer.
    pub async fn texts(&self, keys: &[String]) -> Result<Vec<JsValue>, NoSecond> {
        self.read(|store| keys.iter().map(|key| js::call(store, "get", &[&key.into()])).collect()).await
    }

    /// The results of some requests, all in one transaction.
    async fn read(
        &self,
        ask: impl FnOnce(&JsValue) -> Result<Vec<JsValue>, JsValue>,
    ) -> Result<Vec<JsValue>, NoSecond> {
        let database = match &*self.0.phase.borrow() {
            Phase::Open(database) => database.clone(),
            Phase::Opening => return Err(NoSecond::Other("it is not open yet".into())),
            Phase::Absent(why) => return Err(why.clone()),
        };
        match indexed::read(&database, ask) {
            Ok(reading) => reading.results(PATIENCE).await,
            Err(why) => {
                self.lose();
                Err(why)
            }
        }
    }

    /// Opens it, for as long as the page lives.
    async fn keep_open(self) {
        loop {
            let losses = self.0.losses.get().min(10);
            let wait = match indexed::open(PATIENCE, || self.absent(silence())).await {
                Ok(database) => {
                    self.use_until_lost(database).await;
                    // At once the first time: who wants to delete it does not wait for long.
                    REOPEN.saturating_mul(1 << losses).min(LONGEST) / 16
                }
                Err(why) => {
                    self.absent(why);
                    REOPEN.saturating_mul(1 << losses).min(LONGEST)
                }
            };
            self.0.losses.set(losses + 1);
            let asked_for = self.connection();
            let _ = js::within(&asked_for, wait).await;
        }
    }

    fn absent(&self, why: NoSecond) {
        *self.0.phase.borrow_mut() = Phase::Absent(why);
        self.0.compared.set(false);
        self.0.queue.borrow_mut().drop_writes();
        let _ = self.0.is_ready.call0(&JsValue::UNDEFINED);
        self.tell();
    }

    /// A promise that is kept when [`Mirror::lose`] is called.
    fn connection(&self) -> js_sys::Promise {
        let (ends, lost) = js::promise();
        *self.0.lost.borrow_mut() = Some(lost);
        ends
    }

    fn lose(&self) {
        let lost = self.0.lost.borrow().clone();
        if let Some(lost) = lost {
            let _ = lost.call0(&JsValue::UNDEFINED);
        }
    }

    async fn use_until_lost(&self, database: JsValue) {
        let ends = self.connection();
        // Closed by the browser; or another page wants to delete it or open a newer version, and waits for this one to close.
        for event in ["onclose", "onversionchange"] {
            let lost = self.0.lost.borrow().clone().unwrap_or_default();
            let _ = js_sys::Reflect::set(&database, &event.into(), &lost);
        }
        *self.0.phase.borrow_mut() = Phase::Open(database.clone());
        self.0.compared.set(false);
        let _ = self.0.is_ready.call0(&JsValue::UNDEFINED);
        self.tell();
        spawn_local(self.clone().compare());
        let _ = JsFuture::from(ends).await;
        let _ = js::call(&database, "close", &[]);
        *self.0.phase.borrow_mut() = Phase::Opening;
        self.tell();
    }

    /// Sends the next jobs, and goes on until nothing waits.
    fn work(&self, take: Take) {
        let Phase::Open(database) = &*self.0.phase.borrow() else { return self.tell() };
        let jobs = self.0.queue.borrow_mut().take(take);
        if jobs.is_empty() {
            return self.tell();
        }
        match indexed::send(database, &jobs) {
            Ok(sent) => spawn_local(self.clone().wait(sent, jobs)),
            Err(Unsent::Connection) => {
                self.0.queue.borrow_mut().unanswered(jobs);
                self.lose();
            }
            Err(Unsent::Job(why)) => {
                self.0.queue.borrow_mut().refused(jobs, why);
                let mirror = self.clone();
                spawn_local(async move { mirror.work(Take::Next) });
            }
        }
        self.tell();
    }

    async fn wait(self, sent: Transaction, jobs: Vec<QueuedJob<JsValue>>) {
        let answer = match js::within(&sent.complete, PATIENCE).await {
            Ok(None) => {
                self.0.silent.set(true);
                self.tell();
                JsFuture::from(sent.complete.clone()).await.map(Some)
            }
            answer => answer,
        };
        self.0.silent.set(false);
        match (answer, sent.error()) {
            // Confirmed is not held: it is read back.
            (Ok(_), _) => match self.held(&jobs).await {
                Ok(held) => {
                    self.0.losses.set(0);
                    self.0.queue.borrow_mut().read_back(jobs, &held);
                }
                Err(why) => self.0.queue.borrow_mut().refused(jobs, why),
            },
            (Err(_), Some(why)) => self.0.queue.borrow_mut().refused(jobs, why),
            // Without an error of its own it was ended with its connection.
            (Err(_), None) => {
                self.0.queue.borrow_mut().unanswered(jobs);
                self.lose();
            }
        }
        self.work(Take::Next);
        self.try_again_later();
    }

    fn try_again_later(&self) {
        if self.0.queue.borrow().why().is_none() || self.0.retries.replace(true) {
            return;
        }
        let mirror = self.clone();
        spawn_local(async move {
            clock::pause(AGAIN).await;
            mirror.0.retries.set(false);
            mirror.work(Take::Again);
            mirror.try_again_later();
        });
    }

    fn tell(&self) {
        let listener = self.0.listener.borrow().clone();
        let Some(listener) = listener else { return };
        let standing = self.standing();
        let news = self.0.told.borrow().as_ref() != Some(&standing);
        if news {
            *self.0.told.borrow_mut() = Some(standing.clone());
            // Later: whoever set a text is in the middle of something.
            spawn_local(async move { listener(&standing) });
        }
    }
}

fn silence() -> NoSecond {
    NoSecond::NoAnswer { millis: PATIENCE.unsigned_abs() }
}
