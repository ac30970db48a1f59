//! An element of whatever tag, as one type.

use crate::any_view::{AnyView, IntoAny, Views};
use crate::only_in_browsers;
use real::attr::AttributeValue;
use real::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use real::attr::custom::custom_attribute;
use real::tachys;
use real::web_sys::{Element, Node};
use rustc_hash::FxHasher;
use std::any::{Any, TypeId};
use std::hash::{Hash, Hasher};
use tachys::html::attribute::Attribute;
use tachys::html::class::{IntoClass, class};
use tachys::html::element::ElementType;
use tachys::html::event::{EventDescriptor, on};
use tachys::html::node_ref::{NodeRefContainer, node_ref};
use tachys::html::property::{IntoProperty, prop};
use tachys::html::style::{IntoStyle, style};
use tachys::renderer::Rndr;
use tachys::view::add_attr::AddAnyAttr;
use tachys::view::iterators::StaticVec;
use tachys::view::{Mountable, Render, RenderHtml};

/// An element: its tag, what stands in the tag, and what is inside.
pub struct El(Box<Parts>);

struct Parts {
    tag: &'static str,
    namespace: Option<&'static str>,
    attributes: Vec<AnyAttribute>,
    shape: Shape,
    children: Vec<AnyView>,
}

/// Which attributes an element has, by name and type: where a later one has the same, each is only told its new value. Leptos takes
/// all attributes of a list away and builds them anew, which was half of the work of a changed row.
struct Shape {
    /// `None`: there is one of which that cannot be said.
    of: Option<FxHasher>,
    has_class: bool,
    has_style: bool,
}

impl Shape {
    fn add<A: Attribute>(&mut self, name: Option<&'static str>) {
        self.of = name.zip(self.of.take()).map(|(name, mut of)| {
            name.hash(&mut of);
            TypeId::of::<A::CloneableOwned>().hash(&mut of);
            of
        });
    }

    fn hash(&self) -> Option<u64> {
        self.of.as_ref().map(FxHasher::finish)
    }
}

impl El {
    /// `namespace`: `None` for HTML.
    pub fn new(tag: &'static str, namespace: Option<&'static str>) -> Self {
        let shape = Shape { of: Some(FxHasher::default()), has_class: false, has_style: false };
        Self(Box::new(Parts { tag, namespace, attributes: Vec::new(), shape, children: Vec::new() }))
    }

    /// `name`: `None` where a new value alone would leave something of the old one.
    fn with<A: Attribute>(mut self, name: Option<&'static str>, attribute: A) -> Self {
        self.0.shape.add::<A>(name);
        self.0.attributes.push(attribute.into_any_attr());
        self
    }

    /// Puts a view, or several, after those that are inside already.
    pub fn child<V: RenderHtml>(mut self, view: V) -> Self {
        if TypeId::of::<V::Owned>() == TypeId::of::<Views>() {
            let mut views = Some(view.into_owned());
            let held: &mut dyn Any = &mut views;
            let views = held.downcast_mut::<Option<Views>>().and_then(Option::take);
            self.0.children.extend(views.into_iter().flat_map(Views::into_inner));
        } else {
            self.0.children.push(view.into_any());
        }
        self
    }

    pub fn attr(self, name: &'static str, value: impl AttributeValue) -> Self {
        self.with(Some(name), custom_attribute(name, value))
    }

    pub fn class(mut self, value: impl IntoClass) -> Self {
        // One of two would write over the other.
        let first = !std::mem::replace(&mut self.0.shape.has_class, true);
        self.with(first.then_some("class"), class(value))
    }

    pub fn style(mut self, value: impl IntoStyle) -> Self {
        // The name of a style is in its value: of two that changed places one would take away what the other has set.
        let first = !std::mem::replace(&mut self.0.shape.has_style, true);
        self.with(first.then_some("style"), style(value))
    }

    pub fn prop(self, name: &'static str, value: impl IntoProperty) -> Self {
        self.with(Some(name), prop(name, value))
    }

    pub fn on<E>(self, event: E, handler: impl FnMut(E::EventType) + 'static) -> Self
    where
        E: EventDescriptor + Send + 'static,
        E::EventType: From<tachys::renderer::types::Event> + 'static,
    {
        self.listens(event, Box::new(handler))
    }

    fn listens<E>(self, event: E, mut handler: Box<dyn Handles<E::EventType>>) -> Self
    where
        E: EventDescriptor + Send + 'static,
        E::EventType: From<tachys::renderer::types::Event> + 'static,
    {
        self.with(Some("on"), on(event, move |event: E::EventType| handler.handle(event)))
    }

    pub fn node_ref<E: ElementType>(self, node: impl NodeRefContainer<E>) -> Self {
        self.with(None, node_ref(node))
    }

    pub fn add_any_attr(self, attribute: impl Attribute) -> Self {
        self.with(None, attribute)
    }
}

/// What is done with an event. A `dyn FnMut` would bring along a function for each handler that nobody calls.
trait Handles<E> {
    fn handle(&mut self, event: E);
}

impl<E, F: FnMut(E)> Handles<E> for F {
    fn handle(&mut self, event: E) {
        self(event);
    }
}

/// What has become of an element on the page.
pub struct State {
    tag: &'static str,
    element: Element,
    /// None where the element came without any.
    attributes: Option<<Vec<AnyAttribute> as Attribute>::State>,
    shape: Option<u64>,
    children: Option<<StaticVec<AnyView> as Render>::State>,
}

impl Render for El {
    type State = State;

