/** The drawing as a file. */
import { renderToStaticMarkup } from "preact-render-to-string";
import type { Project } from "../shared/messages";
import { Drawing } from "./drawing";
import drawingCss from "./drawing.css" with { type: "text" };
import type { Layout } from "./layout";
import type { Part } from "./select";

const MARGIN = 24;
/** No side of a picture gets longer than browsers can paint. */
const MAX_PIXELS = 8000;

/** What no XML document may hold, not even escaped. */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** XML is stricter than HTML, for which the markup was made. */
function wellFormed(markup: string): string {
  return markup.replace(NOT_XML, "\ufffd").replaceAll("]]>", "]]&gt;");
}

/** A whole SVG document that needs nothing but itself; `look` gives the value of each colour. */
export function svgFile(project: Project, part: Part, layout: Layout, look: (name: string) => string): string {
  const [width, height] = [Math.ceil(layout.width) + 2 * MARGIN, Math.ceil(layout.height) + 2 * MARGIN];
  const css = drawingCss
    .replace(/\/\*.*?\*\//gs, "")
    .replace(/var\((--[\w-]+)\)/g, (_, name: string) => look(name).replace(/[<>&{};]/g, ""));
  const picture = (
    <svg xmlns="http://www.w3.org/2000/svg" width={width} height={height} viewBox={`${-MARGIN} ${-MARGIN} ${width} ${height}`}>
      <title>{`Resources of ${project.name}`}</title>
      <style>{css}</style>
      <rect x={-MARGIN} y={-MARGIN} width={width} height={height} fill={look("--k-back")} />
      <Drawing
        resources={part.resources}
        layout={layout}
        marks={{ selected: null, cursor: new Set(), found: null }}
      />
    </svg>
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${wellFormed(renderToStaticMarkup(picture))}\n`;
}

/** Paints an SVG document; the PNG's bytes in base64. */
export async function pngOf(svg: string, width: number, height: number): Promise<string> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(2, MAX_PIXELS / Math.max(width, height, 1));
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil((width + 2 * MARGIN) * scale);
    canvas.height = Math.ceil((height + 2 * MARGIN) * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/png").replace(/^data:image\/png;base64,/, "");
  } finally {
    URL.revokeObjectURL(url);
  }
}
