use super::SHOW;
use crate::lsp::convert::{self, About};
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
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

/// Adds what the lens says. Its command shows all that is known; any client can have it executed.
pub(crate) async fn code_lens_resolve(server: &Server, mut lens: CodeLens) -> Result<CodeLens> {
    let about = About::of_data(lens.data.as_ref());
    let arguments = lens.data.clone().map(|data| vec![data]);
    let settings = about.as_ref().map(|about| server.settings(&about.path())).unwrap_or_default();
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let about = about.filter(|about| snapshot.version(&about.path()) == about.version)?;
        snapshot.code_lens_title(&about.path(), about.offset, settings.lenses)
    });
    // Without a command a lens counts as unresolved: one whose document has changed says nothing.
    let title = answer.await?.unwrap_or_default();
    lens.command = Some(Command { title, command: SHOW.to_owned(), arguments });
    Ok(lens)
}
