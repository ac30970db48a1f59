//! Leptos as the app uses it, under its own name: what `view!` and `#[component]` write begins with `::leptos`. All is Leptos' own
//! but three things, that are smaller in the program here: an element ([`El`]), a view of any type ([`AnyView`]), and what holds
//! several of them ([`Views`]); they are used, and they behave, as those they stand for. Beside them stands [`Kept`]. Only for the
//! browser: what Leptos asks for to print HTML on a server does nothing.

mod any_view;
mod element;
mod kept;

pub use any_view::{AnyView, AnyViewState, IntoAny, IntoMaybeErased, Views};
pub use element::El;
pub use kept::Kept;
pub use real::*;

pub mod prelude {
    pub use crate::any_view::{AnyView, IntoAny, IntoMaybeErased, View, WithViewMarker};
    pub use real::prelude::*;
}

macro_rules! tags {
    ($namespace:expr; $($name:ident)*) => {
        $(pub fn $name() -> crate::El {
            crate::El::new(stringify!($name), $namespace)
        })*
    };
}

/// Where `view!` looks for its elements, and for what holds several views.
pub mod tachys {
    pub use real::tachys::*;

    pub mod html {
        pub use real::tachys::html::*;

        pub mod element {
            pub use real::tachys::html::element::*;
            tags! { None;
                a abbr address article aside audio b blockquote br button canvas caption cite code col colgroup data datalist dd del
                details dfn dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr i iframe img input
                ins kbd label legend li main map mark menu meter nav ol optgroup option output p picture pre progress q s samp search
                section select small source span strong sub summary sup table tbody td textarea tfoot th thead time title tr u ul var
                video wbr
            }
        }
    }

    pub mod svg {
        pub use real::tachys::svg::*;
        // `use` is a word of Rust, and not among them.
        tags! { Some("http://www.w3.org/2000/svg");
            circle defs ellipse g line marker mask path pattern polygon polyline rect stop svg symbol text title tspan
        }
    }

    pub mod view {
        pub use real::tachys::view::*;

        pub mod iterators {
            pub use crate::any_view::Views as StaticVec;
        }
    }
}

/// What Leptos asks of a view for a server; no server runs this.
macro_rules! only_in_browsers {
    () => {
        const MIN_LENGTH: usize = 0;

        fn dry_resolve(&mut self) {}

        async fn resolve(self) -> Self::AsyncOutput {
            self
        }

        fn to_html_with_buf(
            self,
            _: &mut String,
            _: &mut real::tachys::view::Position,
            _: bool,
            _: bool,
            _: Vec<real::tachys::html::attribute::any_attribute::AnyAttribute>,
        ) {
        }

        fn hydrate<const FROM_SERVER: bool>(
            self,
            _: &real::tachys::hydration::Cursor,
            _: &real::tachys::view::PositionState,
        ) -> Self::State {
            self.build()
        }

        fn into_owned(self) -> Self {
            self
        }
    };
}
use only_in_browsers;
