/** What of the graph is shown, and how it is looked at. */
import type { JSX, RefObject } from "preact";
import { useRef } from "preact/hooks";
import { kindOf, kindOrder } from "../shared/kinds";
import type { Project } from "../shared/messages";
import { several } from "../shared/text";
import type { Kept } from "./state";

export type Format = "svg" | "png" | "mermaid";

interface ToolbarProps {
  readonly projects: readonly Project[];
  readonly project: Project;
  readonly kept: Kept;
  /** How many resources the search finds; null where nothing is searched. */
  readonly found: number | null;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly choose: (choice: Partial<Kept>) => void;
  readonly onFirst: () => void;
  readonly onFit: () => void;
  readonly onZoom: (factor: number) => void;
  readonly onExport: (format: Format) => void;
}

export function Toolbar(props: ToolbarProps): JSX.Element {
  const { projects, project, kept, choose } = props;
  return (
    <header class="toolbar">
      {projects.length < 2 ? null : (
        <label class="field">
          <span class="hidden-label">Project</span>
          <select
            value={project.root}
            onChange={(event) => {
              choose({ root: event.currentTarget.value });
            }}
          >
            {projects.map(({ root, name }) => (
              <option key={root} value={root}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <SearchField {...props} />
      <UnitField project={project} unit={kept.unit} choose={choose} />
      <Kinds project={project} hidden={kept.hidden} choose={choose} />
      <span class="grow" />
      <Switches kept={kept} choose={choose} />
      <LookButtons {...props} />
      <ExportMenu onExport={props.onExport} />
    </header>
  );
}

function SearchField({ kept, found, search, choose, onFirst }: ToolbarProps): JSX.Element {
  return (
    <div class="search" role="search">
      <input
        ref={search}
        type="search"
        aria-label="Search resources"
        placeholder="Search"
        value={kept.query}
        maxLength={200}
        onInput={(event) => {
          choose({ query: event.currentTarget.value });
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            onFirst();
          }
        }}
      />
      <span class="search-count" role="status">
        {found === null ? "" : found === 0 ? "none" : several(found, "match", "matches")}
      </span>
    </div>
  );
}

function UnitField({
  project,
  unit,
  choose,
}: {
  project: Project;
  unit: string | null;
  choose: ToolbarProps["choose"];
}): JSX.Element | null {
  const units = project.resources.filter(({ kind }) => kind === "execution_unit");
  if (units.length < 2) {
    return null;
  }
  return (
    <label class="field">
      <span class="hidden-label">Around unit</span>
      <select
        value={unit ?? ""}
        onChange={(event) => {
          const { value } = event.currentTarget;
          choose({ unit: value === "" ? null : value, zoom: null });
        }}
      >
        <option value="">All units</option>
        {units.map(({ ref, id }) => (
          <option key={ref} value={ref}>
            {id}
          </option>
        ))}
      </select>
    </label>
  );
}

function Kinds({
  project,
  hidden,
  choose,
}: {
  project: Project;
  hidden: readonly string[];
  choose: ToolbarProps["choose"];
}): JSX.Element {
  const counts = new Map<string, number>();
  project.resources.forEach(({ kind }) => counts.set(kind, (counts.get(kind) ?? 0) + 1));
  const kinds = [...counts].sort(([a], [b]) => kindOrder(a) - kindOrder(b));
  return (
    <div class="chips" role="group" aria-label="Kinds that are shown">
      {kinds.map(([kind, count]) => {
        const on = !hidden.includes(kind);
        const { one, many, icon } = kindOf(kind);
        return (
          <button
            key={kind}
            type="button"
            class="chip"
            aria-pressed={on}
            aria-label={several(count, one, many)}
            title={`${on ? "Hide" : "Show"} ${many}`}
            onClick={() => {
              choose({ hidden: on ? [...hidden, kind] : hidden.filter((other) => other !== kind) });
            }}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d={icon} />
            </svg>
            <span>{count}</span>
          </button>
        );
      })}
    </div>
  );
}

const SWITCHES = [
  {
    key: "follow",
    label: "Follow the cursor",
    icon: "M8 2v3M8 11v3M2 8h3M11 8h3M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7",
  },
  { key: "list", label: "List beside the drawing", icon: "M2 3h12v10H2zM9.5 3v10M11 6h1.5M11 8.5h1.5" },
] as const;

function Switches({ kept, choose }: Pick<ToolbarProps, "kept" | "choose">): JSX.Element {
  return (
    <div class="buttons">
      {SWITCHES.map(({ key, label, icon }) => (
        <button
          key={key}
          type="button"
          class="icon-button"
          aria-pressed={kept[key]}
          aria-label={label}
          title={label}
          onClick={() => {
            choose({ [key]: !kept[key] });
          }}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d={icon} />
          </svg>
        </button>
      ))}
    </div>
  );
}

function LookButtons({ onFit, onZoom }: Pick<ToolbarProps, "onFit" | "onZoom">): JSX.Element {
  const buttons = [
    { label: "Zoom out", icon: "M3 8h10", act: () => { onZoom(0.8); } },
    { label: "Zoom in", icon: "M3 8h10M8 3v10", act: () => { onZoom(1.25); } },
    { label: "Fit everything into view", icon: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4", act: onFit },
  ];
  return (
    <div class="buttons">
      {buttons.map(({ label, icon, act }) => (
        <button key={label} type="button" class="icon-button" aria-label={label} title={label} onClick={act}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d={icon} />
          </svg>
        </button>
      ))}
    </div>
  );
}

const FORMATS: readonly { readonly format: Format; readonly label: string }[] = [
  { format: "svg", label: "SVG picture" },
  { format: "png", label: "PNG picture" },
  { format: "mermaid", label: "Mermaid text" },
];

function ExportMenu({ onExport }: Pick<ToolbarProps, "onExport">): JSX.Element {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = (): void => {
    menu.current?.removeAttribute("open");
  };
  return (
    <details
      class="menu"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          close();
          menu.current?.querySelector("summary")?.focus();
        }
      }}
      onFocusOut={(event) => {
        if (event.relatedTarget instanceof Node && menu.current?.contains(event.relatedTarget) !== true) {
          close();
        }
      }}
    >
      <summary>Export</summary>
      <div class="menu-items">
        {FORMATS.map(({ format, label }) => (
          <button
            key={format}
            type="button"
            onClick={() => {
              close();
              onExport(format);
            }}
          >
            {label}
          </button>
        ))}
      </div>
    </details>
  );
}
