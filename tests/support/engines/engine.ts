/**
 * The little that is asked of a browser, so that one test runs in three engines: to open an address, to run a function in the
 * page, to click at a point and to type.
 */
export interface Engine {
  /** What has to stand first in the head of each page, so that the engine hears its complaints. */
  readonly head: string
  /** An empty tab that shares nothing with the one before it. One tab at a time. */
  open(): Promise<Tab>
  close(): Promise<void>
}

export interface Tab {
  goTo(url: string): Promise<void>
  reload(): Promise<void>
  /** Runs a function in the page. It sees its argument alone; argument and result are JSON. */
  run<Argument, Result>(work: (argument: Argument) => Result, argument: Argument): Promise<Result>
  /** Clicks with the mouse at a point of the window, in CSS pixels. */
  click(x: number, y: number): Promise<void>
  /** Types into what has the focus; `\n` is Enter. */
  type(text: string): Promise<void>
  /** All that the page has complained about: warnings, errors, exceptions, requests that failed or went elsewhere. */
  complaints(): Promise<readonly string[]>
  close(): Promise<void>
}

/** The window of a tab, in CSS pixels. */
export const WINDOW = { width: 1440, height: 900 }
