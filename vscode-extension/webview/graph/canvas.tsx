/** The drawing on the screen: looking around in it, and choosing with mouse and keys. */
import { select } from "d3-selection";
import { zoom, zoomIdentity, zoomTransform, type D3ZoomEvent, type ZoomBehavior, type ZoomTransform } from "d3-zoom";
import type { JSX, RefObject } from "preact";
import { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Resource } from "../shared/messages";
import { Drawing, type Marks } from "./drawing";
import { NODE_HEIGHT, NODE_WIDTH, type Layout, type Point } from "./layout";
import { next, type Direction } from "./move";
import type { Kept } from "./state";

/** From here on names are drawn large and all else is left out. */
const FAR = 0.55;
const MARGIN = 28;
const SCALES: [number, number] = [0.05, 3];
const STEP = 60;

/** What the toolbar can ask of the canvas. */
export interface Looking {
  readonly fit: () => void;
  readonly zoomBy: (factor: number) => void;
}

interface CanvasProps {
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly layout: Layout;
  readonly marks: Marks;
  readonly zoom: Kept["zoom"];
  readonly looking: RefObject<Looking | null>;
  readonly onZoom: (at: NonNullable<Kept["zoom"]>) => void;
  readonly onSelect: (ref: string | null) => void;
  readonly onOpen: (ref: string, focus: boolean) => void;
  readonly onSearch: () => void;
}

interface Eye {
  readonly svg: RefObject<SVGSVGElement | null>;
  readonly behavior: ZoomBehavior<SVGSVGElement, unknown>;
}

export function Canvas(props: CanvasProps): JSX.Element {
  const { layout, marks, resources } = props;
  const world = useRef<SVGGElement>(null);
  const eye = useEye(world, props.zoom, props.onZoom);
  const fit = (): void => {
    fitTo(eye, layout);
  };
  useImperativeHandle(props.looking, () => ({
    fit,
    zoomBy: (factor: number) => {
      withSvg(eye, (svg) => {
        eye.behavior.scaleBy(select(svg), factor);
      });
    },
  }));
  useFitAtFirst(eye, layout, props.zoom);
  useShowing(eye, layout, [...marks.cursor][0] ?? null);
  useShowing(eye, layout, marks.selected);
  const drawing = useMemo(
    () => <Drawing resources={resources} layout={layout} marks={marks} />,
    [resources, layout, marks],
  );
  return (
    <div
      class="canvas"
      role="application"
      tabIndex={0}
      aria-label={`Drawing of ${props.name}. Arrow keys move between resources, Enter opens the source, plus and minus zoom.`}
      onKeyDown={(event) => {
        onKey(event, props, eye, fit);
      }}
      onClick={(event) => {
        const ref = nodeAt(event.target);
        props.onSelect(ref);
        if (ref !== null) {
          props.onOpen(ref, false);
        }
      }}
      onDblClick={(event) => {
        const ref = nodeAt(event.target);
        if (ref !== null) {
          props.onOpen(ref, true);
        }
      }}
    >
      <svg ref={eye.svg} class="surface" aria-hidden="true">
        <g ref={world} class="world">
          {drawing}
        </g>
      </svg>
    </div>
  );
}

function nodeAt(target: EventTarget | null): string | null {
  const node = target instanceof Element ? target.closest("[data-ref]") : null;
  return node?.getAttribute("data-ref") ?? null;
}

function useEye(world: RefObject<SVGGElement | null>, kept: Kept["zoom"], onZoom: CanvasProps["onZoom"]): Eye {
  const svg = useRef<SVGSVGElement>(null);
  const report = useRef(onZoom);
  report.current = onZoom;
  const behavior = useMemo(() => zoom<SVGSVGElement, unknown>().scaleExtent(SCALES).clickDistance(4), []);
  useLayoutEffect(() => {
    const surface = svg.current;
    if (surface === null) {
      return undefined;
    }
    behavior.on("zoom", (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
      look(world.current, event.transform);
    });
    behavior.on("end", ({ transform: { x, y, k } }: D3ZoomEvent<SVGSVGElement, unknown>) => {
      report.current({ x, y, k });
    });
    const selection = select(surface).call(behavior).on("dblclick.zoom", null);
    if (kept !== null) {
      behavior.transform(selection, zoomIdentity.translate(kept.x, kept.y).scale(kept.k));
    }
    return () => {
      selection.on(".zoom", null);
    };
    // The view starts once; what is kept later comes from here.
  }, [behavior]);
  return { svg, behavior };
}

