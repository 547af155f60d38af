/** Asks one question at a time; of those that come meanwhile only the last is asked. */
export class Latest<Q, A> {
  private waiting: { readonly question: Q } | null = null;
  private busy = false;
  private closed = false;

  constructor(
    private readonly ask: (question: Q) => Promise<A>,
    private readonly answer: (answer: A, question: Q) => void,
    private readonly fail: (error: unknown) => void,
  ) {}

  /** Asks now, or as soon as the present question is answered. */
  put(question: Q): void {
    this.waiting = { question };
    if (!this.busy) {
      void this.run();
    }
  }

  /** No answer is heard any more. */
  close(): void {
    this.closed = true;
    this.waiting = null;
  }

  private async run(): Promise<void> {
    this.busy = true;
    while (this.waiting !== null) {
      const { question } = this.waiting;
      this.waiting = null;
      await this.settle(question);
    }
    this.busy = false;
  }

  private async settle(question: Q): Promise<void> {
    try {
      const answer = await this.ask(question);
      if (!this.closed) {
        this.answer(answer, question);
      }
    } catch (error) {
      if (!this.closed) {
        this.fail(error);
      }
    }
  }
}
