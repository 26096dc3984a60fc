import { Complaint } from './scenarios'

/** The error of a command line, with the place that explains more. */
export const wrong = (what: string): Complaint => new Complaint(`${what} Try: npm run --silent ehlo -- help`)

/** The result of `parse`; if it throws, the first sentence of its message becomes the Complaint. */
export function readArguments<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw wrong(`${(error as Error).message.split(/\.\s/)[0]}.`)
  }
}

export const asksForHelp = (args: readonly string[]): boolean => args.includes('--help') || args.includes('-h')