/** All that looking around changes: one attribute, and a class where the drawing gets finer or coarser. */
function look(world: SVGGElement | null, transform: ZoomTransform): void {
  world?.setAttribute("transform", transform.toString());
  world?.classList.toggle("far", transform.k < FAR);
}

function withSvg(eye: Eye, act: (svg: SVGSVGElement) => void): void {
  if (eye.svg.current !== null) {
    act(eye.svg.current);
  }
}

function fitTo(eye: Eye, layout: Layout): void {
  withSvg(eye, (svg) => {
    const { clientWidth, clientHeight } = svg;
    const width = Math.max(layout.width, NODE_WIDTH);
    const height = Math.max(layout.height, NODE_HEIGHT);
    const k = Math.min((clientWidth - 2 * MARGIN) / width, (clientHeight - 2 * MARGIN) / height, 1.2);
    const scale = Math.max(SCALES[0], k);
    const at = zoomIdentity
      .translate((clientWidth - width * scale) / 2, (clientHeight - height * scale) / 2)
      .scale(scale);
    eye.behavior.transform(select(svg), at);
  });
}

/** The first drawing is shown whole, unless a person had looked somewhere already; and as the window grows, until one does. */
function useFitAtFirst(eye: Eye, layout: Layout, kept: Kept["zoom"]): void {
  const fitted = useRef(kept !== null);
  useLayoutEffect(() => {
    const svg = eye.svg.current;
    if (fitted.current || svg === null || layout.nodes.size === 0) {
      return undefined;
    }
    const sizes = new ResizeObserver(() => {
      if (svg.clientWidth > 0 && !fitted.current) {
        fitted.current = true;
        fitTo(eye, layout);
      }
    });
    sizes.observe(svg);
    return () => {
      sizes.disconnect();
    };
  }, [layout]);
}

/** What becomes important is brought into sight, where it is not in it already. */
function useShowing(eye: Eye, layout: Layout, ref: string | null): void {
  const at = ref === null ? undefined : layout.nodes.get(ref);
  useEffect(() => {
    if (at !== undefined) {
      bringIntoSight(eye, at);
    }
  }, [ref]);
}

function bringIntoSight(eye: Eye, at: Point): void {
  withSvg(eye, (svg) => {
    const transform = zoomTransform(svg);
    const [x, y] = transform.apply([at.x, at.y]);
    const [halfWidth, halfHeight] = [(NODE_WIDTH / 2) * transform.k, (NODE_HEIGHT / 2) * transform.k];
    const inside =
      x >= halfWidth && x <= svg.clientWidth - halfWidth && y >= halfHeight && y <= svg.clientHeight - halfHeight;
    if (!inside && svg.clientWidth > 0) {
      eye.behavior.translateTo(select(svg), at.x, at.y);
    }
  });
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

const PAN: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [STEP, 0],
  right: [-STEP, 0],
  up: [0, STEP],
  down: [0, -STEP],
};

function onKey(event: KeyboardEvent, props: CanvasProps, eye: Eye, fit: () => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const arrow = ARROWS[event.key];
  const done = arrow === undefined ? otherKey(event.key, props, fit) : arrowKey(arrow, event.shiftKey, props, eye);
  if (done) {
    event.preventDefault();
  }
}

function arrowKey(arrow: Direction, shift: boolean, props: CanvasProps, eye: Eye): boolean {
  if (shift) {
    withSvg(eye, (svg) => {
      const scale = zoomTransform(svg).k;
      eye.behavior.translateBy(select(svg), PAN[arrow][0] / scale, PAN[arrow][1] / scale);
    });
    return true;
  }
  const ref = next(props.layout.nodes, props.marks.selected, arrow);
  if (ref !== null) {
    props.onSelect(ref);
  }
  return true;
}

function otherKey(key: string, props: CanvasProps, fit: () => void): boolean {
  const { selected } = props.marks;
  const keys: Readonly<Record<string, () => void>> = {
    Enter: () => {
      if (selected !== null) {
        props.onOpen(selected, true);
      }
    },
    Escape: () => {
      props.onSelect(null);
    },
    "+": () => props.looking.current?.zoomBy(1.25),
    "=": () => props.looking.current?.zoomBy(1.25),
    "-": () => props.looking.current?.zoomBy(0.8),
    "0": fit,
    f: fit,
    "/": props.onSearch,
  };
  const act = Object.hasOwn(keys, key) ? keys[key] : undefined;
  act?.();
  return act !== undefined;
}
