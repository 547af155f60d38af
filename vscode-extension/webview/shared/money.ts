/** An amount a month as it is shown everywhere: three digits that matter, no cents from 100 on. */
export function dollars(usd: number): string {
  const amount = Math.abs(usd);
  const sign = usd < 0 ? "-" : "";
  if (amount === 0) return "$0";
  if (amount < 0.01) return `${sign}<$0.01`;
  if (amount >= 100) return `${sign}$${Math.round(amount).toLocaleString("en-US")}`;
  return `${sign}$${amount.toFixed(2)}`;
}

/** The same where a price may be missing, or traffic is assumed. */
export function monthly(usd: number | null, assumed: boolean): string {
  if (usd === null) return "no price";
  return `${assumed ? "~" : ""}${dollars(usd)}/mo`;
}
