//! Start-up only.

fn main() {
    restore_desk::ui::panic::install();
    restore_desk::ui::app::start();
}
