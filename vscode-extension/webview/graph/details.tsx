/** All that is known about the chosen resource. */
import type { ComponentChildren, JSX } from "preact";
import { kindOf, linkKind, MODE_WORDS } from "../shared/kinds";
import type { Project, Resource } from "../shared/messages";
import { several } from "../shared/text";
import type { LabelledLink } from "./labels";

const MAX_ROWS = 60;

interface DetailsProps {
  readonly project: Project;
  readonly resource: Resource;
  readonly links: readonly LabelledLink[];
  readonly onSelect: (ref: string) => void;
  readonly onOpen: (ref: string) => void;
  readonly onRoute: (index: number) => void;
  readonly onCost: (ref: string) => void;
}

export function Details(props: DetailsProps): JSX.Element {
  const { resource } = props;
  const kind = kindOf(resource.kind);
  return (
    <section class="details" aria-label={`About ${resource.id}`}>
      <h2>
        <bdi>{resource.id}</bdi>
      </h2>
      <p class="quiet">
        {kind.one}
        {resource.language === null ? "" : `, ${resource.language}`}
      </p>
      <Facts resource={resource} />
      <div class="actions">
        <button
          type="button"
          disabled={resource.source === null}
          onClick={() => {
            props.onOpen(resource.ref);
          }}
        >
          Open source
        </button>
        {resource.kind === "execution_unit" ? (
          <button
            type="button"
            class="second"
            onClick={() => {
              props.onCost(resource.ref);
            }}
          >
            Compare cost
          </button>
        ) : null}
      </div>
      <Relations {...props} />
      <Routes {...props} />
    </section>
  );
}

function Facts({ resource }: { resource: Resource }): JSX.Element {
  return (
    <dl>
      <Fact name="Runs on">{resource.place}</Fact>
      <Fact name="Paid">{resource.mode === null ? null : MODE_WORDS[resource.mode]}</Fact>
      <Fact name="Costs">
        {resource.cost === null ? null : `${resource.cost}${resource.assumed ? " (at an assumed use)" : ""}`}
      </Fact>
      <Fact name="In code">{resource.symbol === null ? null : <code>{resource.symbol}</code>}</Fact>
      <Fact name="Declared">{resource.source ?? "nowhere: the whole program is this unit"}</Fact>
      <Fact name="Functions">{resource.functions === 0 ? null : String(resource.functions)}</Fact>
      <Fact name="Problems">{problems(resource)}</Fact>
    </dl>
  );
}

function problems({ errors, warnings }: Resource): string | null {
  const parts = [errors > 0 ? several(errors, "error") : "", warnings > 0 ? several(warnings, "warning") : ""];
  const text = parts.filter((part) => part !== "").join(", ");
  return text === "" ? null : text;
}

function Fact({ name, children }: { name: string; children: ComponentChildren }): JSX.Element | null {
  return children === null ? null : (
    <>
      <dt>{name}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </>
  );
}

function Relations({ project, resource, links, onSelect }: DetailsProps): JSX.Element | null {
  const touching = links.filter((link) => link.from === resource.ref || link.to === resource.ref);
  if (touching.length === 0) {
    return null;
  }
  const names = new Map(project.resources.map(({ ref, id }) => [ref, id]));
  return (
    <>
      <h3>Connections</h3>
      <ul class="relations">
        {touching.slice(0, MAX_ROWS).map((link) => {
          const out = link.from === resource.ref;
          const other = out ? link.to : link.from;
          const { verb, passive } = linkKind(link.kind);
          return (
            <li key={`${link.kind} ${link.from} ${link.to}`}>
              <span class="quiet">{out ? verb : passive}</span>{" "}
              <button
                type="button"
                class="link-button"
                title={link.sentence}
                onClick={() => {
                  onSelect(other);
                }}
              >
                <bdi>{names.get(other) ?? ""}</bdi>
              </button>
              {link.labels.length === 0 ? null : <bdi class="quiet"> {link.labels.slice(0, 8).join(", ")}</bdi>}
            </li>
          );
        })}
      </ul>
      <More shown={MAX_ROWS} of={touching.length} />
    </>
  );
}

function Routes({ project, resource, onRoute }: DetailsProps): JSX.Element | null {
  const rows = project.routes
    .map((route, index) => ({ route, index }))
    .filter(({ route }) => route.gateway === resource.ref || route.unit === resource.ref);
  if (rows.length === 0) {
    return null;
  }
  return (
    <>
      <h3>Routes</h3>
      <ul class="routes">
        {rows.slice(0, MAX_ROWS).map(({ route, index }) => (
          <li key={index}>
            <button
              type="button"
              class="link-button route"
              onClick={() => {
                onRoute(index);
              }}
            >
              <span class="verb">{route.verb}</span> <bdi>{route.path}</bdi>
            </button>
          </li>
        ))}
      </ul>
      <More shown={MAX_ROWS} of={rows.length} />
    </>
  );
}

function More({ shown, of }: { shown: number; of: number }): JSX.Element | null {
  return of <= shown ? null : <p class="quiet">and {of - shown} more</p>;
}
