//! Start-up only.

fn main() {
    restore_desk::ui::panic::install();
    leptos::mount::mount_to_body(restore_desk::ui::app::App);
}
