import { Complaint } from './scenarios'

/** What is wrong with a command line, and where to read on. */
export const wrong = (what: string): Complaint => new Complaint(`${what} Try: npm run --silent ehlo -- help`)

/** What `parse` makes of a command line; where it throws, the first sentence of its reason is the Complaint. */
export function readArguments<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw wrong(`${(error as Error).message.split(/\.\s/)[0]}.`)
  }
}

export const asksForHelp = (args: readonly string[]): boolean => args.includes('--help') || args.includes('-h')
