/* @klotho::execution_unit {
 *   id = "orders"
 *   target = "lambda"
 *   [workload]
 *   monthly_requests = 5_000_000
 * }
 */
export async function recent(user: string) {
  return `🛒 100% of ${user}`;
}

/* 🛒 é */ /* @klotho::execution_unit { id = "no blanks, % or \"" } */
export async function bill(user: string) {
  return user;
}

// @klotho::soon

export const later = 1;