    fn build(self) -> State {
        let Parts { tag, namespace, attributes, shape, children } = *self.0;
        let element = Rndr::create_element(tag, namespace);
        let attributes = (!attributes.is_empty()).then(|| attributes.build(&element));
        let mut children = (!children.is_empty()).then(|| StaticVec::from(children).build());
        children.mount(&element, None);
        State { tag, element, attributes, shape: shape.hash(), children }
    }

    fn rebuild(self, state: &mut State) {
        let same = self.0.tag == state.tag
            && self.0.attributes.is_empty() == state.attributes.is_none()
            && self.0.children.is_empty() == state.children.is_none();
        if !same {
            let mut new = self.build();
            state.insert_before_this(&mut new);
            state.unmount();
            *state = new;
            return;
        }
        if let Some(attributes) = &mut state.attributes {
            let shape = self.0.shape.hash();
            if shape.is_some() && shape == state.shape {
                self.0.attributes.into_iter().zip(&mut attributes.1).for_each(|(new, old)| new.rebuild(old));
            } else {
                self.0.attributes.rebuild(attributes);
                state.shape = shape;
            }
        }
        if let Some(children) = &mut state.children {
            StaticVec::from(self.0.children).rebuild(children);
        }
    }
}

impl Mountable for State {
    fn unmount(&mut self) {
        self.element.unmount();
    }
    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.element.mount(parent, marker);
    }
    fn try_mount(&mut self, parent: &Element, marker: Option<&Node>) -> bool {
        Rndr::try_insert_node(parent, &self.element, marker)
    }
    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.element.insert_before_this(child)
    }
    fn elements(&self) -> Vec<Element> {
        vec![self.element.clone()]
    }
}

impl AddAnyAttr for El {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, attribute: A) -> Self {
        self.with(None, attribute)
    }
}

impl RenderHtml for El {
    type AsyncOutput = Self;
    type Owned = Self;

    only_in_browsers!();
}

macro_rules! attributes {
    ($($method:ident $name:literal,)*) => {
        /// An attribute each, of the same name.
        impl El {
            $(pub fn $method(self, value: impl AttributeValue) -> Self { self.attr($name, value) })*
        }
    };
}

attributes! {
    accept "accept",
    action "action",
    autocomplete "autocomplete",
    autofocus "autofocus",
    charset "charset",
    checked "checked",
    cols "cols",
    colspan "colspan",
    content "content",
    contenteditable "contenteditable",
    datetime "datetime",
    dir "dir",
    disabled "disabled",
    download "download",
    draggable "draggable",
    enterkeyhint "enterkeyhint",
    r#for "for",
    form "form",
    height "height",
    hidden "hidden",
    high "high",
    href "href",
    id "id",
    inert "inert",
    inputmode "inputmode",
    label "label",
    lang "lang",
    list "list",
    low "low",
    max "max",
    maxlength "maxlength",
    media "media",
    method "method",
    min "min",
    minlength "minlength",
    multiple "multiple",
    name "name",
    novalidate "novalidate",
    open "open",
    optimum "optimum",
    pattern "pattern",
    placeholder "placeholder",
    readonly "readonly",
    rel "rel",
    required "required",
    role "role",
    rows "rows",
    rowspan "rowspan",
    scope "scope",
    selected "selected",
    size "size",
    spellcheck "spellcheck",
    src "src",
    start "start",
    step "step",
    tabindex "tabindex",
    target "target",
    title "title",
    r#type "type",
    value "value",
    width "width",
    wrap "wrap",
    aria_activedescendant "aria-activedescendant",
    aria_atomic "aria-atomic",
    aria_autocomplete "aria-autocomplete",
    aria_busy "aria-busy",
    aria_checked "aria-checked",
    aria_colcount "aria-colcount",
    aria_colindex "aria-colindex",
    aria_controls "aria-controls",
    aria_current "aria-current",
    aria_describedby "aria-describedby",
    aria_description "aria-description",
    aria_details "aria-details",
    aria_disabled "aria-disabled",
    aria_errormessage "aria-errormessage",
    aria_expanded "aria-expanded",
    aria_haspopup "aria-haspopup",
    aria_hidden "aria-hidden",
    aria_invalid "aria-invalid",
    aria_keyshortcuts "aria-keyshortcuts",
    aria_label "aria-label",
    aria_labelledby "aria-labelledby",
    aria_level "aria-level",
    aria_live "aria-live",
    aria_modal "aria-modal",
    aria_multiselectable "aria-multiselectable",
    aria_orientation "aria-orientation",
    aria_owns "aria-owns",
    aria_placeholder "aria-placeholder",
    aria_posinset "aria-posinset",
    aria_pressed "aria-pressed",
    aria_readonly "aria-readonly",
    aria_required "aria-required",
    aria_roledescription "aria-roledescription",
    aria_rowcount "aria-rowcount",
    aria_rowindex "aria-rowindex",
    aria_rowspan "aria-rowspan",
    aria_selected "aria-selected",
    aria_setsize "aria-setsize",
    aria_sort "aria-sort",
    aria_valuemax "aria-valuemax",
    aria_valuemin "aria-valuemin",
    aria_valuenow "aria-valuenow",
    aria_valuetext "aria-valuetext",
}
