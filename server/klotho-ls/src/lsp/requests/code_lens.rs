use super::SHOW;
use super::commands::SWITCH_TARGET;
use crate::lsp::convert::{self, About};
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use klotho_ide::LensAct;
use serde_json::json;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{CodeLens, CodeLensParams, Command};

/// Where there are lenses. What they say costs more to know, and is asked for when they are seen.
pub(crate) async fn code_lens(server: &Server, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
    let client = server.client();
    let uri = params.text_document.uri;
    let path = convert::path(&uri);
    let settings = server.settings(&path);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        let version = snapshot.version(&path);
        let lenses = snapshot.code_lenses(&path, settings.lenses).into_iter().map(|lens| CodeLens {
            range: convert::range(lens.span, &lines, client.encoding),
            command: None,
            data: About { uri: uri.clone(), version, offset: lens.about }.to_data(),
        });
        Some(lenses.collect())
    });
    answer.await
}

/// Adds what the lens says. Its command shows all that is known, or switches; any client can have it executed.
pub(crate) async fn code_lens_resolve(server: &Server, mut lens: CodeLens) -> Result<CodeLens> {
    let about = About::of_data(lens.data.as_ref());
    let shown = lens.data.clone();
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let about = about.filter(|about| snapshot.version(&about.path()) == about.version)?;
        snapshot.code_lens_words(&about.path(), about.offset)
    });
    // Without a command a lens counts as unresolved: one whose document has changed says nothing.
    let (title, act) = answer.await?.map_or((String::new(), LensAct::Show), |words| (words.title, words.act));
    let switch = match act {
        LensAct::Switch { root, unit, target } if server.client().shows.applies_edits => {
            convert::uri(&root).map(|root| json!({ "root": root, "unit": unit, "target": target }))
        }
        _ => None,
    };
    let (command, argument) = match switch {
        Some(argument) => (SWITCH_TARGET, Some(argument)),
        None => (SHOW, shown),
    };
    let arguments = argument.map(|argument| vec![argument]);
    lens.command = Some(Command { title, command: command.to_owned(), arguments });
    Ok(lens)
}
