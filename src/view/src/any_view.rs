//! A view whose type only it knows: one pointer and what it can do, where Leptos' own carries these, its type and its functions
//! along wherever it goes.

use crate::only_in_browsers;
use real::tachys;
use real::web_sys::{Comment, Element, Node};
use std::any::{Any, TypeId};
use std::marker::PhantomData;
use tachys::html::attribute::Attribute;
use tachys::renderer::Rndr;
use tachys::view::add_attr::AddAnyAttr;
use tachys::view::any_view::AnyViewWithAttrs;
use tachys::view::iterators::StaticVec;
use tachys::view::{Mountable, Render, RenderHtml};

/// A view of any type. Twice boxed, so that it is one word: wherever it is handed on, that is less code.
pub struct AnyView(Box<Box<dyn Hidden>>);

/// Several views, one after the other.
pub struct Views(Vec<AnyView>);

/// What a view of any type has become on the page.
pub struct AnyViewState {
    state: Box<dyn HiddenState>,
    placeholder: Option<Comment>,
}

trait Hidden: Send {
    fn build(self: Box<Self>) -> AnyViewState;
    fn rebuild(self: Box<Self>, now: &mut AnyViewState);
}

trait HiddenState: Any + Mountable {}
impl<S: Any + Mountable> HiddenState for S {}

/// The state of a `T`, and of no other type.
struct StateOf<T: Render>(T::State, PhantomData<T>);

impl<T: RenderHtml + 'static> Hidden for T {
    fn build(self: Box<Self>) -> AnyViewState {
        let state = Box::new(StateOf::<T>(Render::build(*self), PhantomData));
        AnyViewState { state, placeholder: (!T::EXISTS).then(Rndr::create_placeholder) }
    }

    fn rebuild(self: Box<Self>, now: &mut AnyViewState) {
        let state: &mut dyn Any = &mut *now.state;
        match state.downcast_mut::<StateOf<T>>() {
            Some(state) => Render::rebuild(*self, &mut state.0),
            None => now.replace(Hidden::build(self)),
        }
    }
}

impl<T: Render> Mountable for StateOf<T> {
    fn unmount(&mut self) {
        self.0.unmount();
    }
    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.mount(parent, marker);
    }
    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }
    fn elements(&self) -> Vec<Element> {
        self.0.elements()
    }
}

impl AnyViewState {
    fn replace(&mut self, mut new: Self) {
        match &mut self.placeholder {
            Some(placeholder) => placeholder.insert_before_this(&mut new),
            None => self.state.insert_before_this(&mut new),
        };
        self.unmount();
        *self = new;
    }
}

impl Mountable for AnyViewState {
    fn unmount(&mut self) {
        self.state.unmount();
        self.placeholder.unmount();
    }
    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.state.mount(parent, marker);
        self.placeholder.mount(parent, marker);
    }
    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.state.insert_before_this(child) || self.placeholder.insert_before_this(child)
    }
    fn elements(&self) -> Vec<Element> {
        self.state.elements()
    }
}

/// What can be made a view of any type.
pub trait IntoAny {
    fn into_any(self) -> AnyView;
}

impl<T: RenderHtml> IntoAny for T {
    fn into_any(self) -> AnyView {
        let view = self.into_owned();
        // What is one already is not wrapped again.
        if TypeId::of::<T::Owned>() == TypeId::of::<AnyView>() {
            let mut view = Some(view);
            let held: &mut dyn Any = &mut view;
            if let Some(any) = held.downcast_mut::<Option<AnyView>>().and_then(Option::take) {
                return any;
            }
            unreachable!("the types are equal");
        }
        AnyView(Box::new(Box::new(view)))
    }
}

/// What `view!` and `#[component]` call on what they hold and give.
pub trait IntoMaybeErased {
    fn into_maybe_erased(self) -> AnyView;
}

impl<T: RenderHtml> IntoMaybeErased for T {
    fn into_maybe_erased(self) -> AnyView {
        IntoAny::into_any(self)
    }
}

impl Render for AnyView {
    type State = AnyViewState;

    fn build(self) -> AnyViewState {
        self.0.build()
    }
    fn rebuild(self, state: &mut AnyViewState) {
        self.0.rebuild(state);
    }
}

impl AddAnyAttr for AnyView {
    type Output<A: Attribute> = AnyViewWithAttrs;

    fn add_any_attr<A: Attribute>(self, attr: A) -> AnyViewWithAttrs {
        tachys::view::any_view::IntoAny::into_any(self).add_any_attr(attr)
    }
}

impl RenderHtml for AnyView {
    type AsyncOutput = Self;
    type Owned = Self;

    only_in_browsers!();
}

impl From<Vec<AnyView>> for Views {
    fn from(views: Vec<AnyView>) -> Self {
        Self(views)
    }
}

impl Views {
    pub(crate) fn into_inner(self) -> Vec<AnyView> {
        self.0
    }
}

impl Render for Views {
    type State = <StaticVec<AnyView> as Render>::State;

    fn build(self) -> Self::State {
        StaticVec::from(self.0).build()
    }
    fn rebuild(self, state: &mut Self::State) {
        StaticVec::from(self.0).rebuild(state);
    }
}

impl AddAnyAttr for Views {
    type Output<A: Attribute> = StaticVec<AnyViewWithAttrs>;

    fn add_any_attr<A: Attribute>(self, attr: A) -> Self::Output<A> {
        StaticVec::from(self.0).add_any_attr(attr)
    }
}

impl RenderHtml for Views {
    type AsyncOutput = Self;
    type Owned = Self;

    only_in_browsers!();
}

/// What `view!` puts around what it makes; here nothing.
pub struct View;

impl View {
    #[expect(clippy::new_ret_no_self, reason = "as Leptos' own is called by the macro")]
    pub fn new<T>(view: T) -> T {
        view
    }
}

/// What `view!` adds in a debug build: from where the view is. Nothing reads it.
pub trait WithViewMarker: Sized {
    fn with_view_marker(self, _: &str) -> Self {
        self
    }
}
impl<T> WithViewMarker for T {}
