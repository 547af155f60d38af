import { dollars, price } from "../../webview/shared/money";
import type { Place } from "../server/protocol";

/** A target to choose, as a row of a list. Icons are the editor's. */
export interface Choice {
  target: string;
  label: string;
  description: string;
  detail: string;
}

/** The targets that a unit can be switched to, in the order of the server: what it costs there, beside what it costs now. */
export function choices(places: Place[]): Choice[] {
  const now = places.find((place) => place.current);
  return places.map((place) => ({
    target: place.target,
    label: `${mark(place)} ${place.name}`,
    description: [aMonth(place), difference(place, now), place.current ? "now" : "", place.recommended ? "recommended" : ""]
      .filter((word) => word !== "")
      .join(" · "),
    detail: detail(place),
  }));
}

function mark(place: Place): string {
  if (place.current) return "$(check)";
  if (!place.fits) return "$(circle-slash)";
  return place.recommended ? "$(star-full)" : "$(blank)";
}

function aMonth({ monthlyUsd }: Place): string {
  return monthlyUsd === null ? price(monthlyUsd) : `${dollars(monthlyUsd)} a month`;
}

function difference(place: Place, now: Place | undefined): string {
  if (now === undefined || place === now || now.monthlyUsd === null || place.monthlyUsd === null) return "";
  const more = place.monthlyUsd - now.monthlyUsd;
  return more < 0 ? `saves ${dollars(-more)}` : `${dollars(more)} more`;
}

function detail(place: Place): string {
  const mode = place.mode === "on-demand" ? "on demand: paid per use" : "always on: paid while idle";
  if (!place.fits) return `Does not fit: ${place.why.join("; ")}`;
  return place.coldStart === null ? mode : `${mode}; cold start: ${place.coldStart}`;
}
