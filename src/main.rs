//! Start-up only.

fn main() {
    leptos::mount::mount_to_body(restore_desk::ui::app::App);
}
