/** Amounts as they are shown everywhere: the same figures as in the hovers of the server. */

/** US dollars in the three figures that matter: `$0.25`, `$17.3`, `$2,340`. */
export function dollars(amount: number): string {
  const [sign, size] = [amount < 0 ? "-" : "", Math.abs(amount)];
  if (size === 0) {
    return "$0";
  }
  if (size < 0.005) {
    return `${sign}<$0.01`;
  }
  const rounded = Number(size.toPrecision(3));
  return `${sign}$${grouped(rounded, rounded >= 100 ? 0 : rounded >= 10 ? 1 : 2)}`;
}

/** The same where a price may be missing. */
export function price(amount: number | null): string {
  return amount === null ? "no price" : dollars(amount);
}

/** What is paid in a month: `$17.3/mo`, and `~$45.3/mo` where nobody stated the traffic. */
export function monthly(amount: number | null, assumed: boolean): string {
  return amount === null ? price(amount) : `${assumed ? "~" : ""}${dollars(amount)}/mo`;
}

/** To the cent, for the lines of one bill, which people add up. */
export function cents(amount: number | null): string {
  return amount === null ? price(amount) : `${amount < 0 ? "-" : ""}$${grouped(Math.abs(amount), 2)}`;
}

function grouped(amount: number, digits: number): string {
  return amount.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
