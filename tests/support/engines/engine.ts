/**
 * The few operations of a browser that one test for three engines needs: open an address, run a function in the page, click at
 * a point, and type.
 */
export interface Engine {
  /** The script at the beginning of each page's head that lets the engine hear the page's complaints. */
  readonly head: string
  /** An empty tab that shares nothing with the previous one. One tab at a time. */
  open(): Promise<Tab>
  close(): Promise<void>
}

export interface Tab {
  goTo(url: string): Promise<void>
  reload(): Promise<void>
  /** Runs a function in the page. The function sees only its argument; argument and result are JSON. */
  run<Argument, Result>(work: (argument: Argument) => Result, argument: Argument): Promise<Result>
  /** Clicks with the mouse at a point of the window, in CSS pixels. */
  click(x: number, y: number): Promise<void>
  /** Types into the focused element; a line feed is Enter. */
  type(text: string): Promise<void>
  /** All complaints of the page: warnings, errors, exceptions, requests that failed or went to another origin. */
  complaints(): Promise<readonly string[]>
  close(): Promise<void>
}

/** The window of a tab, in CSS pixels. */
export const WINDOW = { width: 1440, height: 900 }
