/** The graph as a list, for whoever reads rather than looks; it has the same selection as the drawing. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { kindOf, kindOrder, MODE_WORDS } from "../shared/kinds";
import type { Resource } from "../shared/messages";
import { several } from "../shared/text";

interface ListProps {
  readonly resources: readonly Resource[];
  readonly found: ReadonlySet<string> | null;
  readonly selected: string | null;
  readonly cursor: ReadonlySet<string>;
  readonly onSelect: (ref: string) => void;
  readonly onOpen: (ref: string, focus: boolean) => void;
}

/** The order of the list: by kind, then by name. */
export function inOrder(resources: readonly Resource[]): Resource[] {
  return [...resources].sort((a, b) => kindOrder(a.kind) - kindOrder(b.kind) || (a.id < b.id ? -1 : 1));
}

export function ResourceList(props: ListProps): JSX.Element {
  const rows = inOrder(props.resources).filter(({ ref }) => props.found?.has(ref) ?? true);
  const ids = new Map(rows.map((row, index) => [row.ref, `row-${index}`]));
  const active = props.selected === null ? undefined : ids.get(props.selected);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active !== undefined) {
      box.current?.querySelector(`#${active}`)?.scrollIntoView({ block: "nearest" });
    }
  }, [active]);
  if (rows.length === 0) {
    return <p class="hint list-empty">No resource matches.</p>;
  }
  return (
    <div
      class="list"
      role="listbox"
      tabIndex={0}
      ref={box}
      aria-label="Resources"
      {...(active === undefined ? {} : { "aria-activedescendant": active })}
      onKeyDown={(event) => {
        if (onListKey(event, rows, props)) {
          event.preventDefault();
        }
      }}
    >
      {byKind(rows).map(([kind, members]) => (
        <div key={kind} role="group" aria-label={several(members.length, kindOf(kind).one, kindOf(kind).many)}>
          <div class="list-head" aria-hidden="true">
            {kindOf(kind).many} <span class="quiet">{members.length}</span>
          </div>
          {members.map((row) => (
            <Row key={row.ref} id={ids.get(row.ref) ?? ""} resource={row} {...props} />
          ))}
        </div>
      ))}
    </div>
  );
}

function byKind(rows: readonly Resource[]): [string, Resource[]][] {
  const groups = new Map<string, Resource[]>();
  for (const row of rows) {
    const group = groups.get(row.kind) ?? [];
    group.push(row);
    groups.set(row.kind, group);
  }
  return [...groups];
}

interface RowProps extends ListProps {
  readonly id: string;
  readonly resource: Resource;
}

function Row({ id, resource, selected, cursor, onSelect, onOpen }: RowProps): JSX.Element {
  const { ref } = resource;
  return (
    <div
      id={id}
      class={`row ${resource.mode ?? "plain"} ${cursor.has(ref) ? "cursor" : ""}`}
      role="option"
      aria-selected={selected === ref}
      onClick={() => {
        onSelect(ref);
        onOpen(ref, false);
      }}
      onDblClick={() => {
        onOpen(ref, true);
      }}
    >
      <svg class="row-icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d={kindOf(resource.kind).icon} />
      </svg>
      <bdi class="row-name">{resource.id}</bdi>
      <span class="row-fact">{facts(resource)}</span>
    </div>
  );
}

/** What a list says of a resource behind its name. */
export function facts(resource: Resource): string {
  const { cost, mode, errors, warnings } = resource;
  const parts = [
    cost ?? resource.place ?? "",
    mode === null ? "" : MODE_WORDS[mode],
    errors > 0 ? several(errors, "error") : "",
    warnings > 0 ? several(warnings, "warning") : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function onListKey(event: KeyboardEvent, rows: readonly Resource[], props: ListProps): boolean {
  const at = rows.findIndex((row) => row.ref === props.selected);
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(at + 1, rows.length - 1),
    ArrowUp: Math.max(at - 1, 0),
    Home: 0,
    End: rows.length - 1,
  };
  if (event.key === "Enter" && props.selected !== null) {
    props.onOpen(props.selected, true);
    return true;
  }
  const target = Object.hasOwn(targets, event.key) ? rows[targets[event.key] ?? 0] : undefined;
  if (target !== undefined) {
    props.onSelect(target.ref);
  }
  return target !== undefined;
}
