// @klotho::persist {
// }

export const m = new Map<string, string>();

// klotho-ls: allow(id-shared) <img src=x onerror=alert(1)>

export const n = 2;
