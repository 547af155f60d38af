//! `klotho-ls completions` and `klotho-ls man`: what a shell and `man` want to know of the command line.

use crate::output::{Outcome, fail, finish, print};
use clap::{Args, Command};
use clap_complete::Shell;

/// What `completions` is asked.
#[derive(Args, Debug)]
pub(crate) struct CompletionsArgs {
    /// The shell; its manual says where the script belongs
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

/// Prints the script with which the shell completes the command.
pub(crate) fn run(args: &CompletionsArgs, mut command: Command) -> Outcome {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, name, &mut script);
    finish(print(&String::from_utf8_lossy(&script)), Outcome::Clean)
}

/// Prints the manual page: the command and, behind it, each of its subcommands.
pub(crate) fn man(mut command: Command) -> Outcome {
    command.build();
    let mut page = Vec::new();
    let whole = clap_mangen::Man::new(command.clone()).render(&mut page);
    let written = whole.and_then(|()| {
        let shown = command.get_subcommands().filter(|it| it.get_name() != "help");
        shown.cloned().try_for_each(|it| {
            let man = clap_mangen::Man::new(it);
            man.render_synopsis_section(&mut page)?;
            man.render_options_section(&mut page)
        })
    });
    match written {
        Ok(()) => finish(print(&named_here(&command, &String::from_utf8_lossy(&page))), Outcome::Clean),
        Err(error) => fail(&format!("the page cannot be written: {error}")),
    }
}

/// The page with its subcommands as one types them: they have no pages of their own, to which they are taken to refer.
fn named_here(command: &Command, page: &str) -> String {
    let escaped = |name: &str| name.replace('-', "\\-");
    let whole = escaped(command.get_name());
    command.get_subcommands().map(|it| escaped(it.get_name())).fold(page.to_owned(), |page, name| {
        page.replace(&format!("{whole}\\-{name}(1)"), &format!("\\fB{whole} {name}\\fR"))
    })
}
