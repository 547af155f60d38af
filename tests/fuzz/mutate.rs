//! Inputs made of others, the same for the same seed.

/// What inputs are made of beside each other.
const WORDS: [&[u8]; 20] = [
    b"@klotho::",
    b"{",
    b"}",
    b"\"",
    b"\n",
    b"[",
    b"]",
    b"/*",
    b"*/",
    b"# ",
    b": ",
    b"- ",
    b"&a ",
    b"*a",
    b"**/",
    b"\xff",
    b"\0",
    b"id = ",
    b"Content-Length: 9\r\n\r\n",
    "\u{1f3b5}".as_bytes(),
];

/// No input grows beyond this.
const LONGEST: usize = 4096;

pub(crate) struct Mutator(u64);

impl Mutator {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// Xorshift.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap_or_default()
    }

    /// One of the corpus after a few changes.
    pub(crate) fn made_of(&mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut input = corpus[self.below(corpus.len())].clone();
        for _ in 0..1 + self.below(6) {
            let at = self.below(input.len() + 1);
            let end = (at + self.below(16)).min(input.len());
            match self.below(5) {
                0 => drop(input.drain(at..end)),
                1 => drop(input.splice(at..at, WORDS[self.below(WORDS.len())].iter().copied())),
                2 => {
                    let piece = input[at..end].repeat(1 + self.below(20));
                    input.splice(at..at, piece);
                }
                3 => {
                    let other = &corpus[self.below(corpus.len())];
                    let from = self.below(other.len() + 1);
                    input.splice(at..end, other[from..].iter().copied());
                }
                _ => {
                    let byte = u8::try_from(self.below(256)).unwrap_or_default();
                    input.splice(at..(at + 1).min(input.len()), [byte]);
                }
            }
            input.truncate(LONGEST);
        }
        input
    }
}
