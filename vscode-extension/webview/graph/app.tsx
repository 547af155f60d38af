/** The graph view. */
import type { JSX } from "preact";
import { useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { LINK_KINDS, linkKind } from "../shared/kinds";
import type { FromGraph, Project, Resource, ToGraph } from "../shared/messages";
import { Waiting } from "../shared/waiting";
import { count, several } from "../shared/text";
import type { ViewProps } from "../shared/start";
import { Canvas, type Looking } from "./canvas";
import { Details } from "./details";
import type { Marks } from "./drawing";
import { pngOf, svgFile } from "./exportFile";
import { linkLabel, routesByLink } from "./labels";
import { Layouter, type Layout } from "./layout";
import { facts, inOrder, ResourceList } from "./list";
import { mermaid } from "./mermaid";
import { LIMIT, partOf, search, type Part } from "./select";
import { fresh, shownProject, step, type Cursor, type Kept, type State } from "./state";
import { Toolbar, type Format } from "./toolbar";

type AppProps = ViewProps<ToGraph, FromGraph, Kept>;

export function App({ kept, post, keep, listen }: AppProps): JSX.Element {
  const [state, dispatch] = useReducer(step, kept, fresh);
  useEffect(() => {
    listen(dispatch);
    post({ type: "ready" });
  }, []);
  useEffect(() => {
    if (state.phase === "shown") {
      keep(state.kept);
    }
  }, [state.phase, state.kept]);
  const project = shownProject(state);
  const choose = (choice: Partial<Kept>): void => {
    dispatch({ type: "choose", choice });
  };
  if (state.phase === "loading") {
    return (
      <Waiting
        title="Reading the project"
        text="The graph appears as soon as the server has read the annotations. If it does not, its log says why."
        busy
        aside={{ label: "Show log", run: () => { post({ type: "showLog" }); } }}
      />
    );
  }
  if (state.phase === "failed") {
    return (
      <Waiting
        title="The graph cannot be shown"
        text={state.message}
        act={{ label: "Try again", run: () => { post({ type: "retry" }); } }}
      />
    );
  }
  if (project === null || project.resources.length === 0) {
    return <Nothing />;
  }
  return <Shown key={project.root} state={state} project={project} choose={choose} post={post} />;
}

function Nothing(): JSX.Element {
  return (
    <Waiting
      title="No resources yet"
      text="Write an annotation above the code that should run in the cloud, and it appears here while you type:"
      code={'/* @klotho::execution_unit {\n *   id = "hello"\n * }\n */'}
    />
  );
}

interface ShownProps {
  readonly state: State;
  readonly project: Project;
  readonly choose: (choice: Partial<Kept>) => void;
  readonly post: (message: FromGraph) => void;
}

/** The layout of the part that is chosen; parts that stay the same stay where they are. */
function useLayout(project: Project, kept: Kept): { part: Part; layout: Layout; routes: Map<string, string[]> } {
  const [layouter] = useState(() => new Layouter());
  const routes = useMemo(() => routesByLink(project), [project]);
  const part = useMemo(() => partOf(project, kept), [project, kept.hidden, kept.unit]);
  const layout = useMemo(() => layouter.lay(part, routes), [part, routes]);
  return { part, layout, routes };
}

function useMarks(part: Part, kept: Kept, cursor: Cursor | null): Marks {
  const found = useMemo(() => search(part.resources, kept.query), [part, kept.query]);
  const here = useMemo(
    () => new Set(kept.follow && cursor?.root === kept.root ? cursor.refs : []),
    [kept.follow, kept.root, cursor],
  );
  return useMemo(() => ({ selected: kept.selected, cursor: here, found }), [kept.selected, here, found]);
}

function Shown({ state, project, choose, post }: ShownProps): JSX.Element {
  const { kept, projects } = state;
  const { part, layout, routes } = useLayout(project, kept);
  const marks = useMarks(part, kept, state.cursor);
  const looking = useRef<Looking>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const selected = project.resources.find(({ ref }) => ref === kept.selected) ?? null;
  const select = (ref: string | null): void => {
    choose({ selected: ref });
  };
  const open = (ref: string, focus: boolean): void => {
    post({ type: "reveal", root: project.root, ref, focus });
  };
  const first = inOrder(part.resources).find(({ ref }) => marks.found?.has(ref) ?? false);
  return (
    <div class={`graph ${kept.list ? "with-list" : ""}`}>
      <Toolbar
        projects={projects}
        project={project}
        kept={kept}
        found={marks.found?.size ?? null}
        search={searchField}
        choose={choose}
        onFirst={() => { if (first !== undefined) { select(first.ref); } }}
        onFit={() => { looking.current?.fit(); }}
        onZoom={(factor) => { looking.current?.zoomBy(factor); }}
        onExport={(format) => { void exported(format, project, part, layout).then(post); }}
      />
      <main class="stage" aria-label="Resource graph">
        <LeftOut part={part} />
        <Canvas
          key={kept.unit ?? ""}
          name={project.name}
          resources={part.resources}
          layout={layout}
          marks={marks}
          zoom={kept.zoom}
          looking={looking}
          onZoom={(zoom) => { choose({ zoom }); }}
          onSelect={select}
          onOpen={open}
          onSearch={() => searchField.current?.focus()}
        />
        {part.resources.length === 0 ? <p class="over hint">Every kind of resource is hidden. Show one above.</p> : null}
      </main>
      <Side {...{ project, part, marks, routes, selected }} onSelect={select} onOpen={open} post={post} />
      <Footer project={project} part={part} state={state} />
      <p class="hidden-label" role="status">
        {selected === null ? "" : `${selected.id}, ${facts(selected)}`}
      </p>
    </div>
  );
}

interface SideProps {
  readonly project: Project;
  readonly part: Part;
  readonly marks: Marks;
  readonly routes: ReadonlyMap<string, readonly string[]>;
  readonly selected: Resource | null;
  readonly onSelect: (ref: string) => void;
  readonly onOpen: (ref: string, focus: boolean) => void;
  readonly post: (message: FromGraph) => void;
}

function Side({ project, part, marks, routes, selected, onSelect, onOpen, post }: SideProps): JSX.Element {
  const links = useMemo(() => project.links.map((link) => linkLabel(link, routes)), [project, routes]);
  return (
    <aside class="side" aria-label="List of resources">
      <ResourceList
        resources={part.resources}
        found={marks.found}
        selected={marks.selected}
        cursor={marks.cursor}
        onSelect={onSelect}
        onOpen={onOpen}
      />
      {selected === null ? null : (
        <Details
          project={project}
          resource={selected}
          links={links}
          onSelect={onSelect}
          onOpen={(ref) => { onOpen(ref, true); }}
          onRoute={(index) => { post({ type: "revealRoute", root: project.root, index }); }}
          onCost={(ref) => { post({ type: "showCost", root: project.root, ref }); }}
        />
      )}
    </aside>
  );
}

function LeftOut({ part }: { part: Part }): JSX.Element | null {
  return part.leftOut === 0 ? null : (
    <p class="banner" role="status">
      Showing {count(LIMIT)} of {several(part.leftOut + part.resources.length, "resource")}: the dearest units and what they
      use. Choose a unit or hide kinds above to see the others.
    </p>
  );
}

function Footer({ project, part, state }: { project: Project; part: Part; state: State }): JSX.Element {
  const assumed = project.resources.some((resource) => resource.assumed);
  const here = state.kept.follow && state.cursor?.root === project.root ? state.cursor : null;
  const names = project.resources.filter(({ ref }) => here?.refs.includes(ref) ?? false).map(({ id }) => id);
  const kinds = LINK_KINDS.filter((kind) => part.links.some((link) => link.kind === kind));
  return (
    <footer class="footer">
      <span>
        {several(part.resources.length, "resource")}
        {project.total === null ? "" : `, ${project.total}${assumed ? ", partly assumed" : ""}`}
      </span>
      {here === null ? null : (
        <span class="here-text">
          {here.label} <bdi>{names.join(", ")}</bdi>
        </span>
      )}
      {state.notice === null ? null : <span role="status">{state.notice}</span>}
      <span class="grow" />
      <Legend part={part} kinds={kinds} />
    </footer>
  );
}

function Legend({ part, kinds }: { part: Part; kinds: readonly string[] }): JSX.Element {
  const modes = (["on-demand", "always-on"] as const).filter((mode) => part.resources.some((r) => r.mode === mode));
  return (
    <ul class="legend" aria-label="Legend">
      {modes.map((mode) => (
        <li key={mode} class={`node ${mode}`}>
          <svg viewBox="0 0 26 14" aria-hidden="true">
            <rect class="shape" x="2" y="2" width="22" height="10" rx="2" />
          </svg>
          {mode.replace("-", " ")}
        </li>
      ))}
      {kinds.map((kind) => (
        <li key={kind} class={`link ${kind}`}>
          <svg viewBox="0 0 26 14" aria-hidden="true">
            <path class="line" d="M1 7h18" />
            <path class="head" d="M18 3l7 4-7 4z" />
          </svg>
          {linkKind(kind).verb}
        </li>
      ))}
    </ul>
  );
}

async function exported(format: Format, project: Project, part: Part, layout: Layout): Promise<FromGraph> {
  const { root } = project;
  if (format === "mermaid") {
    return { type: "export", root, format, content: mermaid(part) };
  }
  const style = getComputedStyle(document.body);
  const svg = svgFile(project, part, layout, (name) => style.getPropertyValue(name).trim());
  const content = format === "svg" ? svg : await pngOf(svg, layout.width, layout.height);
  return { type: "export", root, format, content };
}
