/** The number of UTF-16 units in the first `bytes` bytes of the text's UTF-8 form. */
export function charactersAt(text: string, bytes: number): number {
  return Buffer.from(text, "utf8").subarray(0, bytes).toString("utf8").length;
}
