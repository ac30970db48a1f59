//! A view that is made anew only where what it shows is something else.

use crate::any_view::{AnyView, AnyViewState};
use crate::only_in_browsers;
use real::tachys;
use real::web_sys::{Element, Node};
use tachys::html::attribute::Attribute;
use tachys::view::add_attr::AddAnyAttr;
use tachys::view::any_view::AnyViewWithAttrs;
use tachys::view::{Mountable, Render, RenderHtml};

/// What is shown, and how. Many of them in one part of a page cost less than a memo and a part for each: what did not change is
/// compared, and neither made nor written.
pub struct Kept<T> {
    shows: T,
    view: fn(&T) -> AnyView,
}

impl<T: PartialEq + Send + 'static> Kept<T> {
    pub fn new(shows: T, view: fn(&T) -> AnyView) -> Self {
        Self { shows, view }
    }
}

/// What it showed last, and what has become of that on the page.
pub struct KeptState<T> {
    shown: T,
    view: AnyViewState,
}

impl<T: PartialEq + Send + 'static> Render for Kept<T> {
    type State = KeptState<T>;

    fn build(self) -> Self::State {
        KeptState { view: (self.view)(&self.shows).build(), shown: self.shows }
    }

    fn rebuild(self, state: &mut Self::State) {
        if state.shown != self.shows {
            (self.view)(&self.shows).rebuild(&mut state.view);
            state.shown = self.shows;
        }
    }
}

impl<T> Mountable for KeptState<T> {
    fn unmount(&mut self) {
        self.view.unmount();
    }
    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.view.mount(parent, marker);
    }
    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.view.insert_before_this(child)
    }
    fn elements(&self) -> Vec<Element> {
        self.view.elements()
    }
}

impl<T: PartialEq + Send + 'static> AddAnyAttr for Kept<T> {
    type Output<A: Attribute> = AnyViewWithAttrs;

    fn add_any_attr<A: Attribute>(self, attr: A) -> AnyViewWithAttrs {
        (self.view)(&self.shows).add_any_attr(attr)
    }
}

impl<T: PartialEq + Send + 'static> RenderHtml for Kept<T> {
    type AsyncOutput = Self;
    type Owned = Self;

    only_in_browsers!();
}
